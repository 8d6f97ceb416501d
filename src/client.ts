/** A client: streams and handlers of one target, on the manager that the process shares for it. */
import type { Observable } from 'rxjs'
import type { Environment } from './base/environment'
import type { UpbitError } from './base/errors'
import type { AccountViews, AccountViewsPorts } from './account-views'
import { createAccountViews } from './account-views'
import type { PrivateStatus } from './channels/account-view'
import type { Channels } from './channels/channel'
import type { ChannelPorts } from './channels/channel-ports'
import { createChannels } from './channels/channels'
import type { ConsumeOptions, ConsumePorts } from './channels/consume'
import { consumeStream } from './channels/consume'
import type { GapEvent } from './channels/gap-event'
import type { UpbitSubscription } from './channels/handle'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import { ownedBy } from './channels/consumer-config'
import type { ConsumerAccount } from './channels/hub'
import type { Owner } from './channels/owner'
import type { ConnectionStatus } from './connection/status'
import type { GlobalRateLimiter } from './global-rate-limiter'
import { HeldManager } from './held-manager'
import type { GlobalWebSocketManager } from './manager'
import type { Accounting } from './observe/accounting'
import type { HealthReport } from './observe/health-report'
import type { Inspection } from './observe/inspection'
import type { PerformanceMetrics } from './observe/metrics'
import type { InfoChannels } from './channels/info-channel'
import type { PrivateChannels } from './channels/private-channel'
import { privateChannels } from './account-channels'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions } from './promise-options'
import { ProxyNames, proxyNamesOf } from './proxy-names'
import type { SnapshotPorts } from './snapshot-ports'
import type { Snapshots } from './snapshots'
import { createSnapshots } from './snapshots'
import type { Trading } from './trading'
import { tradingOf } from './trading-access'
import type { SocketTap } from './transport/socket-taps'
import { RestClient } from './rest-client'

/**
 * A client, made by `createUpbit`: the streams and handlers of one target, and what is told of them. Clients of one host
 * share its connection, unless `isolated`; what one does never ends what another one has.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 *
 * const upbit = createUpbit({ region: 'sg' })
 * upbit.errors$.subscribe(({ code, message }) => console.error(code, message))
 * const subscription = upbit.subscribeTicker('SGD-BTC', ({ trade_price }) => console.log(trade_price))
 * subscription.unsubscribe()
 * await upbit.shutdown()
 * ```
 */
export class Upbit implements Channels, PrivateChannels, InfoChannels, Snapshots, AccountViews {
  /** The state of one or more markets, on every change, the newest known one at once; as the top-level `ticker$`. */
  declare readonly ticker$: Channels['ticker$']
  /** The trades of one or more markets, each exactly once, in order of arrival; as the top-level `trade$`. */
  declare readonly trade$: Channels['trade$']
  /** The order books of one or more markets, each event the whole window; as the top-level `orderbook$`. */
  declare readonly orderbook$: Channels['orderbook$']
  /** The candles of one or more markets, on every change of the candle so far; as the top-level `candle$`. */
  declare readonly candle$: Channels['candle$']
  /** `ticker$` for work that can fail or take time; as the top-level `subscribeTicker`, failures on this `errors$`. */
  declare readonly subscribeTicker: Channels['subscribeTicker']
  /** `trade$` for work that can fail or take time; as the top-level `subscribeTrade`. */
  declare readonly subscribeTrade: Channels['subscribeTrade']
  /** `orderbook$` for work that can fail or take time; as the top-level `subscribeOrderbook`. */
  declare readonly subscribeOrderbook: Channels['subscribeOrderbook']
  /** `candle$` for work that can fail or take time; as the top-level `subscribeCandle`. */
  declare readonly subscribeCandle: Channels['subscribeCandle']

  /** The newest ticker of a code, or of each code of a list in the list's order; from memory, REST or wire. */
  declare readonly getTickerSnapshot: Snapshots['getTickerSnapshot']
  /** The latest trade of a code, or of each of a list: by REST, unless the wire brings one sooner. */
  declare readonly getTradeSnapshot: Snapshots['getTradeSnapshot']
  /** The newest order book of a code, or of each code of a list; from memory, REST or wire. */
  declare readonly getOrderbookSnapshot: Snapshots['getOrderbookSnapshot']
  /** The newest candle of a code, or of each code of a list; from memory, REST or wire. */
  declare readonly getCandleSnapshot: Snapshots['getCandleSnapshot']

