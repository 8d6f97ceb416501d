/** The calls of accounts: what each needs of a key, and who answers it. */
import type { AccountScope } from '../trading/account'
import type { Pocket } from '../trading/pocket'
import type { Trading } from '../trading/trading'
import { apiKeys, closedOrders, oneOrder, openOrders, ordersByIds } from './account-answers'
import type { Body } from './body'
import { cancelByIds, cancelOpen } from './cancel-many'
import { cancelAndNew, cancelOrder, placeOrder, testOrder } from './order-calls'
import { orderChance } from './order-chance'
import type { Query } from './query'

/** A call whose token has been checked. */
export interface AccountCall {
  readonly pocket: Pocket
  readonly trading: Trading
  readonly query: Query
  readonly body: Body
  readonly nowMs: number
  readonly isListed: (market: string) => boolean
}

interface AccountRoute {
  /** `undefined` where any key will do. */
  readonly scope: AccountScope | undefined
  readonly status: number
  answer(call: AccountCall): object
}

/** `undefined` for a call of no account. */
export function accountRoute(method: string, path: string): AccountRoute | undefined {
  return routes.get(`${method} ${path}`)
}

const reads = (answer: AccountRoute['answer'], scope: AccountRoute['scope'] = 'orders'): AccountRoute => ({
  scope,
  status: 200,
  answer,
})
const deletes = (answer: AccountRoute['answer']): AccountRoute => ({ scope: 'trade', status: 200, answer })
const posts = (answer: AccountRoute['answer']): AccountRoute => ({ scope: 'trade', status: 201, answer })

const routes: ReadonlyMap<string, AccountRoute> = new Map([
  ['GET /v1/accounts', reads(({ pocket }) => pocket.holdings.rows(), 'balances')],
  [
    'GET /v1/api_keys',
    {
      scope: undefined,
      status: 200,
      answer: ({ pocket, trading }) => apiKeys(pocket, trading.openedMs),
    },
  ],
  ['GET /v1/orders/chance', reads(({ pocket, query, isListed }) => orderChance(pocket, query, isListed))],
  ['GET /v1/orders/open', reads(({ pocket, query }) => openOrders(pocket, query))],
  ['GET /v1/orders/closed', reads(({ pocket, query, nowMs }) => closedOrders(pocket, query, nowMs))],
  ['GET /v1/orders/uuids', reads(({ pocket, query }) => ordersByIds(pocket, query))],
  ['GET /v1/order', reads(({ pocket, query }) => oneOrder(pocket, query))],
  [
    'DELETE /v1/order',
    deletes(({ query, ...call }) => cancelOrder({ ...call, member: (name) => query.text(name) })),
  ],
  ['DELETE /v1/orders/uuids', deletes(cancelByIds)],
  ['DELETE /v1/orders/open', deletes(cancelOpen)],
  ['POST /v1/orders', posts(({ body, ...call }) => placeOrder({ ...call, member: body.text }))],
  ['POST /v1/orders/test', posts(({ body, ...call }) => testOrder({ ...call, member: body.text }))],
  [
    'POST /v1/orders/cancel_and_new',
    posts(({ body, ...call }) => cancelAndNew({ ...call, member: body.text })),
  ],
])
