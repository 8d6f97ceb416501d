/** The lane of an account, whose dials carry a new token each. Node only. */
import { map } from 'rxjs'
import { renewed$ } from './connection/renewal'
import type { AccountLane, AccountLaneConfig } from './private-side'
import { PrivateLane } from './private/private-lane'
import { discreetSocket } from './transport/discreet-socket'

export function createAccountLane({ account, ...config }: AccountLaneConfig): AccountLane {
  return new PrivateLane({
    ...config,
    openSocket: discreetSocket(config.openSocket, () => account.keys?.() ?? []),
    headers$: account
      .token$()
      .pipe(
        map(({ token, expiresAtMs }) => ({ headers: { authorization: `Bearer ${token}` }, expiresAtMs })),
      ),
    renewed$,
    account: () => account.scope,
  })
}