  /** The account's orders, each change and each fill once; as the top-level `myOrder$`. */
  declare readonly myOrder$: PrivateChannels['myOrder$']
  /** The account's balances, on every change; as the top-level `myAsset$`. */
  declare readonly myAsset$: PrivateChannels['myAsset$']
  /** The exchange's announcements; as the top-level `announcement$`. */
  declare readonly announcement$: PrivateChannels['announcement$']
  /** `myOrder$` for work that can fail or take time; as the top-level `subscribeMyOrder`. */
  declare readonly subscribeMyOrder: PrivateChannels['subscribeMyOrder']
  /** `myAsset$` for work that can fail or take time; as the top-level `subscribeMyAsset`. */
  declare readonly subscribeMyAsset: PrivateChannels['subscribeMyAsset']
  /** `announcement$` for work that can fail or take time; as the top-level `subscribeAnnouncement`. */
  declare readonly subscribeAnnouncement: PrivateChannels['subscribeAnnouncement']
  /** The exchange's indicators of closed candles; as the top-level `indicator$`. */
  declare readonly indicator$: InfoChannels['indicator$']
  /** Conditions on indicators that came true; as the top-level `indicatorSignal$`. */
  declare readonly indicatorSignal$: InfoChannels['indicatorSignal$']
  /** `indicator$` for work that can fail or take time; as the top-level `subscribeIndicator`. */
  declare readonly subscribeIndicator: InfoChannels['subscribeIndicator']
  /** `indicatorSignal$` for work that can fail or take time; as the top-level `subscribeIndicatorSignal`. */
  declare readonly subscribeIndicatorSignal: InfoChannels['subscribeIndicatorSignal']
  /** The open orders, the newest first, now and at each change; as the top-level `openOrders$`. */
  declare readonly openOrders$: AccountViews['openOrders$']
  /** What is held, now and at each change; as the top-level `balances$`. */
  declare readonly balances$: AccountViews['balances$']
  /** The open orders, once they are known. */
  declare readonly getOpenOrdersSnapshot: AccountViews['getOpenOrdersSnapshot']
  /** What is held, once it is known. */
  declare readonly getBalancesSnapshot: AccountViews['getBalancesSnapshot']

  /** The exchange's REST calls; they end with this client's `shutdown()`. */
  readonly rest: RestClient

  /**
   * The public connection's status: emits the present one, then each change; `closed` after `shutdown()`, and on from
   * there when a later subscription starts afresh. Never errors, never completes.
   */
  readonly status$: Observable<ConnectionStatus>
  /**
   * How the account's streams are served: emits the present state, then each change. `off` without credentials or
   * subscribers, `connecting`, `live`, `polling` by REST while there is no line, `refused`. Never errors, never completes.
   */
  readonly privateStatus$: Observable<PrivateStatus>
  /** Every problem at run time (`docs/errors.md`). Never errors, never completes. */
  readonly errors$: Observable<UpbitError>
  /** Every loss and its end. Never errors, never completes. */
  readonly gaps$: Observable<GapEvent>
  /**
   * `getPerformanceMetrics()` at once and then every `metricsIntervalMs`, worked out while somebody is subscribed only; it
   * does not keep a process alive. Goes on when a later subscription starts afresh. Never errors, never completes.
   */
  readonly metrics$: Observable<PerformanceMetrics>

  /** @internal Whose its consumers are. */
  readonly owner: Owner = {}
  readonly #held: HeldManager
  readonly #ownProxyNames: ProxyNames | undefined
  readonly #isTrading: boolean
  #trading: Trading | undefined

  /** @internal Use `createUpbit`. */
  constructor(acquire: () => GlobalWebSocketManager, isIsolated = false, isTrading = false) {
    this.#held = new HeldManager(acquire, this.owner)
    this.#isTrading = isTrading
    this.#ownProxyNames = isIsolated ? new ProxyNames() : undefined
    this.status$ = this.#held.of$((manager) => manager.status$)
    this.privateStatus$ = this.#held.of$((manager) => manager.privateStatus$)
    this.errors$ = this.#held.of$((manager) => manager.errors$)
    this.gaps$ = this.#held.of$((manager) => manager.gaps$)
    this.metrics$ = this.#held.of$((manager) => manager.metrics$)
    const ports: ChannelPorts = {
      enrol: (consumer) => this.enrol(ownedBy(this.owner, consumer)),
      error: (error) => this.report(error),
    }
    const channels = createChannels(ports)
    const ofAccount = privateChannels(ports)
    const views = createAccountViews(() => this.accountPorts(this.owner))
    this.rest = new RestClient(() => this.#held.useRest())
    const snapshots = createSnapshots(channels, () => this.snapshotPorts(this.owner))
    Object.assign(this, channels, ofAccount, snapshots, views)
  }

  /** The manager that this client shares with others of its target; after a shutdown the closed one, until a new use. */
  get manager(): GlobalWebSocketManager {
    return this.#held.present
  }

  /**
   * Orders over REST. Calls end with this client's `shutdown()`; one that is made after it starts afresh, and is sent. Throws
   * `INVALID_OPTION` unless the client was made with `{ trading: true }`.
   */
  get trading(): Trading {
    return (this.#trading ??= tradingOf(
      { isAsked: this.#isTrading, hasRest: this.manager.options.hasRest },
      () => this.#held.use().tradingPorts(this.owner),
    ))
  }

  /**
   * Any composed stream with the treatment of a handler: one value at a time, a bounded buffer, failures reported on
   * `errors$` and survived. It is one of `consumers()`, and what it drops is told on `gaps$`. Ends with the stream, whose
   * error is reported, and with `shutdown()`; unsubscribing leaves the stream and discards what waits.
   *
   * @returns a subscription with its account (`tally`); disposable.
   * @throws UpbitError `INVALID_OPTION` for an option out of range.
   * @example
   * ```ts
   * import { createUpbit } from 'upbit-rx'
   * import { bufferTime } from 'rxjs'
   *
   * const upbit = createUpbit({ region: 'sg' })
   * const saving = upbit.consume(upbit.trade$('SGD-BTC').pipe(bufferTime(1000)), async (trades) => {
   *   await Promise.resolve(trades.length)
   * })
   * saving.unsubscribe()
   * ```
   */
  consume<T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T> = {},
  ): UpbitSubscription {
    return this.consumeFor(this.owner, (error) => this.report(error), stream$, handler, options)
  }

