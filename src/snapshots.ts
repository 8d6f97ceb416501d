/**
 * The present state as a promise: of each code the first event, from memory, REST or wire. What comes by stream is a
 * consumer like any other, which leaves as soon as it has its events.
 */
import type { Observable } from 'rxjs'
import { defer, filter, map, scan, Subject, takeUntil } from 'rxjs'
import { checkNames } from './base/check-names'
import type { UpbitError } from './base/errors'
import type { Channels, WithGaps } from './channels/channel'
import type { Codes } from './channels/codes'
import type { OrderbookOptions } from './channels/consumer-options'
import { countedAs } from './channels/counted-stream'
import { newestOfEach$ } from './fetched-first'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'
import type { CandleEvent, OrderbookEvent, TickerEvent, TradeEvent } from './protocol/events'
import type { CandleUnit, PublicType } from './protocol/wire'
import { streamKey } from './registry/stream-key'
import type {
  RestCandleEvent,
  RestEvent,
  RestOrderbookEvent,
  RestTickerEvent,
  RestTradeEvent,
} from './rest/rest-events'
import type { FetchNewest } from './snapshot-fetches'
import { newestCandles, newestOrderbooks, newestTickers, newestTrades } from './snapshot-fetches'
import type { SnapshotPorts } from './snapshot-ports'

/** One code gives its event, a list gives one event a code, in the list's order. */
export interface SnapshotsOf<E, O extends PromiseOptions = PromiseOptions> {
  (code: string, options?: O): Promise<E>
  (codes: readonly string[], options?: O): Promise<readonly E[]>
}

/** A snapshot of candles, by codes and unit. */
export interface CandleSnapshots {
  <U extends CandleUnit>(
    code: string,
    unit: U,
    options?: PromiseOptions,
  ): Promise<CandleEvent<U> | RestCandleEvent<U>>
  <U extends CandleUnit>(
    codes: readonly string[],
    unit: U,
    options?: PromiseOptions,
  ): Promise<readonly (CandleEvent<U> | RestCandleEvent<U>)[]>
}

export interface OrderbookSnapshotOptions extends PromiseOptions, Pick<OrderbookOptions, 'units' | 'level'> {}

/** The newest event of a code, or of each code of a list, as a promise: of each kind of event. */
export interface Snapshots {
  readonly getTickerSnapshot: SnapshotsOf<TickerEvent | RestTickerEvent>
  readonly getTradeSnapshot: SnapshotsOf<TradeEvent | RestTradeEvent>
  readonly getOrderbookSnapshot: SnapshotsOf<OrderbookEvent | RestOrderbookEvent, OrderbookSnapshotOptions>
  readonly getCandleSnapshot: CandleSnapshots
}

interface Coded {
  readonly code: string
}

/** One kind of snapshot. */
interface Kind<E extends Coded, R extends RestEvent> {
  readonly name: string
  readonly type: PublicType
  readonly stream$: (codes: Codes, options: OrderbookOptions & WithGaps<false>) => Observable<E>
  readonly fetch: FetchNewest<R>
}

