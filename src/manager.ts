/**
 * One per process, target and account: owns the connections, their consumers and their account. Every client, proxy
 * and top-level function of the same target works through it, so that nobody's subscription replaces another's.
 */
import type { Observable } from 'rxjs'
import { concat, NEVER, of, ReplaySubject } from 'rxjs'
import type { Environment } from './base/environment'
import type { UpbitError } from './base/errors'
import type { PrivateStatus } from './channels/account-view'
import type { ConsumePorts } from './channels/consume'
import type { GapEvent } from './channels/gap-event'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import type { ConsumerAccount, Counted } from './channels/hub'
import type { Owner } from './channels/owner'
import type { ConnectionStatus } from './connection/status'
import { differingOption, isSameAccount, shareConfigured } from './differing-option'
import { GlobalRateLimiter, restLimitsOf } from './global-rate-limiter'
import { ManagerCalls } from './manager-calls'
import type { Pooled } from './manager-pool'
import { isSharedTrading, leavePool, pooledManager, sharedManager } from './manager-pool'
import { ManagerReports } from './manager-reports'
import { ManagerStreams } from './manager-streams'
import type { Accounting } from './observe/accounting'
import { accountingOf } from './observe/accounting'
import type { HealthReport } from './observe/health-report'
import type { Inspection } from './observe/inspection'
import type { PerformanceMetrics } from './observe/metrics'
import type { UpbitOptions } from './options'
import type { AccountLane } from './private-side'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'
import { limiterOf } from './rate-limit/rate-limiter'
import type { RestLimits } from './rate-limit/rest-limits'
import type { ResolvedOptions } from './resolved-options'
import { shownOptions } from './resolved-options'
import { RestClient } from './rest-client'
import type { RestCalls } from './rest/rest-calls'
import type { SnapshotUse } from './snapshot-ports'
import type { Trading, TradingPorts } from './trading'
import { tradingOf } from './trading-access'
import { hostOf } from './target'
import type { SocketTap } from './transport/socket-taps'

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
  readonly #reports: ManagerReports
  readonly #rest: ManagerCalls
  readonly #streams: ManagerStreams
  readonly #endedSubject = new ReplaySubject<void>(1)
  #isClosed = false

  /** @internal Use `GlobalWebSocketManager.shared()` or `createUpbit()`. */
  constructor(options: ResolvedOptions) {
    const { environment, limits } = options
    if (limits.share !== undefined && !limiterOf(environment).declareShare(this, limits.share)) {
      throw shareConfigured()
    }
    this.#options = options
    this.#reports = new ManagerReports(options, () => this.#isClosed)
    this.errors$ = this.#reports.errors$
    this.gaps$ = this.#reports.gaps$
    this.metrics$ = this.#reports.observatory.metrics$
    const account = options.credentials?.tokens(environment)
    this.#rest = new ManagerCalls(options, account, this.#reports.error)
    this.calls = this.callsOf(undefined)
    this.#streams = new ManagerStreams(options, this.calls, this.#reports, account)
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
    return this.#streams.hub.status$
  }

  /** The public connection's status now. */
  get status(): ConnectionStatus {
    return this.#streams.hub.status
  }

  /** The state of the account's streams; emits the present one first, then each change. Never errors, never completes. */
  get privateStatus$(): Observable<PrivateStatus> {
    return this.#streams.account?.status$ ?? privateOff$
  }

  /** Whether there are credentials, a place for them, and nobody who refuses them. */
  isPrivateAvailable(): boolean {
    const { account } = this.#streams
    return account !== undefined && account.status.state !== 'refused'
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
    return accountingOf(this.#streams.hub, this.#reports.observatory.gapCount, this.#rest.drift)
  }

  /** The consumers that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.#streams.hub.consumers
  }

  /** One word for how it is, the reasons, and each connection (`docs/guides/observing.md`). Changes nothing. */
  healthCheck(): HealthReport {
    return this.#reports.observatory.health()
  }

  /** Rates, latencies, lags and totals, of all and by connection, type, consumer and limit; see there. */
  getPerformanceMetrics(): PerformanceMetrics {
    return this.#reports.observatory.performance()
  }

  /** Its state as plain data, for a person: what is wanted and asked for, who receives, what went wrong. No secrets. */
  inspect(): Inspection {
    return this.#reports.observatory.inspect({ ...shownOptions(this.#options), clients: this.clients })
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
    this.#streams.hub.end()
    limiterOf(this.environment).releaseShare(this)
    this.#reports.observatory.end()
    this.#rest.end(undefined)
    const closed$ = this.#streams.hub.close$()
    // An aborted signal ends the waiting alone: the closing begins, and goes on.
    if (options.signal?.aborted === true) closed$.subscribe().unsubscribe()
    try {
      await toPromise(closed$, 'shutdown', this, options)
    } finally {
      this.#endedSubject.next()
    }
  }

  /** @internal One client less: its consumers end, and the last client shuts it down. */
  async release(client: Owner, options: PromiseOptions): Promise<void> {
    if (--this.clients <= 0) return this.shutdown(options)
    this.#streams.hub.end(client)
    this.#rest.end(client)
  }

  /** @internal The calls of one client, which end with it; without one they end with the manager alone. */
  callsOf(owner: Owner | undefined): RestCalls {
    return this.#rest.of(owner)
  }

  /** @internal What the orders of one client need, which end with it. */
  tradingPorts(owner: Owner | undefined): TradingPorts {
    return { ...this.#rest.portsOf(owner), placed: (order) => this.#streams.account?.expect(order) }
  }

  /** Orders for the shared instance; throws `INVALID_OPTION` unless `configureUpbit` has asked, `{ trading: true }`. */
  get trading(): Trading {
    const { hasRest } = this.#options
    return tradingOf({ isAsked: isSharedTrading(this), hasRest }, () => this.tradingPorts(undefined))
  }

  /** @internal Completes the streams and ends the handlers of one owner. */
  end(owner: Owner): void {
    this.#streams.hub.end(owner)
  }

  /** @internal The consumers of one owner that are there now. */
  consumersOf(owner: Owner): readonly Counted[] {
    return this.#streams.hub.of(owner)
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
    this.#reports.error(error)
  }

  /** @internal Shows `tap` what crosses the sockets of all connections, later ones too; returns what ends that. */
  tap(tap: SocketTap): () => void {
    return this.#streams.tap(tap)
  }

  /** @internal Emits when a shutdown is over, to who comes later as well. */
  get ended$(): Observable<void> {
    return this.#endedSubject
  }

  /** @internal */
  enrol(consumer: ConsumerConfig): Membership {
    return this.#streams.hub.enrol(consumer)
  }

  /** @internal What a snapshot needs. */
  snapshotUse(owner: Owner): SnapshotUse {
    return this.#streams.snapshotUse(owner)
  }

  /** @internal The lane of the account, for what is shown of it. No getter: Node's inspector calls those (C8.3). */
  accountLane(): AccountLane | undefined {
    return this.#streams.account
  }

  /** @internal What went wrong with the account's streams last. */
  accountError(): UpbitError | undefined {
    return this.#streams.accountError
  }

  /** @internal What `consume` needs: a name, a place in the account, and where to tell. */
  consumePorts(owner: Owner): ConsumePorts {
    return this.#streams.consumePorts(owner)
  }
}

const privateOff$: Observable<PrivateStatus> = concat(of({ state: 'off' } as const), NEVER)

function make(options: ResolvedOptions): GlobalWebSocketManager {
  return new GlobalWebSocketManager(options)
}
