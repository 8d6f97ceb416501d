/** Keys and orders over REST, as the books have them. Fields and limits: docs.upbit.com, read 2026-11. */
import { dayMs, koreanTime } from '../dates'
import type { AccountOrder } from '../trading/account'
import type { Order } from '../trading/order'
import { orderRow } from '../trading/order-rows'
import type { Pocket } from '../trading/pocket'
import { accountErrors } from './answer'
import type { Query } from './query'

/** A key lasts a year, here from when the exchange was opened. */
export function apiKeys(pocket: Pocket, openedMs: number): readonly object[] {
  const expire_at = koreanTime(openedMs + 365 * dayMs)
  return pocket.keys.map(({ accessKey }) => ({ access_key: accessKey, expire_at }))
}

export function openOrders(pocket: Pocket, query: Query): readonly AccountOrder[] {
  const states = statesOf(query, ['wait', 'watch'], ['wait'])
  const page = numberOf(query, 'page', 1, Number.MAX_SAFE_INTEGER)
  const limit = numberOf(query, 'limit', 100, 100)
  return select(pocket, query, ({ state }) => states.includes(state), [(page - 1) * limit, page * limit])
}

export function closedOrders(pocket: Pocket, query: Query, nowMs: number): readonly AccountOrder[] {
  const states = statesOf(query, ['done', 'cancel'], ['done', 'cancel'])
  const limit = numberOf(query, 'limit', 100, 1000)
  const start = instantOf(query, 'start_time')
  const endMs = instantOf(query, 'end_time') ?? (start === undefined ? nowMs : start + 7 * dayMs)
  const startMs = start ?? endMs - 7 * dayMs
  if (endMs - startMs > 7 * dayMs) throw accountErrors.validation('end_time')
  const wanted = (order: Order): boolean => {
    const madeMs = wholeSecondMs(order)
    return states.includes(order.state) && madeMs >= startMs && madeMs <= endMs
  }
  return select(pocket, query, wanted, [0, limit])
}

export function ordersByIds(pocket: Pocket, query: Query): readonly AccountOrder[] {
  const uuids = query.list('uuids')
  const identifiers = query.list('identifiers')
  const ids = uuids.length > 0 ? uuids : identifiers
  if (ids.length === 0 || ids.length > 100) throw accountErrors.validation('uuids')
  const asked = new Set(ids)
  return select(pocket, query, ({ uuid, terms: { identifier = '' } }) =>
    asked.has(uuids.length > 0 ? uuid : identifier),
  )
}

export function oneOrder(pocket: Pocket, query: Query): AccountOrder {
  const uuid = query.text('uuid')
  const identifier = query.text('identifier')
  if ((uuid ?? identifier) === undefined) throw accountErrors.validation('uuid')
  const found = pocket.find(uuid, identifier)
  if (found === undefined) throw accountErrors.orderNotFound()
  return omit(orderRow(found), 'executed_funds')
}

/**
 * Of the asked market, by the time of creation, the newest first unless asked otherwise; without the executions. Rows are
 * made of those alone that are told: an account may have thousands of orders behind it.
 */
function select(
  pocket: Pocket,
  query: Query,
  wanted: (order: Order) => boolean,
  [from, to]: readonly [number, number] = [0, Infinity],
): readonly AccountOrder[] {
  const market = query.text('market')
  const orderBy = query.text('order_by') ?? 'desc'
  if (orderBy !== 'asc' && orderBy !== 'desc') throw accountErrors.validation('order_by')
  const sign = orderBy === 'asc' ? 1 : -1
  const found = [...pocket.orders].filter(
    (order) => (market === undefined || order.terms.market === market) && wanted(order),
  )
  // Of those of one second the last made is the newest.
  const inOrder = orderBy === 'asc' ? found : found.reverse()
  return inOrder
    .sort((a, b) => sign * (wholeSecondMs(a) - wholeSecondMs(b)))
    .slice(from, to)
    .map((order) => omit(orderRow(order), 'trades'))
}

/** When it was made, as its row tells. */
function wholeSecondMs({ createdMs }: Order): number {
  return Math.floor(createdMs / 1000) * 1000
}

function statesOf(query: Query, allowed: readonly string[], otherwise: readonly string[]): readonly string[] {
  const list = query.list('states')
  const one = query.text('state')
  const asked = list.length > 0 ? list : one === undefined ? otherwise : [one]
  if (!asked.every((state) => allowed.includes(state))) throw accountErrors.validation('state')
  return asked
}

export function numberOf(query: Query, name: string, otherwise: number, most: number): number {
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

/** An order without what only another kind of answer has. */
export function omit(order: AccountOrder, name: 'trades' | 'executed_funds'): AccountOrder {
  const { [name]: _omitted, ...rest } = order
  return rest
}
