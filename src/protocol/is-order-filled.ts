/** Whether an order got what it asked for. */

/** What is looked at: of an event, of a row of REST, or of an order of the view. */
export interface EndedOrder {
  readonly state: string
  /** Of a frame. */
  readonly order_type?: string
  /** Of a row of REST. */
  readonly ord_type?: string
  /** Of a frame. */
  readonly ask_bid?: string
  /** Of a row of REST. */
  readonly side?: string
  readonly executed_volume: string
  readonly remaining_volume?: string | null
}

/**
 * Whether the order is filled: `done`; the fill after which nothing remains, unless it buys for an amount, of which no volume
 * says how much is left; or a market buy (`order_type` `price`) that
 * ended in `cancel` after fills. That last one is its success: it spends an amount, and a rest below the price of the
 * smallest volume is given back by cancelling (docs.upbit.com `list-closed-orders`, read 2026-11). A limit order that was
 * cancelled after some fills is not filled, nor is a market buy without any.
 */
export function isOrderFilled(order: EndedOrder): boolean {
  const { state, executed_volume } = order
  if (state === 'done') return true
  if (state === 'trade') return isNothingLeft(order)
  return state === 'cancel' && (order.order_type ?? order.ord_type) === 'price' && executed_volume !== '0'
}

/**
 * Whether the volume says that nothing remains. A market buy has none, nor has one at the best price: theirs is `null`, or
 * may be '0' from the first fill on.
 */
export function isNothingLeft(order: Omit<EndedOrder, 'state' | 'executed_volume'>): boolean {
  const type = order.order_type ?? order.ord_type
  const isBuy = (order.ask_bid ?? order.side)?.toLowerCase() !== 'ask'
  return order.remaining_volume === '0' && type !== 'price' && !(type === 'best' && isBuy)
}
