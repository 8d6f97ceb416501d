/** Many orders cancelled by one call: by their ids, or all of some markets. Source: docs.upbit.com, read 2026-11. */
import type { Order } from '../trading/order'
import type { Pocket } from '../trading/pocket'
import type { Trading } from '../trading/trading'
import { numberOf } from './account-answers'
import { accountErrors } from './answer'
import { cancelSoon } from './order-calls'
import type { Query } from './query'

export interface ManyCall {
  readonly pocket: Pocket
  readonly trading: Trading
  readonly query: Query
}

/** At most twenty. What is not open any more has failed; of an id that leads nowhere nothing is told (inferred). */
export function cancelByIds(call: ManyCall): object {
  const { pocket, query } = call
  const uuids = query.list('uuids')
  const byUuid = uuids.length > 0
  const ids = byUuid ? uuids : query.list('identifiers')
  if (ids.length === 0 || ids.length > 20) throw accountErrors.validation('uuids')
  const found = [...new Set(ids)].flatMap(
    (id) => (byUuid ? pocket.find(id, undefined) : pocket.find(undefined, id)) ?? [],
  )
  const open = found.filter(({ isOpen }) => isOpen)
  for (const order of open) cancelSoon(call, order)
  return { success: listed(open), failed: listed(found.filter(({ isOpen }) => !isOpen)) }
}

/** Of waiting orders the newest twenty, or `count` of them. */
export function cancelOpen(call: ManyCall): object {
  const { pocket, query } = call
  const side = query.text('cancel_side') ?? 'all'
  if (!['all', 'ask', 'bid'].includes(side)) throw accountErrors.validation('cancel_side')
  const orderBy = query.text('order_by') ?? 'desc'
  if (orderBy !== 'asc' && orderBy !== 'desc') throw accountErrors.validation('order_by')
  const count = numberOf(query, 'count', 20, 300)
  const pairs = pairsOf(query, 'pairs')
  const excluded = pairsOf(query, 'excluded_pairs') ?? []
  const quotes = commaList(query, 'quote_currencies')
  if (pairs !== undefined && quotes !== undefined) throw accountErrors.validation('pairs')
  const waiting = [...pocket.orders].filter(
    ({ state, terms, quote }) =>
      state === 'wait' &&
      (side === 'all' || terms.side === side) &&
      (pairs?.includes(terms.market) ?? true) &&
      (quotes?.includes(quote) ?? true) &&
      !excluded.includes(terms.market),
  )
  const chosen = (orderBy === 'asc' ? waiting : waiting.reverse()).slice(0, count)
  for (const order of chosen) cancelSoon(call, order)
  return { success: listed(chosen), failed: listed([]) }
}

function listed(orders: readonly Order[]): object {
  return {
    count: orders.length,
    orders: orders.map(({ uuid, terms: { market, identifier } }) => ({
      uuid,
      market,
      ...(identifier === undefined ? {} : { identifier }),
    })),
  }
}

/** At most twenty. */
function pairsOf(query: Query, name: string): readonly string[] | undefined {
  const pairs = commaList(query, name)
  if (pairs !== undefined && pairs.length > 20) throw accountErrors.validation(name)
  return pairs
}

function commaList(query: Query, name: string): readonly string[] | undefined {
  return query.text(name)?.split(',')
}
