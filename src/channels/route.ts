/** Everything about one key: who receives it, what may pass, and the newest state for whoever comes late (C4.3). */
import type { CandleEvent, OrderbookEvent, PublicEvent, TickerEvent, TradeEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import type { RouteConsumer } from './fan-out'
import { FanOut } from './fan-out'
import { CandleOrder, StateOrder, TradeOrder } from './order'
import type { OrderPorts, OrderVerdict } from './order'

export class Route<C extends RouteConsumer = RouteConsumer> {
  readonly fanOut = new FanOut<C>()
  /** The newest state of the present epoch. */
  memory: PublicEvent | undefined
  /** The epoch of the last frame. */
  epoch = 0

  private readonly judgeEvent: (event: PublicEvent) => OrderVerdict

  constructor(
    readonly key: StreamKey,
    ports: OrderPorts,
  ) {
    this.judgeEvent = orderOf(key, ports)
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

  add(consumer: C): void {
    this.fanOut.add(consumer)
  }

  remove(consumer: C): void {
    this.fanOut.remove(consumer)
  }

  /** Memory holds the latest period of a candle: a late frame of an earlier one passes and is not remembered. */
  private remember(event: PublicEvent): void {
    const { memory } = this
    const isEarlierPeriod =
      memory !== undefined &&
      'candle_date_time_utc' in memory &&
      'candle_date_time_utc' in event &&
      event.candle_date_time_utc < memory.candle_date_time_utc
    if (!isEarlierPeriod) this.memory = event
  }
}

/** The key's type decides the rule; a route only ever gets events of its own type. */
function orderOf({ type }: StreamKey, ports: OrderPorts): (event: PublicEvent) => OrderVerdict {
  if (type === 'trade') {
    const order = new TradeOrder()
    return (event) => order.judge(event as TradeEvent)
  }
  if (type === 'ticker' || type === 'orderbook') {
    const order = new StateOrder(ports)
    return (event) => order.judge(event as TickerEvent | OrderbookEvent)
  }
  const order = new CandleOrder(ports)
  return (event) => order.judge(event as CandleEvent)
}
