/** The lanes of a manager that need its account, with all that they are given: sockets, tokens, REST; where there is a place for them. */
import type { UpbitError, UpbitErrorCode } from './base/errors'
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
  /** Told before it is reported what keeps the account's streams from being served. */
  readonly failed: (error: UpbitError) => void
}

export interface TokenLanes {
  readonly account: AccountLane
  readonly info: SideLane
}

/** Nothing stops for these. */
const beside: readonly UpbitErrorCode[] = ['SCHEMA_DRIFT', 'SLOW_CONSUMER']

export function createTokenLanes(
  options: ResolvedOptions,
  { account, calls, reports, taps, failed }: ManagerAccountPorts,
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
        error: (error) => {
          if (!beside.includes(error.code)) failed(error)
          reports.error(error)
        },
        url: besideEndpoint(options.url, 'private'),
        calls: hasRest ? calls : undefined,
      }),
      info: privateSide.createInfoLane({ ...config, url: besideEndpoint(options.url, 'info') }),
    }
  )
}
