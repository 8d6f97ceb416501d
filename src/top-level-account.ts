/** The top-level functions of an account, and of what needs its token: streams and handlers of the shared instance. */
import { privateChannels } from './account-channels'
import type { AccountViews } from './account-views'
import { createAccountViews } from './account-views'
import type { InfoChannels } from './channels/info-channel'
import type { PrivateChannels } from './channels/private-channel'
import type { TokenChannels } from './private-side'
import { sharedClient } from './shared'
import { sharedPorts } from './shared-ports'

/** Made at the first call, when the platform is known. */
let privates: TokenChannels | undefined
const ofAccount = (): TokenChannels => (privates ??= privateChannels(sharedPorts))
const views = createAccountViews(() => {
  const client = sharedClient()
  return client.accountPorts(client.owner)
})

/**
 * The account's orders: one event for each change of an order's state and one for each fill, of these markets or of all.
 * Needs `credentials`, and 주문조회 (view orders) of the keys. Emits as it happens, never twice, nothing from before; what
 * was missed while a line was lost is fetched by REST and comes with `source: 'rest'`, with `null` for what REST does not
 * tell. Completes when the application ends it; errors with `PRIVATE_UNAVAILABLE` without credentials, with `AUTH_REFUSED`
 * when neither socket nor REST lets them in, with `BUFFER_OVERFLOW` when the consumer is too slow: orders are never
 * dropped. Unsubscribing closes the connection, unless others have it.
 *
 * Every quantity is exact text in the currency that Upbit's page names, times are ms. A market buy (`order_type` `price`)
 * that ends in `cancel` after fills is filled: see `isOrderFilled`. Source: docs.upbit.com, `websocket-myorder`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { myOrder$ } from 'upbit-rx'
 * myOrder$('KRW-BTC').subscribe(({ state, executed_volume }) => console.log(state, executed_volume))
 * ```
 */
export const myOrder$ = ((...asked: [never, never]) =>
  ofAccount().myOrder$(...asked)) as PrivateChannels['myOrder$']

/**
 * The account's balances, on every change: absolute amounts of the currencies that changed. Needs `credentials`, and
 * 자산조회 (view account) of the keys; else as `myOrder$`. For all that is held use `balances$`. The first subscription
 * that an account ever makes may stay silent for some minutes. Source: docs.upbit.com, `websocket-myasset`.
 *
 * @throws UpbitError at the call: `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { myAsset$ } from 'upbit-rx'
 * myAsset$().subscribe(({ assets }) => console.log(assets.map(({ currency, balance }) => `${balance} ${currency}`)))
 * ```
 */
export const myAsset$: PrivateChannels['myAsset$'] = (options) => ofAccount().myAsset$(options)

/**
 * The exchange's announcements when they are published or changed, in Korean; of Korea only. Needs `credentials` of any
 * right. Nothing from before, and what was missed stays missed. Else as `myOrder$`. Source: docs.upbit.com,
 * `websocket-announcement`.
 *
 * @throws UpbitError at the call: `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { announcement$ } from 'upbit-rx'
 * announcement$({ categories: ['trade'] }).subscribe(({ title, url }) => console.log(title, url))
 * ```
 */
export const announcement$: PrivateChannels['announcement$'] = (options) => ofAccount().announcement$(options)

/**
 * `myOrder$` for work that can fail or take time: one event at a time, failures reported on `errors$`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { subscribeMyOrder } from 'upbit-rx'
 * const saving = subscribeMyOrder(async ({ uuid, state }) => {
 *   await Promise.resolve(`${uuid} ${state}`)
 * })
 * saving.unsubscribe()
 * ```
 */
export const subscribeMyOrder = ((...asked: [never, never, never]) =>
  ofAccount().subscribeMyOrder(...asked)) as PrivateChannels['subscribeMyOrder']

/** `myAsset$` for work that can fail or take time; as `subscribeMyOrder`. */
export const subscribeMyAsset: PrivateChannels['subscribeMyAsset'] = (handler, options) =>
  ofAccount().subscribeMyAsset(handler, options)

/** `announcement$` for work that can fail or take time; as `subscribeMyOrder`. */
export const subscribeAnnouncement: PrivateChannels['subscribeAnnouncement'] = (handler, options) =>
  ofAccount().subscribeAnnouncement(handler, options)

