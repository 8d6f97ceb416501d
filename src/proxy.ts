/** A component's own handle: the streams and handlers of a client, ended together. */
import type { Observable } from 'rxjs'
import { invalidOption } from './base/invalid-option'
import type { AccountViews } from './account-views'
import { createAccountViews } from './account-views'
import type { Channels } from './channels/channel'
import type { ChannelPorts } from './channels/channel-ports'
import { createChannels } from './channels/channels'
import type { ConsumeOptions } from './channels/consume'
import type { UpbitSubscription } from './channels/handle'
import type { ConsumerAccount } from './channels/hub'
import { keepWith } from './channels/keep-with'
import { checkNames } from './base/check-names'
import { checkBoolean, hasMembers } from './channels/option-checks'
import type { Upbit } from './client'
import type { Tally } from './operators/delivery'
import type { InfoChannels } from './channels/info-channel'
import type { PrivateChannels } from './channels/private-channel'
import { privateChannels } from './account-channels'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions } from './promise-options'
import { ProxyScope } from './proxy-scope'
import type { Snapshots } from './snapshots'
import { createSnapshots } from './snapshots'

/** Options of a `WebSocketClientProxy`. */
export interface ProxyOptions {
  /** The client to work through, of `createUpbit`. Default: the shared instance. */
  readonly upbit?: Upbit
  /** `true` keeps the proxy until its `cleanup()`, whether or not anybody holds it. Default `false`. */
  readonly keepAlive?: boolean
}

/** Told when a proxy that was not cleaned up is gone. */
const collections = new FinalizationRegistry<ProxyScope>((scope) => scope.collected())

/**
 * A component's own handle: everything that it subscribed to ends with `cleanup()`, and nothing else does. Making one
 * costs no connection, and is no use of the shared instance: `configureUpbit` may still come after it.
 *
 * Name it `<module>_<instance>`, `chart_1`: the name is in errors and metrics. A second live proxy of a name becomes
 * `chart_1#2`, which is told once as `PROXY_NAME_TAKEN` on `errors$`.
 *
 * Call `cleanup()`, or leave it to `using` or `await using`. As a second line, the handlers of a proxy that nobody holds
 * any more end when it is collected, which is `PROXY_COLLECTED` on `errors$`; that may be late, or never. Kept from
 * collection is a proxy that is held itself, or by the handle of one of its handlers, by a handler that refers to it,
 * by a live subscription to one of its streams, or by `keepAlive`. A variable that no code still to run reads holds
 * nothing, not even at the top of a script: a script takes `keepAlive`, or cleans up at its end.
 *
 * @example
 * ```ts
 * import { WebSocketClientProxy } from 'upbit-rx'
 *
 * const chart = new WebSocketClientProxy('chart_1')
 * try {
 *   chart.subscribeTrade('KRW-BTC', ({ trade_price }) => console.log(trade_price))
 *   const { orderbook_units } = await chart.getOrderbookSnapshot('KRW-BTC')
 *   console.log(orderbook_units[0])
 * } finally {
 *   await chart.cleanup()
 * }
 * ```
 */
export class WebSocketClientProxy implements Channels, Snapshots, Disposable, AsyncDisposable {
  /** The state of one or more markets, as the top-level `ticker$`; completes with `cleanup()` and `unsubscribeAll()`. */
  declare readonly ticker$: Channels['ticker$']
  /** The trades of one or more markets, as the top-level `trade$`; completes as this `ticker$` does. */
  declare readonly trade$: Channels['trade$']
  /** The order books of one or more markets, as the top-level `orderbook$`; completes as this `ticker$` does. */
  declare readonly orderbook$: Channels['orderbook$']
  /** The candles of one or more markets, as the top-level `candle$`; completes as this `ticker$` does. */
  declare readonly candle$: Channels['candle$']
  /** `ticker$` for work that can fail or take time; ends with the proxy, and by collection if nothing keeps that. */
  declare readonly subscribeTicker: Channels['subscribeTicker']
  /** `trade$` for work that can fail or take time; else as this `subscribeTicker`. */
  declare readonly subscribeTrade: Channels['subscribeTrade']
  /** `orderbook$` for work that can fail or take time; else as this `subscribeTicker`. */
  declare readonly subscribeOrderbook: Channels['subscribeOrderbook']
  /** `candle$` for work that can fail or take time; else as this `subscribeTicker`. */
  declare readonly subscribeCandle: Channels['subscribeCandle']

