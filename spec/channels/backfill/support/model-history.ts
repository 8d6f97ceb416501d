/**
 * What an exchange knows of the past, in memory: trades by UTC day, newest first, a moment after their publication; a
 * cursor of another day finds nothing; answers take time and fail.
 */
import type { Observable } from 'rxjs'
import { concatMap, defer, map, of, throwError } from 'rxjs'
import type { Environment } from '../../../../src/base/environment'
import type { BackfillSource, CandlePage, TradePage } from '../../../../src/channels/backfill-source'
import { isLater } from '../../../../src/channels/backfill/trade-rows'
import type { RestCandleEvent, RestTradeEvent } from '../../../../src/protocol/rest-event'
import type { CandleFrame } from '../../../../src/protocol/candle'
import type { TradeFrame } from '../../../../src/protocol/trade'

const dayMs = 86_400_000

export interface HistoryOptions {
  readonly environment: Environment
  /** How long an answer takes, ms. */
  readonly answerMs?: () => number
  /** How long after its publication a trade, or a state of a candle, is in the history, ms. */
  readonly lagMs?: number
  /** A page is never longer. */
  readonly pageSize?: number
  readonly fails?: () => boolean
  /** How far the exchange's clock is ahead of ours, ms. */
  readonly aheadMs?: number
}

export class ModelHistory implements BackfillSource {
  readonly asked: (TradePage | CandlePage)[] = []
  /** When each was asked. */
  readonly askedMs: number[] = []
  private readonly trades: { readonly frame: TradeFrame; readonly visibleMs: number }[] = []
  private candles: { readonly frame: CandleFrame; readonly visibleMs: number }[] = []

  constructor(private readonly options: HistoryOptions) {}

  publish(frame: TradeFrame): void {
    this.trades.push({ frame, visibleMs: this.nowMs + (this.options.lagMs ?? 0) })
  }

  setCandles(candles: readonly CandleFrame[]): void {
    this.candles = candles.map((frame) => ({ frame, visibleMs: 0 }))
  }

  /** The newest state of its period, in a moment. */
  publishCandle(frame: CandleFrame): void {
    this.candles.push({ frame, visibleMs: this.nowMs + (this.options.lagMs ?? 0) })
  }

  trades$(page: TradePage): Observable<readonly RestTradeEvent[]> {
    return this.answer$(page, () => this.tradePage(page))
  }

  candles$(page: CandlePage): Observable<readonly RestCandleEvent[]> {
    return this.answer$(page, () => this.candlePage(page))
  }

  private get nowMs(): number {
    return this.options.environment.now() + (this.options.aheadMs ?? 0)
  }

  private answer$<T>(page: TradePage | CandlePage, read: () => T): Observable<T> {
    const { environment, answerMs = () => 0, fails = () => false } = this.options
    return defer(() => {
      this.asked.push(page)
      this.askedMs.push(environment.now())
      const afterMs = answerMs()
      // The exchange reads half-way.
      return environment.timer$(afterMs / 2).pipe(
        concatMap(() => (fails() ? throwError(() => new Error('the model fails')) : of(read()))),
        concatMap((rows) => environment.timer$(afterMs / 2).pipe(map(() => rows))),
      )
    })
  }

  private tradePage({ code, count, cursor, daysAgo = 0 }: TradePage): readonly RestTradeEvent[] {
    const day = Math.floor(this.nowMs / dayMs) - daysAgo
    const rows = this.trades
      .filter(({ frame, visibleMs }) => frame.code === code && visibleMs <= this.nowMs)
      .map(({ frame }) => frame)
      .filter(({ trade_timestamp }) => Math.floor(trade_timestamp / dayMs) === day)
      .sort((one, other) => (isLater(one, other) ? -1 : 1))
    const at = cursor === undefined ? 0 : rows.findIndex(({ sequential_id }) => sequential_id === cursor) + 1
    if (cursor !== undefined && at === 0) return []
    const size = Math.min(count, this.options.pageSize ?? count)
    return rows.slice(at, at + size).map((frame) => restTrade(frame, this.options.environment.now()))
  }

  private candlePage({ code, count, to }: CandlePage): readonly RestCandleEvent[] {
    const visible = this.candles.filter(({ visibleMs }) => visibleMs <= this.nowMs)
    const newest = new Map(visible.map(({ frame }) => [`${frame.code} ${frame.candle_date_time_utc}`, frame]))
    return [...newest.values()]
      .filter(
        (candle) => candle.code === code && (to === undefined || `${candle.candle_date_time_utc}Z` < to),
      )
      .sort((one, other) => (one.candle_date_time_utc < other.candle_date_time_utc ? 1 : -1))
      .slice(0, Math.min(count, this.options.pageSize ?? count))
      .map((frame) => restCandle(frame, this.options.environment.now()))
  }
}

function restTrade(frame: TradeFrame, received_at: number): RestTradeEvent {
  const { timestamp, best_ask_price, best_ask_size, best_bid_price, best_bid_size, stream_type, ...shared } =
    frame
  return { ...shared, epoch: 0, received_at, source: 'rest' }
}

function restCandle({ stream_type, ...shared }: CandleFrame, received_at: number): RestCandleEvent {
  return { ...shared, epoch: 0, received_at, source: 'rest' }
}
