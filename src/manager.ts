/**
 * One per process, target and account: owns the connections, their consumers and their account. Every client, proxy
 * and top-level function of the same target works through it, so that nobody's subscription replaces another's.
 */
import type { Observable } from 'rxjs'
import { filter, map, ReplaySubject, Subject } from 'rxjs'
import type { Environment } from './base/environment'
import type { UpbitError } from './base/errors'
import type { ConsumePorts } from './channels/consume'
import type { GapEvent } from './channels/gap-event'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import type { ConsumerAccount, Counted } from './channels/hub'
import { Hub } from './channels/hub'
import type { Owner } from './channels/owner'
import { schemaDrift } from './channels/lane-errors'
import { newCounters } from './connection/counters'
import { DriftCounter } from './connection/drift-counter'
import type { ConnectionStatus } from './connection/status'
import { GlobalRateLimiter, restLimitsOf } from './global-rate-limiter'
import type { Pooled } from './manager-pool'
import { leavePool, pooledManager, sharedManager } from './manager-pool'
import type { Accounting } from './observe/accounting'
import { accountingOf } from './observe/accounting'
import type { HealthReport } from './observe/health-report'
import type { Inspection } from './observe/inspection'
import type { PerformanceMetrics } from './observe/metrics'
import { Observatory } from './observe/observatory'
import type { Reporter } from './observe/reporter'
import { createReporter } from './observe/reporter'
import type { ResolvedOptions, UpbitOptions } from './options'
import { differingOption, isSameAccount, shareConfigured, shownOptions } from './options'
import { platform } from './platform'
import type { SocketTap } from './transport/socket-taps'
import { SocketTaps } from './transport/socket-taps'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'
import { limiterOf } from './rate-limit/rate-limiter'
import type { RestLimits } from './rate-limit/rest-limits'
import { GivenStates } from './given-states'
import { hostOf, sendsOriginTo } from './target'
import { RestClient } from './rest-client'
import type { Account } from './rest/account'
import { noHistory, restHistory } from './rest/backfill-source'
import { createRestCaller } from './rest/rest-caller'
import type { RestCalls } from './rest/rest-calls'
import { createRestCalls } from './rest/rest-calls'
import type { SnapshotUse } from './snapshot-ports'

/**
 * The one owner of a target's connections in this process: every client and every top-level function of that target
 * works through it. What it tells is of all of them; `Upbit` has the same for what one client needs.
 *
 * @example
 * ```ts
 * import { GlobalWebSocketManager, ticker$ } from 'upbit-rx'
 *
 * const manager = GlobalWebSocketManager.shared()
 * manager.errors$.subscribe(({ code, message }) => console.error(code, message))
 * const subscription = ticker$('KRW-BTC').subscribe()
 * console.log(manager.consumers(), manager.accounting().events)
 * subscription.unsubscribe()
 * await manager.shutdown()
 * ```
 */
export class GlobalWebSocketManager implements Pooled {
  /** Every loss and its end (C7). Never errors, never completes. */
  readonly gaps$: Observable<GapEvent>
  /** Every problem at run time (C8). Never errors, never completes. */
  readonly errors$: Observable<UpbitError>
  /**
   * `getPerformanceMetrics()` at once and then every `metricsIntervalMs`, worked out while somebody is subscribed only; it
   * does not keep a process alive. After a shutdown once more, and then it completes. Never errors.
   */
  readonly metrics$: Observable<PerformanceMetrics>
  /** The REST calls of this target and account. */
  readonly rest = new RestClient(() => ({ calls: this.calls, environment: this.environment }))

  /** @internal The calls as Observables; they end with the manager. */
  readonly calls: RestCalls

  /** @internal How many clients hold it; the last one closes it. */
  clients = 0

