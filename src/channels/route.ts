/** Everything about one key: who receives it, what may pass, and the newest state for whoever comes late (C4.3). */
import type { ReadLater } from '../connection/later-frames'
import type { CandleEvent, PublicEvent, TradeEvent } from '../protocol/events'
import type { Interest } from '../protocol/skim'
import type { StateHead } from '../protocol/state-head'
import type { StreamKey } from '../registry/stream-key'
import type { EventHead } from './event-key'
import type { RouteConsumer } from './fan-out'
import { FanOut } from './fan-out'
import { LatestState } from './latest-state'
import { CandleOrder, StateOrder, TradeOrder } from './order'
import type { OrderPorts, OrderVerdict } from './order'
import { SeenIds } from './seen-ids'

/** What says which of two states is the newer one; a candle's period goes before its time. */
export interface NewestHead {
  readonly timestamp: number
  readonly candle_date_time_utc?: string
}

export function isOlder(state: NewestHead, other: NewestHead): boolean {
  const { candle_date_time_utc: period } = state
  const { candle_date_time_utc: otherPeriod } = other
  if (period !== undefined && otherPeriod !== undefined && period !== otherPeriod) return period < otherPeriod
  return state.timestamp < other.timestamp
}

export class Route<C extends RouteConsumer = RouteConsumer> {
  readonly fanOut = new FanOut<C>()
  /** The epoch of the last frame; 0 where none came, or something is missing since. */
  epoch = 0

  /** The newest state of the present epoch, decoded or not. */
  private remembered: PublicEvent | LatestState | undefined
  /** What of the last state of an earlier epoch says how new it was. */
  private forgotten: NewestHead | undefined
  /** Made at the first state that nobody needs at once. */
  private latest: LatestState | undefined
  private judgeEvent: (event: EventHead) => OrderVerdict
  /** The ids of its trades; absent for everything else. */
  readonly seen: SeenIds | undefined

  constructor(
    readonly key: StreamKey,
    ports: OrderPorts,
  ) {
    this.seen = key.type === 'trade' ? new SeenIds() : undefined
    this.judgeEvent = orderOf(key, ports, this.seen)
  }

  /** The newest state of the present epoch, for whoever comes late. */
  get memory(): PublicEvent | undefined {
    return this.remembered instanceof LatestState ? this.remembered.read() : this.remembered
  }

  forget(): void {
    if (this.remembered === undefined) return
    this.forgotten = this.newest
    this.remembered = undefined
  }

  /** Something may be missing, though the session goes on: the next frame is as the first of an epoch, and memory may be old. */
  interrupt(): void {
    this.epoch = 0
    this.forget()
  }

  /** Whether a newer state than this one has been delivered, in this epoch or in an earlier one (C5). Of trades none is. */
  isBehind(state: NewestHead): boolean {
    const { newest } = this
    return newest !== undefined && isOlder(state, newest)
  }

  private get newest(): NewestHead | undefined {
    const { remembered } = this
    if (remembered instanceof LatestState) return { timestamp: remembered.head.timestamp }
    return remembered === undefined ? this.forgotten : headOf(remembered)
  }

  /** Whether its frames are wanted at once, in their consumers' turns, or, of trades, by nobody now. */
  get interest(): Interest {
    const { type } = this.key
    if (type === 'ticker' || type === 'orderbook') return this.fanOut.isPatient ? 'later' : 'now'
    // Nobody misses a trade that came before it asked; of a candle memory has to know the period.
    return type === 'trade' && !this.isConsumed ? 'never' : 'now'
  }

  get isConsumed(): boolean {
    return this.fanOut.size > 0
  }

  /** Those of this moment: a loop over them is not disturbed by who comes or leaves from inside a callback. */
  get consumers(): readonly C[] {
    return this.fanOut.present
  }

  judge(event: PublicEvent): OrderVerdict {
    this.epoch = event.epoch
    const verdict = this.judgeEvent(event)
    if (verdict === 'pass' && event.type !== 'trade') this.remember(event)
    return verdict
  }

  /** Calls back with each event that passes from now on. Not for states, which may pass as bytes. */
  watch(note: (event: TradeEvent | CandleEvent) => void): void {
    const judge = this.judgeEvent
    this.judgeEvent = (event) => {
      const verdict = judge(event)
      if (verdict === 'pass') note(event as TradeEvent | CandleEvent)
      return verdict
    }
  }

  judgeState(head: StateHead): OrderVerdict {
    this.epoch = head.epoch
    return this.judgeEvent(head)
  }

  /** Keeps a state that has passed and that nobody needs at once, in the place of the one before. */
  keep(head: StateHead, bytes: Uint8Array, read: ReadLater): LatestState {
    if (this.latest === undefined) this.latest = new LatestState(head, bytes, read)
    else this.latest.keep(head, bytes, read)
    this.remembered = this.latest
    return this.latest
  }

  add(consumer: C): void {
    this.fanOut.add(consumer)
  }

  remove(consumer: C): void {
    this.fanOut.remove(consumer)
    // It may still have this one before it, and must not be given what comes after it has left.
    this.latest = undefined
  }

  /** Memory holds the latest period of a candle: a late frame of an earlier one passes and is not remembered. */
  private remember(event: PublicEvent): void {
    const { remembered: memory } = this
    const isEarlierPeriod =
      memory !== undefined &&
      'candle_date_time_utc' in memory &&
      'candle_date_time_utc' in event &&
      event.candle_date_time_utc < memory.candle_date_time_utc
    if (!isEarlierPeriod) this.remembered = event
  }
}

function headOf(event: PublicEvent): NewestHead {
  const { timestamp } = event
  return 'candle_date_time_utc' in event
    ? { timestamp, candle_date_time_utc: event.candle_date_time_utc }
    : { timestamp }
}

/** The key's type decides the rule; a route only ever gets events of its own type. */
function orderOf(
  { type }: StreamKey,
  ports: OrderPorts,
  seen: SeenIds | undefined,
): (event: EventHead) => OrderVerdict {
  if (seen !== undefined) {
    const order = new TradeOrder(seen)
    return (event) => order.judge(event as TradeEvent)
  }
  if (type === 'ticker' || type === 'orderbook') {
    const order = new StateOrder(ports)
    return (event) => order.judge(event)
  }
  const order = new CandleOrder(ports)
  return (event) => order.judge(event as CandleEvent)
}
