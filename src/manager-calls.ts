/** The REST calls of a manager's target: whose they are, when they end, and what answers have that no table knows. */
import { filter, Subject } from 'rxjs'
import type { UpbitError } from './base/errors'
import { schemaDrift } from './channels/lane-errors'
import type { Owner } from './channels/owner'
import { newCounters } from './connection/counters'
import { DriftCounter } from './connection/drift-counter'
import { restLimitsOf } from './global-rate-limiter'
import type { ResolvedOptions } from './resolved-options'
import type { Account } from './rest/account'
import { createRestCaller } from './rest/rest-caller'
import type { RestCalls } from './rest/rest-calls'
import { createRestCalls } from './rest/rest-calls'
import type { TradingPorts } from './trading'

export class ManagerCalls {
  /** What REST answers have that no table knows, by name. */
  readonly drift = newCounters().drift
  readonly #options: ResolvedOptions
  readonly #account: Account | undefined
  readonly #driftCounter: DriftCounter
  /** Whose calls end: those of one client, or all. */
  readonly #endSubject = new Subject<Owner | undefined>()

  constructor(options: ResolvedOptions, account: Account | undefined, report: (error: UpbitError) => void) {
    this.#options = options
    this.#account = account
    this.#driftCounter = new DriftCounter(this.drift, (name) => report(schemaDrift(name)))
  }

  /** The calls of one client, which end with it; without one they end with all alone. */
  of(owner: Owner | undefined): RestCalls {
    return createRestCalls(this.portsOf(owner).call$)
  }

  /** As `of`: what makes calls, and what ends them. */
  portsOf(owner: Owner | undefined): TradingPorts {
    const { environment, sendHttp, restUrl } = this.#options
    const ended$ = this.#endSubject.pipe(filter((ended) => ended === undefined || ended === owner))
    const call$ = createRestCaller({
      environment,
      sendHttp,
      restUrl,
      limits: restLimitsOf(this.#options),
      account: this.#account,
      drift: (name) => this.#driftCounter.count(name),
      ended$,
    })
    return { call$, environment, ended$ }
  }

  /** Ends the calls of one client, or all. */
  end(owner: Owner | undefined): void {
    this.#endSubject.next(owner)
  }
}