/** `ports` are asked for when a promise has its stream, so that the asking is no use by itself. */
export function createSnapshots(
  channels: Channels,
  ports: () => SnapshotPorts,
  prefix: () => string = () => '',
): Snapshots {
  const tickers: Kind<TickerEvent, RestTickerEvent> = {
    name: 'getTickerSnapshot',
    type: 'ticker',
    stream$: (codes, options) => channels.ticker$(codes, options),
    fetch: newestTickers,
  }
  const trades: Kind<TradeEvent, RestTradeEvent> = {
    name: 'getTradeSnapshot',
    type: 'trade',
    stream$: (codes, options) => channels.trade$(codes, options),
    fetch: newestTrades,
  }
  const orderbooks = ({
    units,
    level,
  }: OrderbookSnapshotOptions): Kind<OrderbookEvent, RestOrderbookEvent> => ({
    name: 'getOrderbookSnapshot',
    type: 'orderbook',
    stream$: (codes, options) => channels.orderbook$(codes, options),
    fetch: newestOrderbooks(level, units),
  })
  const candles = <U extends CandleUnit>(unit: U): Kind<CandleEvent<U>, RestCandleEvent<U>> => ({
    name: 'getCandleSnapshot',
    type: `candle.${unit}`,
    stream$: (codes, options) => channels.candle$(codes, unit, options),
    fetch: newestCandles(unit),
  })

  async function snapshot<E extends Coded, R extends RestEvent>(
    { name, type, stream$, fetch }: Kind<E, R>,
    codes: Codes,
    { timeoutMs, signal, ...wanted }: OrderbookSnapshotOptions,
  ): Promise<E | R | readonly (E | R)[]> {
    const limits = {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    }
    checkPromiseOptions(limits)
    const options = { ...wanted, name: `${prefix()}${name}`, only: 'snapshot' } as const
    const all$ = stream$(codes, options)
    // A copy: the caller's may change before the events are there.
    const list = typeof codes === 'string' ? [codes] : [...codes]
    const asked = ports()
    const { environment } = asked
    let restError: UpbitError | undefined
    const newest$ = defer(() => {
      const { calls, count, isCarried, isBehind, given } = asked.use()
      const distinct = [...new Set(list)]
      if (calls === undefined || distinct.length > fetch.mostCodes) return all$
      const endSubject = new Subject<void>()
      return newestOfEach$<E, R>(
        distinct,
        {
          stream$: (some) => stream$(some, options),
          fetch$: (some) => fetch.newest$(calls, environment, some, { ...limits, attempts: 1 }),
          keyOf: (code) => streamKey(type, code, wanted.level),
        },
        {
          environment,
          isCarried,
          isBehind,
          given,
          counted$: countedAs(options.name, count, () => endSubject.next()),
          failed: (error) => (restError = error),
        },
      ).pipe(takeUntil(endSubject))
    })
    const told = {
      environment,
      get status() {
        return asked.status
      },
      get cause() {
        return restError
      },
    }
    const events = await toPromise(eventOfEach$(newest$, list), `${name} of ${shown(codes)}`, told, limits)
    return typeof codes === 'string' ? (events[0] as E | R) : events
  }
  // What an overload tells apart, one code or a list, no one signature can say.
  return {
    getTickerSnapshot: (async (codes: Codes, options: PromiseOptions = {}) => {
      checkNames(options, promiseNames)
      return snapshot(tickers, codes, options)
    }) as Snapshots['getTickerSnapshot'],
    getTradeSnapshot: (async (codes: Codes, options: PromiseOptions = {}) => {
      checkNames(options, promiseNames)
      return snapshot(trades, codes, options)
    }) as Snapshots['getTradeSnapshot'],
    getOrderbookSnapshot: (async (codes: Codes, options: OrderbookSnapshotOptions = {}) => {
      checkNames(options, [...promiseNames, 'units', 'level'])
      return snapshot(orderbooks(options), codes, options)
    }) as Snapshots['getOrderbookSnapshot'],
    getCandleSnapshot: (async (codes: Codes, unit: CandleUnit, options: PromiseOptions = {}) => {
      checkNames(options, promiseNames)
      return snapshot(candles(unit), codes, options)
    }) as CandleSnapshots,
  }
}

const promiseNames = ['timeoutMs', 'signal']

/** The first event of each code, once all are there. */
function eventOfEach$<E extends Coded>(
  events$: Observable<E>,
  list: readonly string[],
): Observable<readonly E[]> {
  const { size } = new Set(list)
  return events$.pipe(
    scan(
      (found, event) => (found.has(event.code) ? found : found.set(event.code, event)),
      new Map<string, E>(),
    ),
    filter((found) => found.size === size),
    map((found) => list.map((code) => found.get(code)).filter((event) => event !== undefined)),
  )
}

function shown(codes: Codes): string {
  if (typeof codes === 'string') return codes
  const [first, ...others] = codes
  return `${first}${others.length === 0 ? '' : ` +${others.length}`}`
}
