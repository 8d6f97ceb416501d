/** Where a manager tells what goes wrong: each problem and each loss, to who listens and to the figures. */
import type { Observable } from 'rxjs'
import { Subject } from 'rxjs'
import type { UpbitError } from './base/errors'
import type { GapEvent } from './channels/gap-event'
import { Observatory } from './observe/observatory'
import type { Reporter } from './observe/reporter'
import { createReporter } from './observe/reporter'
import { platform } from './platform'
import { limiterOf } from './rate-limit/rate-limiter'
import type { ResolvedOptions } from './resolved-options'
import { hostOf } from './target'

export class ManagerReports {
  readonly errors$: Observable<UpbitError>
  readonly gaps$: Observable<GapEvent>
  readonly observatory: Observatory
  readonly error = (error: UpbitError): void => {
    this.observatory.error(error)
    this.#reporter.report(error)
  }
  readonly lost = (gap: GapEvent): void => {
    this.observatory.gap(gap)
    this.#gapSubject.next(gap)
  }
  readonly #gapSubject = new Subject<GapEvent>()
  readonly #reporter: Reporter

  constructor(options: ResolvedOptions, isClosed: () => boolean) {
    const { environment, logger } = options
    this.#reporter = createReporter({ environment, logger, warn: platform().warn })
    this.errors$ = this.#reporter.errors$
    this.gaps$ = this.#gapSubject.asObservable()
    this.observatory = new Observatory({
      environment,
      thresholds: options.health,
      metricsIntervalMs: options.metricsIntervalMs,
      isClosed,
      budgets: () => {
        const hosts = [hostOf(options.url), hostOf(options.restUrl)]
        return limiterOf(environment)
          .budgets()
          .filter(({ host }) => hosts.includes(host))
      },
      memory: platform().memory,
    })
  }
}
