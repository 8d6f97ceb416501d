/** Which limit a call is counted against, and the name of it in `Remaining-Req` (recorded 2026-03; that of the list is inferred). */

export type RestGroup = 'market' | 'ticker' | 'orderbook' | 'crix-trades' | 'candles' | 'default'

/** A path's group; `undefined` for one that the gateway does not know. */
export function groupOf(path: string): RestGroup | undefined {
  if (path.startsWith('/v1/candles/')) return 'candles'
  return groups.get(path)
}

/** Calls without an account are counted by address and may be compressed. */
export function isQuotation(group: RestGroup): boolean {
  return group !== 'default'
}

const groups: ReadonlyMap<string, RestGroup> = new Map([
  ['/v1/market/all', 'market'],
  ['/v1/ticker', 'ticker'],
  ['/v1/ticker/all', 'ticker'],
  ['/v1/orderbook', 'orderbook'],
  ['/v1/orderbook/instruments', 'orderbook'],
  ['/v1/trades/ticks', 'crix-trades'],
  ['/v1/accounts', 'default'],
  ['/v1/orders/open', 'default'],
  ['/v1/orders/closed', 'default'],
  ['/v1/orders/uuids', 'default'],
  ['/v1/order', 'default'],
])