/**
 * The exchange's indicators, computed by it on closed candles: one event a market and indicator about a second after each
 * close, and none where nothing was traded. Needs `credentials` of any right, on Node; KRW markets only, 100 combinations
 * of a market and an indicator in all, values and signals together. Equal requests are shared, and count once. Nothing
 * from before, and what was missed while the line was lost stays missing. Completes when the application ends it; errors
 * with `TOO_MANY_INDICATORS` where it would be more than 100, `PRIVATE_UNAVAILABLE` without credentials, `AUTH_REFUSED`,
 * `REJECTED`, and under `overflow: 'error'` with `BUFFER_OVERFLOW`. Unsubscribing takes it off the wire unless others
 * have it; with the last one their connection closes.
 *
 * The events are of the indicators that are asked for, told apart by `indicator`; a value is `null` where the exchange has
 * none. Prices are in won, `timestamp` is ms. Source: docs.upbit.com, `websocket-indicator`.
 *
 * @param codes one KRW market or several.
 * @param timeframe the length of the candles: `5m`, `15m`, `60m`, `240m` or `1d`.
 * @param indicators one indicator with its parameters, or several.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { indicator$ } from 'upbit-rx'
 * indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 14 } }).subscribe(({ candle_date_time_utc, value }) =>
 *   console.log(candle_date_time_utc, value.rsi),
 * )
 * ```
 */
export const indicator$: InfoChannels['indicator$'] = (codes, timeframe, indicators, options) =>
  ofAccount().indicator$(codes, timeframe, indicators, options)

/**
 * The moments at which a condition on an indicator comes true with a closed candle; nothing while it stays true, nor when
 * it was true already. No signal coalesces; else as `indicator$`, with which it shares the 100. Source: docs.upbit.com,
 * `websocket-indicator-signal`.
 *
 * @param codes one KRW market or several.
 * @param timeframe the length of the candles: `5m`, `15m`, `60m`, `240m` or `1d`.
 * @param indicators one indicator with its parameters and its `trigger`, or several.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { indicatorSignal$ } from 'upbit-rx'
 * const low = {
 *   type: 'rsi',
 *   params: { period: 14 },
 *   trigger: 'oversold',
 *   event_params: { threshold: 30 },
 * } as const
 * indicatorSignal$(['KRW-BTC', 'KRW-ETH'], '60m', low).subscribe(({ code, value }) => console.log(code, value.rsi))
 * ```
 */
export const indicatorSignal$: InfoChannels['indicatorSignal$'] = (codes, timeframe, indicators, options) =>
  ofAccount().indicatorSignal$(codes, timeframe, indicators, options)

/**
 * `indicator$` for work that can fail or take time: one event at a time, 1,024 may wait, then the oldest is dropped, which
 * `gaps$` tells; failures and `TOO_MANY_INDICATORS` come on `errors$`. With `overflow: 'coalesce'` the newest of each
 * combination waits.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { subscribeIndicator } from 'upbit-rx'
 * const bands = { type: 'bollinger_bands', params: { period: 20, multiplier: 2 } } as const
 * const saving = subscribeIndicator('KRW-BTC', '15m', bands, async ({ value }) => {
 *   await Promise.resolve(value.bb_upper)
 * })
 * saving.unsubscribe()
 * ```
 */
export const subscribeIndicator: InfoChannels['subscribeIndicator'] = (...asked) =>
  ofAccount().subscribeIndicator(...asked)

/**
 * `indicatorSignal$` for work that can fail or take time; as `subscribeIndicator`, but that signals cannot coalesce.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`; in a browser `PRIVATE_UNAVAILABLE`.
 * @example
 * ```ts
 * import { subscribeIndicatorSignal } from 'upbit-rx'
 * const cross = {
 *   type: 'macd',
 *   params: { fast: 12, slow: 26, signal_period: 9 },
 *   trigger: 'golden_cross',
 * } as const
 * const alerting = subscribeIndicatorSignal('KRW-BTC', '240m', cross, async ({ code, trigger }) => {
 *   await Promise.resolve(`${code} ${trigger}`)
 * })
 * alerting.unsubscribe()
 * ```
 */
export const subscribeIndicatorSignal: InfoChannels['subscribeIndicatorSignal'] = (...asked) =>
  ofAccount().subscribeIndicatorSignal(...asked)

/**
 * The open orders of these markets, or of all, the newest first: the truth of events and of REST together. Emits once it
 * is known, then at each change, one frozen list a change; an overflow of a consumer of `myOrder$` does not touch it.
 * Completes when the application ends it; errors as `myOrder$`. Unsubscribing closes the connection, unless others have it.
 *
 * @throws UpbitError at the call: `INVALID_CODE`; to the stream `PRIVATE_UNAVAILABLE`, `AUTH_REFUSED`.
 * @example
 * ```ts
 * import { openOrders$ } from 'upbit-rx'
 * openOrders$().subscribe((orders) => console.log(orders.map(({ code, remaining_volume }) => [code, remaining_volume])))
 * ```
 */
export const openOrders$: AccountViews['openOrders$'] = views.openOrders$

/**
 * What is held, by the name of the currency; else as `openOrders$`. `avg_buy_price` is as REST told it last.
 *
 * @throws UpbitError to the stream: `PRIVATE_UNAVAILABLE`, `AUTH_REFUSED`.
 * @example
 * ```ts
 * import { balances$ } from 'upbit-rx'
 * balances$().subscribe((held) => console.log(held.map(({ currency, balance, locked }) => [currency, balance, locked])))
 * ```
 */
export const balances$: AccountViews['balances$'] = views.balances$