  readonly #options: ResolvedOptions
  readonly #gapSubject = new Subject<GapEvent>()
  readonly #reporter: Reporter
  readonly #hub: Hub
  readonly #taps = new SocketTaps()
  readonly #endedSubject = new ReplaySubject<void>(1)
  readonly #observatory: Observatory
  readonly #report = (error: UpbitError): void => {
    this.#observatory.error(error)
    this.#reporter.report(error)
  }
  readonly #lost = (gap: GapEvent): void => {
    this.#observatory.gap(gap)
    this.#gapSubject.next(gap)
  }
  readonly #account: Account | undefined
  /** What REST answers have that no table knows, by name. */
  readonly #restDrift = newCounters().drift
  readonly #drift = new DriftCounter(this.#restDrift, (name) => this.report(schemaDrift(name)))
  /** Whose calls end: those of one client, or all. */
  readonly #endSubject = new Subject<Owner | undefined>()
  readonly #given = new GivenStates()
  #isClosed = false

  /** @internal Use `GlobalWebSocketManager.shared()` or `createUpbit()`. */
  constructor(options: ResolvedOptions) {
    const { environment, logger, limits } = options
    if (limits.share !== undefined && !limiterOf(environment).declareShare(this, limits.share)) {
      throw shareConfigured()
    }
    this.#options = options
    this.#reporter = createReporter({ environment, logger, warn: platform().warn })
    this.errors$ = this.#reporter.errors$
    this.gaps$ = this.#gapSubject.asObservable()
    this.#observatory = new Observatory({
      environment,
      thresholds: options.health,
      metricsIntervalMs: options.metricsIntervalMs,
      isClosed: () => this.#isClosed,
      budgets: () => {
        const hosts = [hostOf(options.url), hostOf(options.restUrl)]
        return limiterOf(environment)
          .budgets()
          .filter(({ host }) => hosts.includes(host))
      },
      memory: platform().memory,
    })
    this.metrics$ = this.#observatory.metrics$
    this.#account = options.credentials?.tokens(environment)
    this.calls = this.callsOf(undefined)
    this.#hub = new Hub({
      ...options,
      // Not among what is spread: see `Target`.
      url: options.url,
      sendsOrigin: sendsOriginTo(hostOf(options.url)),
      wakeUps$: platform().wakeUps$,
      createReader: options.codeGeneration ? platform().createReader : undefined,
      taps: this.#taps,
      error: this.#report,
      gap: this.#lost,
      metering: this.#observatory.figures,
      backfill: options.hasRest
        ? restHistory(this.calls, { environment, failed: this.#report })
        : noHistory(this.#report),
      // Asked for by itself, so only where there is REST for sure.
      listed$: options.snapshotsByRest ? () => this.#listed$() : undefined,
    })
    this.#observatory.watch(this.#hub)
  }

  /**
   * The one behind `ticker$` and its siblings, in this process, whichever build of the package asks. Asking is a use:
   * from here on `configureUpbit` accepts no other options, until it has been shut down.
   */
  static shared(): GlobalWebSocketManager {
    return sharedManager(make)
  }

  /** @internal The process's manager of the target and account that `options` name. */
  static of(options: UpbitOptions): GlobalWebSocketManager {
    return pooledManager(options, make)
  }

  /** The public connection's status; emits the present one first, then each change. Never errors, never completes. */
  get status$(): Observable<ConnectionStatus> {
    return this.#hub.status$
  }

  /** The public connection's status now. */
  get status(): ConnectionStatus {
    return this.#hub.status
  }

  /** The process's limiter, for the calls of other clients to this target. */
  get limiter(): GlobalRateLimiter {
    return new GlobalRateLimiter(() => this.#options)
  }

  /** @internal The budgets of this target's REST calls. */
  get restLimits(): RestLimits {
    return restLimitsOf(this.#options)
  }

  /** Whether it was shut down; whoever asks for its target afterwards gets another one. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The sums over connections and consumers, past ones included. */
  accounting(): Accounting {
    return accountingOf(this.#hub, this.#observatory.gapCount, this.#restDrift)
  }

  /** The consumers that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.#hub.consumers
  }

  /** One word for how it is, the reasons, and each connection (`docs/guides/observing.md`). Changes nothing. */
  healthCheck(): HealthReport {
    return this.#observatory.health()
  }

  /** Rates, latencies, lags and totals, of all and by connection, type, consumer and limit; see there. */
  getPerformanceMetrics(): PerformanceMetrics {
    return this.#observatory.performance()
  }

  /** Its state as plain data, for a person: what is wanted and asked for, who receives, what went wrong. No secrets. */
  inspect(): Inspection {
    return this.#observatory.inspect({ ...shownOptions(this.#options), clients: this.clients })
  }

  /**
   * Completes the streams and ends the handlers of all its clients, and closes its connections. Resolves when no socket
   * of it is left. A later subscription, of whichever client, starts afresh.
   *
   * @throws UpbitError rejects with `TIMEOUT` after `timeoutMs`, with `ABORTED` when `signal` aborts.
   */
  async shutdown(options: PromiseOptions = {}): Promise<void> {
    checkPromiseOptions(options)
    // First: what subscribes again from inside its completion must find another one.
    this.#isClosed = true
    leavePool(this)
    this.#hub.end()
    limiterOf(this.environment).releaseShare(this)
    this.#observatory.end()
    this.#endSubject.next(undefined)
    try {
      await toPromise(this.#hub.close$(), 'shutdown', this, options)
    } finally {
      this.#endedSubject.next()
    }
  }

  /** @internal One client less: its consumers end, and the last client shuts it down. */
  async release(client: Owner, options: PromiseOptions): Promise<void> {
    if (--this.clients <= 0) return this.shutdown(options)
    this.#hub.end(client)
    this.#endSubject.next(client)
  }

  /** @internal The calls of one client, which end with it; without one they end with the manager alone. */
  callsOf(owner: Owner | undefined): RestCalls {
    const { environment, sendHttp, restUrl } = this.#options
    return createRestCalls(
      createRestCaller({
        environment,
        sendHttp,
        restUrl,
        limits: this.restLimits,
        account: this.#account,
        drift: (name) => this.#drift.count(name),
        ended$: this.#endSubject.pipe(filter((ended) => ended === undefined || ended === owner)),
      }),
    )
  }

  /** @internal Completes the streams and ends the handlers of one owner. */
  end(owner: Owner): void {
    this.#hub.end(owner)
  }

  /** @internal The consumers of one owner that are there now. */
  consumersOf(owner: Owner): readonly Counted[] {
    return this.#hub.of(owner)
  }

  /** What it was made with. A getter, so that an inspector does not show a url that holds a token (C8.3). */
  get options(): ResolvedOptions {
    return this.#options
  }

  /** @internal */
  get environment(): Environment {
    return this.#options.environment
  }

  /** @internal Whether a client with these options is of the same host and account. */
  isTargetOf(options: UpbitOptions, { url }: ResolvedOptions): boolean {
    return hostOf(url) === hostOf(this.#options.url) && isSameAccount(this.#options, options)
  }

  /** @internal The first of the given options that differs from its own. */
  differingOption(options: UpbitOptions): keyof UpbitOptions | undefined {
    return differingOption(options, this.#options)
  }

  /** @internal */
  report(error: UpbitError): void {
    this.#report(error)
  }

  /** @internal Shows `tap` what crosses the sockets of all connections, later ones too; returns what ends that. */
  tap(tap: SocketTap): () => void {
    return this.#taps.add(tap, this.environment.now())
  }

  /** @internal Emits when a shutdown is over, to who comes later as well. */
  get ended$(): Observable<void> {
    return this.#endedSubject
  }

  /** @internal */
  enrol(consumer: ConsumerConfig): Membership {
    return this.#hub.enrol(consumer)
  }

  /** @internal What a snapshot needs. */
  snapshotUse(owner: Owner): SnapshotUse {
    const { environment, snapshotsByRest } = this.#options
    return {
      environment,
      calls: snapshotsByRest ? this.calls : undefined,
      isCarried: (key) => this.#hub.has(key),
      isBehind: (key, state) => this.#hub.isBehind(key, state) || this.#given.isBehind(key, state),
      given: (key, state) => this.#given.given(key, state, environment.now()),
      count: this.consumePorts(owner).count,
    }
  }

  /** The codes that the exchange lists. */
  #listed$(): Observable<ReadonlySet<string>> {
    return this.calls
      .markets$({ priority: 'poll' })
      .pipe(map((markets) => new Set(markets.map(({ market }) => market))))
  }

  /** @internal What `consume` needs: a name, a place in the account, and where to tell. */
  consumePorts(owner: Owner): ConsumePorts {
    return {
      environment: this.environment,
      error: this.#report,
      lost: this.#lost,
      nextName: () => this.#hub.nameOf(owner, 'consume'),
      count: (counted, end) => this.#hub.count(counted, { owner, end }),
    }
  }
}

function make(options: ResolvedOptions): GlobalWebSocketManager {
  return new GlobalWebSocketManager(options)
}
