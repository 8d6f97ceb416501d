/** What an endpoint says to a call that limits have let through: data for anybody, or an account's after its token. */
import { OrderRefusal } from '../trading/order-refusal'
import { may } from '../trading/pocket'
import type { Trading } from '../trading/trading'
import type { ExchangeSwitches } from '../switches'
import { accountRoute } from './account-routes'
import type { Reply, RestRequest } from './answer'
import { accountErrors, errorReply, noRoute, RestError } from './answer'
import type { Authorizer } from './authorize'
import { parseBody } from './body'
import type { MarketsView } from './markets-view'
import type { Query } from './query'
import { quotationAnswer } from './quotation-answer'

/** A call with what its target says. */
export interface RestAsked {
  readonly request: RestRequest
  readonly path: string
  readonly query: Query
}

/** Who can answer. */
export interface RestSources {
  /** What the exchange's clock says, which a test may have set wrong. */
  clock(): number
  readonly switches: ExchangeSwitches
  readonly markets: MarketsView
  readonly authorizer: Authorizer
  readonly trading: Trading
}

export function replyTo(asked: RestAsked, sources: RestSources): Reply {
  try {
    return accountReply(asked, sources) ?? quotationReply(asked, sources)
  } catch (error) {
    if (error instanceof RestError) return errorReply(error)
    if (error instanceof OrderRefusal) {
      return errorReply(new RestError(error.status, error.refusalName, error.message))
    }
    throw error
  }
}

function quotationReply({ path, query }: RestAsked, sources: RestSources): Reply {
  const body = quotationAnswer(path, query, sources.markets, sources.switches, sources.clock())
  if (body === undefined) throw noRoute
  return { status: 200, body }
}

function accountReply({ request, path, query }: RestAsked, sources: RestSources): Reply | undefined {
  const route = accountRoute(request.method, path)
  if (route === undefined) return undefined
  const { authorizer, switches, trading, markets } = sources
  const body = parseBody(request.method === 'POST' ? (request.body ?? '') : '')
  const caller = authorizer.caller(request.headers, request.method === 'POST' ? body.hashed : query.unencoded)
  if (route.scope !== undefined && !may(caller, route.scope))
    throw accountErrors.scope(switches.outOfScopeStatus)
  trading.catchUp()
  const answer = route.answer({
    pocket: caller.pocket,
    trading,
    query,
    body,
    nowMs: sources.clock(),
    isListed: (market) => markets.isListed(market),
  })
  return { status: route.status, body: JSON.stringify(answer) }
}
