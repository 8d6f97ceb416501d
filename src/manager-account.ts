/** The lane of a manager's account, with all that it is given: sockets, tokens, REST; where there is a place for it. */
import type { ManagerReports } from './manager-reports'
import { platform } from './platform'
import type { AccountLane } from './private-side'
import type { ResolvedOptions } from './resolved-options'
import type { Account } from './rest/account'
import type { RestCalls } from './rest/rest-calls'
import { besideEndpoint } from './target'
import type { SocketTaps } from './transport/socket-taps'

export interface ManagerAccountPorts {
  readonly account: Account
  readonly calls: RestCalls
  readonly reports: ManagerReports
  readonly taps: SocketTaps
}

export function createAccountLane(
  options: ResolvedOptions,
  { account, calls, reports, taps }: ManagerAccountPorts,
): AccountLane | undefined {
  const { environment, openSocket, format, lingerMs, hasRest } = options
  return platform().privateSide?.createLane({
    environment,
    openSocket,
    format,
    lingerMs,
    url: besideEndpoint(options.url, 'private'),
    wakeUps$: platform().wakeUps$,
    taps,
    error: reports.error,
    gap: reports.lost,
    metering: reports.observatory.figures,
    account,
    calls: hasRest ? calls : undefined,
  })
}
