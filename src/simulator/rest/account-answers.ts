/** Balances and orders over REST, as a test has set them. Fields and limits: docs.upbit.com, read 2026-11. */
import { dayMs } from '../dates'
import type { Account, AccountOrder, AccountScope } from './account'
import { accountErrors } from './answer'
import type { Query } from './query'

/** Which scope a path needs. */
export function scopeOf(path: string): AccountScope {
  return path === '/v1/accounts' ? 'balances' : 'orders'
}

/** What an account is told. `undefined` for a path that there is not. */
export function accountAnswer(path: string, account: Account, query: Query, nowMs: number): unknown {
  switch (path) {
    case '/v1/accounts':
      return account.balances
    case '/v1/orders/open':
      return openOrders(account, query)
    case '/v1/orders/closed':
      return closedOrders(account, query, nowMs)
    case '/v1/orders/uuids':
      return ordersByIds(account, query)
    case '/v1/order':
      return oneOrder(account, query)
    default:
      return undefined
  }
}

function openOrders(account: Account, query: Query): readonly AccountOrder[] {
  const states = statesOf(query, ['wait', 'watch'], ['wait'])
  const page = numberOf(query, 'page', 1, Number.MAX_SAFE_INTEGER)
  const limit = numberOf(query, 'limit', 100, 100)
  const orders = select(account, query, (order) => states.includes(order.state))
  return orders.slice((page - 1) * limit, page * limit)
}

function closedOrders(account: Account, query: Query, nowMs: number): readonly AccountOrder[] {
  const states = statesOf(query, ['done', 'cancel'], ['done', 'cancel'])
  const limit = numberOf(query, 'limit', 100, 1000)
  const start = instantOf(query, 'start_time')
  const endMs = instantOf(query, 'end_time') ?? (start === undefined ? nowMs : start + 7 * dayMs)
  const startMs = start ?? endMs - 7 * dayMs
  if (endMs - startMs > 7 * dayMs) throw accountErrors.validation('end_time')
  return select(account, query, (order) => {
    const createdMs = Date.parse(order.created_at)
    return states.includes(order.state) && createdMs >= startMs && createdMs <= endMs
  }).slice(0, limit)
}

function ordersByIds(account: Account, query: Query): readonly AccountOrder[] {
  const uuids = query.list('uuids')
  const identifiers = query.list('identifiers')
  const ids = uuids.length > 0 ? uuids : identifiers
  if (ids.length === 0 || ids.length > 100) throw accountErrors.validation('uuids')
  const asked = new Set(ids)
  return select(account, query, ({ uuid, identifier }) =>
    asked.has(uuids.length > 0 ? uuid : (identifier ?? '')),
  )
}

function oneOrder(account: Account, query: Query): AccountOrder {
  const uuid = query.text('uuid')
  const identifier = query.text('identifier')
  if ((uuid ?? identifier) === undefined) throw accountErrors.validation('uuid')
  const found = account.orders.find((order) =>
    // The uuid wins where both are given.
    uuid === undefined ? order.identifier === identifier : order.uuid === uuid,
  )
  if (found === undefined) throw accountErrors.orderNotFound()
  return { ...omit(found, 'executed_funds'), trades: found.trades ?? [] }
}

/** Of the asked market, by the time of creation, the newest first unless asked otherwise; without the executions. */
function select(
  account: Account,
  query: Query,
  wanted: (order: AccountOrder) => boolean,
): readonly AccountOrder[] {
  const market = query.text('market')
  const orderBy = query.text('order_by') ?? 'desc'
  if (orderBy !== 'asc' && orderBy !== 'desc') throw accountErrors.validation('order_by')
  const sign = orderBy === 'asc' ? 1 : -1
  return account.orders
    .filter((order) => (market === undefined || order.market === market) && wanted(order))
    .sort((a, b) => sign * (Date.parse(a.created_at) - Date.parse(b.created_at)))
    .map((order) => omit(order, 'trades'))
}

function statesOf(query: Query, allowed: readonly string[], otherwise: readonly string[]): readonly string[] {
  const list = query.list('states')
  const one = query.text('state')
  const asked = list.length > 0 ? list : one === undefined ? otherwise : [one]
  if (!asked.every((state) => allowed.includes(state))) throw accountErrors.validation('state')
  return asked
}

function numberOf(query: Query, name: string, otherwise: number, most: number): number {
  const text = query.text(name) ?? String(otherwise)
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most) throw accountErrors.validation(name)
  return value
}

/** ISO 8601, or ms. */
function instantOf(query: Query, name: string): number | undefined {
  const text = query.text(name)
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isNaN(ms)) throw accountErrors.validation(name)
  return ms
}

function omit(order: AccountOrder, name: 'trades' | 'executed_funds'): AccountOrder {
  const { [name]: _omitted, ...rest } = order
  return rest
}