  /** Whether private streams can be had: there are credentials, a place for them, and the exchange has not refused them. */
  isPrivateAvailable(): boolean {
    return this.manager.isPrivateAvailable()
  }

  /** The process's limiter, for the calls of other clients to this client's target and account. */
  get limiter(): GlobalRateLimiter {
    return this.manager.limiter
  }

  /** The sums over the connections and consumers of this target, of past ones too; after a shutdown the last ones. */
  accounting(): Accounting {
    return this.manager.accounting()
  }

  /** The consumers of this target that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.manager.consumers()
  }

  /**
   * One word for how this target is, with the reasons and each connection: `healthy`, `degraded` or `critical`. The
   * conditions stand in `docs/guides/observing.md`, their thresholds are the option `health`. Silence is no illness: a
   * quiet market is healthy as long as pings are answered. Changes nothing and sends nothing.
   *
   * @example
   * ```ts
   * import { createUpbit } from 'upbit-rx'
   *
   * const upbit = createUpbit({ region: 'sg', health: { lagMs: 500, ignore: ['SCHEMA_DRIFT'] } })
   * const { status, reasons, uptime_ms } = upbit.healthCheck()
   * console.log(status, uptime_ms, reasons.map(({ message, nextStep }) => `${message} ${nextStep}`))
   * ```
   */
  healthCheck(): HealthReport {
    return this.manager.healthCheck()
  }

  /**
   * The figures of this target at this moment: rates over 10 s, latencies, lags and drops over a minute, totals since the
   * start, of all and by connection, type, consumer and limit. Names and units stand in `docs/guides/observing.md`.
   */
  getPerformanceMetrics(): PerformanceMetrics {
    return this.manager.getPerformanceMetrics()
  }

  /** The state of this target as plain data, for a person who looks into a process; no secret is in it. */
  inspect(): Inspection {
    return this.manager.inspect()
  }

  /**
   * Completes this client's streams and ends its handlers; the last client of a target closes its connections.
   * Resolves when nothing of that is left. A later subscription starts afresh.
   *
   * @throws UpbitError rejects with `INVALID_OPTION`; with `TIMEOUT` after `timeoutMs` and with `ABORTED` when `signal`
   * aborts, while the closing goes on.
   */
  async shutdown(options: PromiseOptions = {}): Promise<void> {
    checkPromiseOptions(options)
    await this.#held.release(options)
  }

  /** @internal What the snapshots of its own or of one of its proxies need; the status is that of the moment when it is asked for. */
  snapshotPorts(owner: Owner): SnapshotPorts {
    const status = (): ConnectionStatus => this.manager.status
    return {
      environment: this.manager.environment,
      get status() {
        return status()
      },
      use: () => this.#held.use().snapshotUse(owner),
    }
  }

  /** @internal What the views of its own or of one of its proxies need. */
  accountPorts(owner: Owner): AccountViewsPorts {
    const status = (): PrivateStatus | undefined => this.manager.accountLane()?.status
    return {
      environment: this.manager.environment,
      get privateStatus() {
        return status()
      },
      newestError: () => this.manager.accountError(),
      use: () => {
        const manager = this.#held.use()
        return { lane: manager.accountLane(), count: manager.consumePorts(owner).count }
      },
    }
  }

  /** @internal The names of its proxies. */
  get proxyNames(): ProxyNames {
    return this.#ownProxyNames ?? proxyNamesOf(this.manager.options.url)
  }

  /** @internal `consume` for one of its proxies, or for itself. */
  consumeFor<T>(
    owner: Owner,
    report: (error: UpbitError) => void,
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T>,
  ): UpbitSubscription {
    const join = (): ConsumePorts => ({
      ...this.#held.use().consumePorts(owner),
      error: report,
    })
    return consumeStream(join, stream$, handler, options)
  }

  /** @internal */
  enrol(consumer: ConsumerConfig): Membership {
    return this.#held.use().enrol(consumer)
  }

  /** @internal */
  report(error: UpbitError): void {
    this.manager.report(error)
  }

  /** @internal */
  get environment(): Environment {
    return this.manager.environment
  }

  /** @internal As the manager's `tap`, on from one manager to the next. */
  tap(tap: SocketTap): () => void {
    return this.#held.with((manager) => manager.tap(tap))
  }
}
