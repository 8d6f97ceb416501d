/** The top-level functions of market data: streams and handlers of the shared instance. */
import type { Observable } from 'rxjs'
import type {
  CandleChannel,
  CandleHandlerChannel,
  Channel,
  HandlerChannel,
  TradeChannel,
  TradeHandlerChannel,
} from './channels/channel'
import { createChannels } from './channels/channels'
import type { ConsumeOptions } from './channels/consume'
import type { OrderbookOptions } from './channels/consumer-options'
import type { UpbitSubscription } from './channels/handle'
import type { OrderbookEvent, TickerEvent } from './protocol/events'
import { sharedClient } from './shared'
import { sharedPorts } from './shared-ports'

const shared = createChannels(sharedPorts)

/**
 * The state of one or more markets, on every change. Emits the newest known state at once, then every change; a lost
 * connection is no error, the stream goes on with a higher `epoch`. Completes when the application ends it (`signal`,
 * `shutdown`, `only: 'snapshot'`). Errors with `REJECTED`, `AUTH_REFUSED` or, under `overflow: 'error'`,
 * `BUFFER_OVERFLOW`. Unsubscribing takes the entry off the wire unless others have it.
 *
 * Prices are in the quote currency, volumes in the base currency, timestamps in ms.
 * Source: docs.upbit.com, `websocket-ticker`.
 *
 * @param codes one market code or several, `'KRW-BTC'`.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { ticker$ } from 'upbit-rx'
 * ticker$('KRW-BTC').subscribe(({ trade_price, signed_change_rate }) => console.log(trade_price, signed_change_rate))
 * ```
 */
export const ticker$: Channel<TickerEvent> = shared.ticker$

/**
 * The trades of one or more markets, each exactly once, in order of arrival. No old trades; else as `ticker$`. With
 * `backfill`, what was missed is fetched by REST, and comes with `source: 'rest'` (`docs/guides/gaps-and-backfill.md`).
 * `sequential_id` is exact text: it identifies a trade and does not tell the order. Source: docs.upbit.com,
 * `websocket-trade`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION` (trades cannot coalesce).
 * @example
 * ```ts
 * import { trade$ } from 'upbit-rx'
 * import { bufferTime } from 'rxjs'
 * trade$(['KRW-BTC', 'KRW-ETH']).pipe(bufferTime(1000)).subscribe((trades) => console.log(trades.length))
 * ```
 */
export const trade$: TradeChannel = shared.trade$

/**
 * The order books of one or more markets: every event is the whole window, best first. `units` cuts it for this
 * consumer alone; `level` groups prices by so many won. A short side is padded with price 0 and size 0. Else as
 * `ticker$`. Source: docs.upbit.com, `websocket-orderbook`.
 *
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { orderbook$ } from 'upbit-rx'
 * orderbook$('KRW-BTC', { units: 5 }).subscribe(({ orderbook_units: [best] }) => console.log(best?.ask_price))
 * ```
 */
export const orderbook$: Channel<OrderbookEvent, OrderbookOptions> = shared.orderbook$

/**
 * The candles of one or more markets: the candle so far, again whenever it changed, at most once a second. The last
 * event of a period (`candle_date_time_utc`) is true; no trade, no candle. `backfill` as for `trade$`, else as `ticker$`.
 * Source: docs.upbit.com, `websocket-candle`.
 *
 * @param unit `1s`, `1m`, `3m`, `5m`, `10m`, `15m`, `30m`, `60m` or `240m`.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { candle$ } from 'upbit-rx'
 * candle$('KRW-BTC', '1m').subscribe(({ candle_date_time_utc, trade_price }) => console.log(candle_date_time_utc, trade_price))
 * ```
 */
export const candle$: CandleChannel = shared.candle$

/**
 * `ticker$` for work that can fail or take time: `handler` may return a promise, and gets the next event when that has
 * settled, with a bounded buffer between; what it throws is reported on `errors$`, and it stays subscribed. Ends like
 * `ticker$`: when the application ends it, or with an error, which is reported on `errors$` too. Unsubscribing leaves at
 * once, and discards what waits.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeTicker } from 'upbit-rx'
 * const subscription = subscribeTicker('KRW-BTC', async ({ trade_price }) => { await Promise.resolve(trade_price) })
 * subscription.unsubscribe()
 * ```
 */
export const subscribeTicker: HandlerChannel<TickerEvent> = shared.subscribeTicker

/**
 * `trade$` for work that can fail or take time. 1,024 trades may wait, then the oldest is dropped, which `gaps$` tells;
 * else as `subscribeTicker`.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION` (trades cannot coalesce).
 * @example
 * ```ts
 * import { subscribeTrade } from 'upbit-rx'
 *
 * const save = async (id: string): Promise<void> => console.log(id)
 * const subscription = subscribeTrade('KRW-BTC', ({ sequential_id }) => save(sequential_id))
 * subscription.unsubscribe()
 * ```
 */
export const subscribeTrade: TradeHandlerChannel = shared.subscribeTrade

/**
 * `orderbook$` for work that can fail or take time. The newest book of each code waits, older ones are replaced; else as
 * `subscribeTicker`.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeOrderbook } from 'upbit-rx'
 *
 * const subscription = subscribeOrderbook(['KRW-BTC', 'KRW-ETH'], ({ code, total_ask_size }) =>
 *   console.log(code, total_ask_size),
 * )
 * subscription.unsubscribe()
 * ```
 */
export const subscribeOrderbook: HandlerChannel<OrderbookEvent, OrderbookOptions> = shared.subscribeOrderbook

/**
 * `candle$` for work that can fail or take time. The newest state of each period waits, up to 64 periods a code; else as
 * `subscribeTicker`.
 *
 * @param unit `1s`, `1m`, `3m`, `5m`, `10m`, `15m`, `30m`, `60m` or `240m`.
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_CODE`, `INVALID_OPTION`.
 * @example
 * ```ts
 * import { subscribeCandle } from 'upbit-rx'
 *
 * const subscription = subscribeCandle('KRW-BTC', '1m', ({ candle_date_time_utc, trade_price }) =>
 *   console.log(candle_date_time_utc, trade_price),
 * )
 * subscription.unsubscribe()
 * ```
 */
export const subscribeCandle: CandleHandlerChannel = shared.subscribeCandle

/**
 * Any composed stream with the treatment of a handler: one value at a time, a bounded buffer (1,024, oldest dropped),
 * failures reported on the shared instance's `errors$` and survived. It is one of the shared instance's consumers, and
 * what it drops is told on `gaps$`. Ends with the stream, whose error is reported as it is or as `STREAM_FAILED`, after
 * what waits; or with `BUFFER_OVERFLOW` under `overflow: 'error'`, or at a shutdown. Unsubscribing leaves the stream at
 * once, and discards what waits.
 *
 * @returns a subscription with its account (`tally`); disposable.
 * @throws UpbitError at the call: `INVALID_OPTION`.
 * @example
 * ```ts
 * import { consume, trade$ } from 'upbit-rx'
 * import { filter } from 'rxjs'
 * consume(trade$('KRW-BTC').pipe(filter((t) => t.trade_volume > 1)), async (t) => { await Promise.resolve(t) })
 * ```
 */
export function consume<T>(
  stream$: Observable<T>,
  handler: (value: T) => unknown,
  options: ConsumeOptions<T> = {},
): UpbitSubscription {
  return sharedClient().consume(stream$, handler, options)
}
