/**
 * Which limit a call is counted against, and the name of it in `Remaining-Req` (recorded 2026-03; those of the list, of
 * order tests and of cancelling all are inferred).
 */

export type RestGroup =
  | 'market'
  | 'ticker'
  | 'orderbook'
  | 'crix-trades'
  | 'candles'
  | 'default'
  | 'order'
  | 'order-test'
  | 'order-cancel-all'

/** A call's group; `undefined` for one that the gateway does not know. */
export function groupOf(method: string, path: string): RestGroup | undefined {
  if (method === 'GET' && path.startsWith('/v1/candles/')) return 'candles'
  return groups.get(`${method} ${path}`)
}

/** Calls without an account are counted by address and may be compressed. */
export function isQuotation(group: RestGroup): boolean {
  return group !== 'default' && !group.startsWith('order-') && group !== 'order'
}

const groups: ReadonlyMap<string, RestGroup> = new Map([
  ['GET /v1/market/all', 'market'],
  ['GET /v1/ticker', 'ticker'],
  ['GET /v1/ticker/all', 'ticker'],
  ['GET /v1/orderbook', 'orderbook'],
  ['GET /v1/orderbook/instruments', 'orderbook'],
  ['GET /v1/trades/ticks', 'crix-trades'],
  ['GET /v1/accounts', 'default'],
  ['GET /v1/api_keys', 'default'],
  ['GET /v1/orders/chance', 'default'],
  ['GET /v1/orders/open', 'default'],
  ['GET /v1/orders/closed', 'default'],
  ['GET /v1/orders/uuids', 'default'],
  ['GET /v1/order', 'default'],
  ['DELETE /v1/order', 'default'],
  ['DELETE /v1/orders/uuids', 'default'],
  ['DELETE /v1/orders/open', 'order-cancel-all'],
  ['POST /v1/orders', 'order'],
  ['POST /v1/orders/cancel_and_new', 'order'],
  ['POST /v1/orders/test', 'order-test'],
])
