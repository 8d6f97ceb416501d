/** Whether an order got what it asked for. */

/** What is looked at: of an event, of a row of REST, or of an order of the view. */
export interface EndedOrder {
  readonly state: string
  /** Of a frame. */
  readonly order_type?: string
  /** Of a row of REST. */
  readonly ord_type?: string
  readonly executed_volume: string
  readonly remaining_volume?: string | null
}

/**
 * Whether the order is filled: `done`; the fill after which nothing remains; or a market buy (`order_type` `price`) that
 * ended in `cancel` after fills. That last one is its success: it spends an amount, and a rest below the price of the
 * smallest volume is given back by cancelling (docs.upbit.com `list-closed-orders`, read 2026-11). A limit order that was
 * cancelled after some fills is not filled, nor is a market buy without any.
 */
export function isOrderFilled(order: EndedOrder): boolean {
  const { state, executed_volume, remaining_volume } = order
  if (state === 'done') return true
  if (state === 'trade') return remaining_volume === '0'
  return state === 'cancel' && (order.order_type ?? order.ord_type) === 'price' && executed_volume !== '0'
}
