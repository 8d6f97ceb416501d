/**
 * The present state as a promise: the first event of each code, from memory or wire. A consumer like any other, which
 * leaves as soon as it has them.
 */
import type { Observable } from 'rxjs'
import { filter, map, NEVER, scan } from 'rxjs'
import type { Channels } from './channels/channels'
import type { Codes } from './channels/codes'
import type { ConsumerOptions, OrderbookOptions } from './channels/consumer-options'
import { checkNames } from './base/check-names'
import type { PromiseOptions, PromisePorts } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'
import type { CandleEvent, OrderbookEvent, TickerEvent, TradeEvent } from './protocol/events'
import type { CandleUnit } from './protocol/wire'

/** One code gives its event, a list gives one event a code, in the list's order. */
export interface SnapshotsOf<E, O extends PromiseOptions = PromiseOptions> {
  (code: string, options?: O): Promise<E>
  (codes: readonly string[], options?: O): Promise<readonly E[]>
}

/** A snapshot of candles, by codes and unit. */
export interface CandleSnapshots {
  <U extends CandleUnit>(code: string, unit: U, options?: PromiseOptions): Promise<CandleEvent<U>>
  <U extends CandleUnit>(
    codes: readonly string[],
    unit: U,
    options?: PromiseOptions,
  ): Promise<readonly CandleEvent<U>[]>
}

export interface OrderbookSnapshotOptions extends PromiseOptions, Pick<OrderbookOptions, 'units' | 'level'> {}

/** The newest event of a code, or of each code of a list, as a promise: of each kind of event. */
export interface Snapshots {
  readonly getTickerSnapshot: SnapshotsOf<TickerEvent>
  readonly getTradeSnapshot: SnapshotsOf<TradeEvent>
  readonly getOrderbookSnapshot: SnapshotsOf<OrderbookEvent, OrderbookSnapshotOptions>
  readonly getCandleSnapshot: CandleSnapshots
}

interface Coded {
  readonly code: string
}

/** `ports` are asked for when a promise has its stream, so that the asking is no use by itself. */
export function createSnapshots(
  channels: Channels,
  ports: () => PromisePorts,
  prefix: () => string = () => '',
): Snapshots {
  async function snapshot<E extends Coded>(
    name: string,
    stream$: (options: ConsumerOptions) => Observable<E>,
    codes: Codes,
    options: OrderbookSnapshotOptions,
    allowed: readonly string[] = [],
  ): Promise<E | readonly E[]> {
    checkNames(options, ['timeoutMs', 'signal', ...allowed])
    const { timeoutMs, signal, ...wanted } = options
    const limits = {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    }
    checkPromiseOptions(limits)
    const found$ = eventOfEach$(stream$({ ...wanted, name: `${prefix()}${name}`, only: 'snapshot' }), codes)
    // What has been aborted already begins nothing.
    const events$ = signal?.aborted === true ? NEVER : found$
    const events = await toPromise(events$, `${name} of ${shown(codes)}`, ports(), limits)
    return typeof codes === 'string' ? (events[0] as E) : events
  }

  // What an overload tells apart, one code or a list, no one signature can say.
  return {
    getTickerSnapshot: ((codes: Codes, options: PromiseOptions = {}) =>
      snapshot(
        'getTickerSnapshot',
        (each) => channels.ticker$(codes, each),
        codes,
        options,
      )) as SnapshotsOf<TickerEvent>,
    getTradeSnapshot: ((codes: Codes, options: PromiseOptions = {}) =>
      snapshot(
        'getTradeSnapshot',
        (each) => channels.trade$(codes, each),
        codes,
        options,
      )) as SnapshotsOf<TradeEvent>,
    getOrderbookSnapshot: ((codes: Codes, options: OrderbookSnapshotOptions = {}) =>
      snapshot('getOrderbookSnapshot', (each) => channels.orderbook$(codes, each), codes, options, [
        'units',
        'level',
      ])) as Snapshots['getOrderbookSnapshot'],
    getCandleSnapshot: ((codes: Codes, unit: CandleUnit, options: PromiseOptions = {}) =>
      snapshot(
        'getCandleSnapshot',
        (each) => channels.candle$(codes, unit, each),
        codes,
        options,
      )) as CandleSnapshots,
  }
}

/** The first event of each code, once all are there. */
function eventOfEach$<E extends Coded>(events$: Observable<E>, codes: Codes): Observable<readonly E[]> {
  // A copy: the caller's may change before the events are there.
  const list = typeof codes === 'string' ? [codes] : [...codes]
  const { size } = new Set(list)
  return events$.pipe(
    scan((found, event) => found.set(event.code, event), new Map<string, E>()),
    filter((found) => found.size === size),
    map((found) => list.map((code) => found.get(code)).filter((event) => event !== undefined)),
  )
}

function shown(codes: Codes): string {
  if (typeof codes === 'string') return codes
  const [first, ...others] = codes
  return `${first}${others.length === 0 ? '' : ` +${others.length}`}`
}
