/** What of an account one consumer dropped: ids alone, so that what it costs does not grow with what was in the events. */
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { StreamEvent } from '../../protocol/stream-event'
import { isEnd } from '../ledger/order-record'

/** What of one order was dropped. */
export interface DroppedOrder {
  /** Its fills, by `trade_uuid`. */
  readonly fills: Set<string>
  /** That it was opened, or waited for its trigger. */
  opened: 'wait' | 'watch' | undefined
  isEnded: boolean
  isPrevented: boolean
}

/** So many ids are remembered. */
const mostDropped = 100_000

export class DroppedAccount {
  /** By id, the one that was dropped first before all others. */
  readonly orders = new Map<string, DroppedOrder>()
  readonly currencies = new Set<string>()
  /** More was dropped than is remembered. */
  isOverfull = false
  private size = 0

  constructor(private readonly most = mostDropped) {}

  add(event: StreamEvent | BackfilledEvent): void {
    if (event.type === 'myAsset') {
      for (const { currency } of event.assets)
        if (this.hasRoomFor(this.currencies, currency)) this.currencies.add(currency)
    } else if (event.type === 'myOrder') {
      const { uuid, state, trade_uuid } = event
      const order = this.orderOf(uuid)
      if (order === undefined) return
      if (state === 'trade' && trade_uuid !== null) {
        if (this.hasRoomFor(order.fills, trade_uuid)) order.fills.add(trade_uuid)
      } else if (isEnd(state)) order.isEnded = true
      else if (state === 'prevented') order.isPrevented = true
      else if (state === 'wait' || order.opened === undefined)
        order.opened = state === 'watch' ? 'watch' : 'wait'
    }
  }

  private orderOf(uuid: string): DroppedOrder | undefined {
    const known = this.orders.get(uuid)
    if (known !== undefined || !this.hasRoomFor(this.orders, uuid)) return known
    const order: DroppedOrder = { fills: new Set(), opened: undefined, isEnded: false, isPrevented: false }
    this.orders.set(uuid, order)
    return order
  }

  private hasRoomFor(ids: { has(id: string): boolean }, id: string): boolean {
    if (ids.has(id)) return false
    if (this.size >= this.most) this.isOverfull = true
    else this.size++
    return !this.isOverfull
  }
}
