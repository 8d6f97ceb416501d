/** The hub of a manager's streams, with all that its public lanes are given: sockets, history, the list of codes. */
import { map } from 'rxjs'
import type { SideLane } from './channels/hub'
import { Hub } from './channels/hub'
import type { ManagerReports } from './manager-reports'
import { platform } from './platform'
import { privateUnavailable } from './account-channels'
import type { ResolvedOptions } from './resolved-options'
import { noHistory, restHistory } from './rest/backfill-source'
import type { RestCalls } from './rest/rest-calls'
import { hostOf, sendsOriginTo } from './target'
import type { SocketTaps } from './transport/socket-taps'

export interface ManagerHubPorts {
  readonly calls: RestCalls
  readonly reports: ManagerReports
  readonly taps: SocketTaps
  readonly sides: readonly SideLane[]
}

export function createManagerHub(
  options: ResolvedOptions,
  { calls, reports, taps, sides }: ManagerHubPorts,
): Hub {
  return new Hub({
    ...options,
    // Not among what is spread: see `Target`.
    url: options.url,
    sendsOrigin: sendsOriginTo(hostOf(options.url)),
    wakeUps$: platform().wakeUps$,
    createReader: options.codeGeneration ? platform().createReader : undefined,
    taps,
    sides,
    unavailable: privateUnavailable,
    error: reports.error,
    gap: reports.lost,
    metering: reports.observatory.figures,
    backfill: options.hasRest
      ? restHistory(calls, { environment: options.environment, failed: reports.error })
      : noHistory(reports.error),
    // Asked for by itself, so only where there is REST for sure.
    listed$: options.snapshotsByRest
      ? () =>
          calls
            .markets$({ priority: 'poll' })
            .pipe(map((markets) => new Set(markets.map(({ market }) => market))))
      : undefined,
  })
}
