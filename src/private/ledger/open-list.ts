/** The open orders of an account in the order in which they are shown. */
import type { OpenOrder } from '../../channels/account-view'
import type { OrderRecord } from './order-record'

/** If more changed, all are sorted. */
const mostPlaced = 16

export class OpenList {
  private readonly open = new Map<string, OrderRecord>()
  /** As they were shown last. */
  private sorted: OpenOrder[] = []
  private shown: readonly OpenOrder[] = Object.freeze([])
  /** What is to be put right in `sorted`. Where nobody looks there is no end to it: more than can be placed need not be known. */
  private readonly changed = new Set<string>()

  /** How many there are. */
  get size(): number {
    return this.open.size
  }

  /** The order as it stands, if it is open. */
  orderOf(uuid: string): OpenOrder | undefined {
    return this.open.get(uuid)?.order
  }

  /** Takes an order as it is now: it may have opened, moved, or ended. */
  put(record: OrderRecord): void {
    const { uuid } = record.order
    if (record.isOpen) this.open.set(uuid, record)
    else if (!this.open.delete(uuid)) return
    this.noteChange(uuid)
  }

  /** Nothing is known of it any more. */
  delete(uuid: string): void {
    if (this.open.delete(uuid)) this.noteChange(uuid)
  }

  /**
   * All, the newest first. One that changed is put into its place: to sort thousands takes too long. What is given away is a
   * frozen copy: to search in a frozen list of thousands takes three times as long.
   */
  snapshot(): readonly OpenOrder[] {
    const { changed } = this
    if (changed.size === 0) return this.shown
    if (changed.size > mostPlaced) {
      this.sorted = Array.from(this.open.values(), ({ order }) => order).sort(newestFirst)
    } else {
      const orders = this.sorted.filter(({ uuid }) => !changed.has(uuid))
      for (const uuid of changed) {
        const order = this.orderOf(uuid)
        if (order !== undefined) orders.splice(placeOf(order, orders), 0, order)
      }
      this.sorted = orders
    }
    changed.clear()
    this.shown = Object.freeze(this.sorted.slice())
    return this.shown
  }

  private noteChange(uuid: string): void {
    if (this.changed.size <= mostPlaced) this.changed.add(uuid)
  }
}

function newestFirst(a: OpenOrder, b: OpenOrder): number {
  return b.order_timestamp - a.order_timestamp || (a.uuid < b.uuid ? 1 : -1)
}

/** Where an order belongs among `orders`, which are the newest first. */
function placeOf(order: OpenOrder, orders: readonly OpenOrder[]): number {
  let low = 0
  let high = orders.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (newestFirst(orders[middle] as OpenOrder, order) < 0) low = middle + 1
    else high = middle
  }
  return low
}
