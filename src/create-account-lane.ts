/** The private connection of a manager, with all that it is given: sockets, tokens, REST. Node only. */
import { map } from 'rxjs'
import type { AccountLane, AccountLanePorts } from './private-side'
import { PrivateLane } from './private/private-lane'
import { platform } from './platform'
import type { ResolvedOptions } from './resolved-options'
import { besideEndpoint } from './target'

export function createAccountLane(
  options: ResolvedOptions,
  { account, calls, reports, taps }: AccountLanePorts,
): AccountLane {
  return new PrivateLane({
    ...options,
    // Not among what is spread: see `Target`.
    url: besideEndpoint(options.url, 'private'),
    headers$: account.token$().pipe(map((token) => ({ authorization: `Bearer ${token}` }))),
    account: account.scope,
    wakeUps$: platform().wakeUps$,
    taps,
    error: reports.error,
    gap: reports.lost,
    metering: reports.observatory.figures,
    calls: options.hasRest ? calls : undefined,
  })
}