  /** The newest ticker of a code, or of each code of a list in the list's order; from memory, REST or wire. */
  declare readonly getTickerSnapshot: Snapshots['getTickerSnapshot']
  /** The latest trade of a code, or of each of a list; see `Upbit`. */
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
  /** The exchange's indicators of closed candles. */
  declare readonly indicator$: InfoChannels['indicator$']
  /** Conditions on indicators that came true. */
  declare readonly indicatorSignal$: InfoChannels['indicatorSignal$']
  /** `indicator$` for work that can fail or take time. */
  declare readonly subscribeIndicator: InfoChannels['subscribeIndicator']
  /** `indicatorSignal$` for work that can fail or take time. */
  declare readonly subscribeIndicatorSignal: InfoChannels['subscribeIndicatorSignal']
  /** The open orders, the newest first, now and at each change. */
  declare readonly openOrders$: AccountViews['openOrders$']
  /** What is held, now and at each change. */
  declare readonly balances$: AccountViews['balances$']
  /** The open orders, once they are known. */
  declare readonly getOpenOrdersSnapshot: AccountViews['getOpenOrdersSnapshot']
  /** What is held, once it is known. */
  declare readonly getBalancesSnapshot: AccountViews['getBalancesSnapshot']

  readonly #scope: ProxyScope

  /**
   * @param name `<module>_<instance>`, without `#`.
   * @throws UpbitError `INVALID_OPTION` for a name or an option that is none.
   */
  constructor(name: string, options: ProxyOptions = {}) {
    check(name, options)
    const scope = new ProxyScope(this, name, options.upbit, madeAt(new.target))
    this.#scope = scope
    if (options.keepAlive === true) scope.kept = this
    collections.register(this, scope, scope)
    // No closure of this constructor may get to the manager: it would hold `this`.
    const ports: ChannelPorts = { enrol: scope.enrol, error: scope.report, keeps: this }
    const channels = createChannels(ports)
    const ofAccount = privateChannels(ports)
    const snapshots = createSnapshots(
      channels,
      () => scope.snapshotPorts(),
      () => `${scope.name} `,
    )
    const views = createAccountViews(
      () => scope.accountPorts(),
      () => `${scope.name} `,
      this,
    )
    Object.assign(this, channels, ofAccount, snapshots, views)
  }

  /** As it was given, or with `#2`, `#3` … behind it where live proxies have that name. */
  get name(): string {
    return this.#scope.name
  }

  /** Whether it has been cleaned up: it can be used no more. */
  get closed(): boolean {
    return this.#scope.isClosed
  }

  /**
   * Any composed stream with the treatment of a handler, as the top-level `consume`, and as one of this proxy's.
   *
   * @returns a subscription with its account (`tally`); disposable.
   * @throws UpbitError `INVALID_OPTION` for an option out of range; `PROXY_CLOSED` after `cleanup()`.
   */
  consume<T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T> = {},
  ): UpbitSubscription {
    return keepWith(this.#scope.consume(stream$, handler, options), this)
  }

  /** Whether private streams can be had, as its client's. No use of the shared instance. */
  isPrivateAvailable(): boolean {
    return this.#scope.isPrivateAvailable
  }

  /** The sums over its own consumers, of past ones too. */
  accounting(): Tally {
    return this.#scope.tally
  }

  /** Its own consumers that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.#scope.consumers
  }

  /** Completes its streams and ends its handlers, and discards what waits for them; it can be used on. */
  unsubscribeAll(): void {
    this.#scope.endAll()
  }

  /**
   * Completes its streams and ends its handlers, discards what waits for them, and gives its name free, all at once. A
   * handler that is at work is not interrupted, and not waited for. Idempotent.
   *
   * @throws UpbitError rejects with `INVALID_OPTION`.
   */
  async cleanup(options: PromiseOptions = {}): Promise<void> {
    checkPromiseOptions(options)
    this.#close()
    return Promise.resolve()
  }

  /** `cleanup()`, a subclass's own too, for `using`. */
  [Symbol.dispose](): void {
    void this.cleanup()
  }

  /** `cleanup`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.cleanup()
  }

  #close(): void {
    collections.unregister(this.#scope)
    this.#scope.close()
  }
}

function check(name: unknown, options: ProxyOptions): void {
  if (typeof name !== 'string' || name.trim() === '' || name.includes('#')) {
    throw invalidOption('name', name, "a text as '<module>_<instance>', without `#`")
  }
  checkNames(options, ['upbit', 'keepAlive'])
  // By its members: a client of the package's other build is one too.
  if (options.upbit !== undefined && !hasMembers(options.upbit, ['enrol', 'consumeFor', 'proxyNames'])) {
    throw invalidOption('upbit', options.upbit, 'a client of createUpbit()')
  }
  checkBoolean('keepAlive', options.keepAlive)
}

/**
 * The line of the stack in which the proxy was made, outside of its class and subclasses: as text, since a stack that is
 * kept keeps what was called.
 */
function madeAt(made: new (...args: never) => unknown): string {
  const holder: { stack?: unknown } = new Error('made')
  // Of some engines only; elsewhere the two lines of this file come first.
  const captures = (Error as Partial<ErrorConstructor>).captureStackTrace
  captures?.(holder, made)
  const { stack } = holder
  // A program may have its own way to make stacks.
  if (typeof stack !== 'string') return 'somewhere'
  const calls = stack.split('\n').filter((line) => /:\d+:\d+\)?$/.test(line))
  return (calls[captures === undefined ? 2 : 0] ?? 'somewhere').trim()
}
