/**
 * The consumers of the scenario, of every kind that the library has: streams and handlers, quick and slow, with every
 * policy of a full buffer, gaps in band, a second price grouping. Who is ended by an error begins anew.
 */
import type { Observable } from 'rxjs'
import type {
  Backfill,
  ConsumerOptions,
  GapEvent,
  RestTradeEvent,
  Tally,
  TradeEvent,
  Upbit,
} from '../../src/index'
import { codes } from './fault-kinds'
import { streamOf } from './ledger'
import { secondLevel } from './market'
import type { StateEvent } from './state-book'

/** What a role is given to play with: its name, where its events go, and how long work takes. */
export interface Part<E> {
  readonly upbit: Upbit
  readonly name: string
  take(event: E): void
  /** Its stream ended by itself; a handler's is looked at instead (`closed`). */
  ended(error: unknown): void
  /** Work of a handler. */
  takes(durationMs: number): PromiseLike<undefined>
  random(): number
}

export interface Playing {
  unsubscribe(): void
  /** Of handlers alone; the account of a stream is asked of the manager. */
  readonly tally?: Tally
  readonly closed?: boolean
}

export interface Role<E> {
  readonly name: string
  readonly codes: readonly string[]
  /** Asks for gaps in band. */
  readonly gaps?: boolean
  play(part: Part<E>): Playing
}

/** What a consumer of trades gets; rows of REST only those with back-fill. */
export type TradeDelivery = TradeEvent | RestTradeEvent | GapEvent

export interface TradeRole extends Role<TradeDelivery> {
  /** What was missed comes before what came after it. */
  readonly ordered?: boolean
}

export interface StateRole extends Role<StateEvent | GapEvent> {
  /** The streams that it is owed the newest state of. */
  readonly streams: readonly string[]
}

const [btc, eth] = codes

export const tradeRoles = (): readonly TradeRole[] => [...plainRoles, ...fillingRoles]

const plainRoles: readonly TradeRole[] = [
  tradeStream('trade stream', codes, {}),
  tradeStream('trade stream with gaps', codes, { gaps: true, only: 'realtime' }),
  tradeStream('trade in its own turn', codes, { deliver: 'task' }),
  tradeHandler('trade handler', codes, {}),
  tradeHandler('trade failing', [btc], {}, (part) => {
    if (part.random() < 0.1) throw new Error('a handler fails now and then')
  }),
  tradeHandler('trade slow', [btc], { gaps: true }, (part) => part.takes(5 + 55 * part.random())),
  tradeHandler(
    'trade drop-oldest',
    codes,
    { gaps: true, buffer: { capacity: 16, overflow: 'drop-oldest' } },
    (part) => part.takes(400),
  ),
  tradeHandler(
    'trade drop-newest',
    [eth],
    { gaps: true, buffer: { capacity: 8, overflow: 'drop-newest' } },
    (part) => part.takes(900),
  ),
  tradeHandler('trade expiring', [btc], { gaps: true, buffer: { maxAgeMs: 1500 } }, (part) =>
    part.takes(700),
  ),
  // Quick enough but for a burst.
  tradeHandler('trade strict', [eth], { buffer: { capacity: 64, overflow: 'error' } }, (part) =>
    part.takes(100),
  ),
]

/** Who has missed trades fetched. Those of several codes wait for all that are being filled. */
const fillingRoles: readonly TradeRole[] = [
  filled('trade ordered', [btc], 'ordered'),
  filled('trade ordered, all', codes, 'ordered'),
  filled('trade filled late', codes, 'late'),
  {
    name: 'trade slow, ordered',
    codes: [eth],
    gaps: true,
    play: (part) =>
      part.upbit.subscribeTrade(
        [eth],
        (event) => {
          part.take(event)
          return event.type === 'gap' ? undefined : part.takes(20)
        },
        { name: part.name, gaps: true, backfill: 'ordered', buffer: { capacity: 64 } },
      ),
  },
]

const tickers = codes.map((code) => streamOf({ type: 'ticker', code }))
const books = codes.map((code) => streamOf({ type: 'orderbook', code }))

export const stateRoles: readonly StateRole[] = [
  stateRole('ticker stream', codes, tickers, (part) =>
    streamed(part, part.upbit.ticker$(codes, { name: part.name, gaps: true })),
  ),
  stateRole('ticker slow', codes, tickers, (part) =>
    part.upbit.subscribeTicker(codes, slowly(part, 300), { name: part.name }),
  ),
  stateRole('ticker in its own turn', codes, tickers, (part) =>
    streamed(part, part.upbit.ticker$(codes, { name: part.name, deliver: 'task' })),
  ),
  stateRole('book stream', codes, books, (part) =>
    streamed(part, part.upbit.orderbook$(codes, { name: part.name, units: 5 })),
  ),
  stateRole(
    'book of two levels',
    [btc],
    [streamOf({ type: 'orderbook', code: btc, level: secondLevel })],
    (part) => streamed(part, part.upbit.orderbook$(btc, { name: part.name, level: secondLevel })),
  ),
  stateRole('candle stream', codes, [], (part) =>
    streamed(part, part.upbit.candle$(codes, '1s', { name: part.name })),
  ),
  stateRole('candle slow', [btc], [streamOf({ type: 'candle.1m', code: btc })], (part) =>
    part.upbit.subscribeCandle(btc, '1m', slowly(part, 200), { name: part.name }),
  ),
]

function tradeStream(name: string, wanted: readonly string[], options: ConsumerOptions): TradeRole {
  return {
    name,
    codes: wanted,
    gaps: options.gaps === true,
    play: (part) => streamed(part, part.upbit.trade$(wanted, { ...options, name: part.name })),
  }
}

function filled(name: string, wanted: readonly string[], backfill: Backfill): TradeRole {
  return {
    name,
    codes: wanted,
    gaps: true,
    ordered: backfill === 'ordered',
    play: (part) => streamed(part, part.upbit.trade$(wanted, { name: part.name, gaps: true, backfill })),
  }
}

function tradeHandler(
  name: string,
  wanted: readonly string[],
  options: ConsumerOptions,
  work: (part: Part<TradeDelivery>) => unknown = () => undefined,
): TradeRole {
  return {
    name,
    codes: wanted,
    gaps: options.gaps === true,
    play: (part) => {
      const handler = (event: TradeDelivery): unknown => {
        part.take(event)
        return event.type === 'gap' ? undefined : work(part)
      }
      return part.upbit.subscribeTrade(wanted, handler, { ...options, name: part.name })
    },
  }
}

function stateRole(
  name: string,
  wanted: readonly string[],
  streams: readonly string[],
  play: StateRole['play'],
): StateRole {
  return { name, codes: wanted, streams, play }
}

function streamed<E>(part: Part<E | GapEvent>, stream$: Observable<E | GapEvent>): Playing {
  return stream$.subscribe({
    next: (event) => part.take(event),
    error: (error: unknown) => part.ended(error),
    complete: () => part.ended(undefined),
  })
}

function slowly(
  part: Part<StateEvent | GapEvent>,
  durationMs: number,
): (event: StateEvent) => PromiseLike<undefined> {
  return (event) => {
    part.take(event)
    return part.takes(durationMs)
  }
}
