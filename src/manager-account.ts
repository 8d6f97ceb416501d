/** The lanes of a manager that need its account, with all that they are given: sockets, tokens, REST; where there is a place for them. */
import type { ManagerReports } from './manager-reports'
import { platform } from './platform'
import type { SideLane } from './channels/hub'
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

export interface TokenLanes {
  readonly account: AccountLane
  readonly info: SideLane
}

export function createTokenLanes(
  options: ResolvedOptions,
  { account, calls, reports, taps }: ManagerAccountPorts,
): TokenLanes | undefined {
  const { environment, openSocket, format, lingerMs, hasRest } = options
  const { privateSide, wakeUps$ } = platform()
  const config = {
    environment,
    openSocket,
    format,
    lingerMs,
    wakeUps$,
    taps,
    error: reports.error,
    gap: reports.lost,
    metering: reports.observatory.figures,
    account,
  }
  return (
    privateSide && {
      account: privateSide.createLane({
        ...config,
        url: besideEndpoint(options.url, 'private'),
        calls: hasRest ? calls : undefined,
      }),
      info: privateSide.createInfoLane({ ...config, url: besideEndpoint(options.url, 'info') }),
    }
  )
}
