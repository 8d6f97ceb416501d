/** The lane of indicators, whose dials carry a new token each. Node only. */
import { map } from 'rxjs'
import type { SideLane } from './channels/hub'
import type { TokenLaneConfig } from './private-side'
import { InfoLane } from './private/info/info-lane'
import { discreetSocket } from './transport/discreet-socket'

export function createInfoLane({ account, ...config }: TokenLaneConfig): SideLane {
  return new InfoLane({
    ...config,
    openSocket: discreetSocket(config.openSocket, () => account.keys?.() ?? []),
    // Not renewed when it ends: the exchange looks at it at the handshake, and a reconnect takes less than a candle.
    headers$: account.token$().pipe(map(({ token }) => ({ headers: { authorization: `Bearer ${token}` } }))),
    account: () => account.scope,
  })
}
