/**
 * The indicators of the info endpoint: a second after a candle has closed those that somebody wants of it are computed,
 * on the closed candles that the exchange knows. A market without a trade in the period says nothing.
 */
import { seededRandom } from '../../base/seeded-random'
import type { Timeframe } from '../../protocol/indicator-params'
import { timeframes } from '../../protocol/indicator-params'
import { unitMs } from '../candle-period'
import { dayMs, utcDateTime } from '../dates'
import type { ExchangeEvent } from '../encode'
import type { CandleRow } from '../rest/candle-history'
import type { RestCandleUnit } from '../rest/period'
import { periodStart } from '../rest/period'
import type { SubscribedItem } from '../subscription'
import type { Timers } from '../timers'
import { fires } from './fires'
import type { ClosedCandle } from './indicator-values'
import { indicatorValues } from './indicator-values'

/** What the computation asks of the exchange. */
export interface IndicatorSource {
  /** What is wanted of a market. */
  items(type: 'indicator' | 'indicator_signal', code: string): readonly SubscribedItem[]
  /** The candles that start before a moment, the newest first. */
  candles(code: string, unit: RestCandleUnit, beforeMs: number, count: number): readonly CandleRow[]
  publish(event: ExchangeEvent): void
}

/** The message came 1,095 ms after the close in the documented sample. */
const delayMs: readonly [number, number] = [1_000, 1_200]
/** So far back an exponential average reaches. */
const mostCandles = 500

export class IndicatorFeed {
  private readonly random: () => number
  private readonly codes = new Set<string>()
  private readonly cancels = new Map<Timeframe, () => void>()

  constructor(
    private readonly source: IndicatorSource,
    private readonly timers: Timers,
    seed: number | string,
  ) {
    this.random = seededRandom(`${seed}/indicators`)
  }

  /** Somebody came or went for one of these markets. */
  demandChanged(codes: Iterable<string>): void {
    for (const code of codes) {
      if (this.itemsOf(code).length > 0) this.codes.add(code)
      else this.codes.delete(code)
    }
    const wanted = new Set(
      [...this.codes].flatMap((code) => this.itemsOf(code)).map(({ timeframe }) => timeframe),
    )
    for (const timeframe of timeframes) {
      if (!wanted.has(timeframe)) this.stop(timeframe)
      else if (!this.cancels.has(timeframe)) this.schedule(timeframe)
    }
  }

  /** The clock was set: candles close at other times. */
  clockStepped(): void {
    for (const timeframe of [...this.cancels.keys()]) {
      this.stop(timeframe)
      this.schedule(timeframe)
    }
  }

  private schedule(timeframe: Timeframe): void {
    const length = lengthMs(timeframe)
    const nowMs = this.timers.now()
    const closeMs = Math.floor(nowMs / length) * length + length
    const [fromMs, toMs] = delayMs
    const dueMs = closeMs + fromMs + Math.floor(this.random() * (toMs - fromMs))
    const cancel = this.timers.after(dueMs - nowMs, () => {
      this.schedule(timeframe)
      for (const code of this.codes) this.closed(timeframe, code, closeMs)
    })
    this.cancels.set(timeframe, cancel)
  }

  private stop(timeframe: Timeframe): void {
    this.cancels.get(timeframe)?.()
    this.cancels.delete(timeframe)
  }

  private closed(timeframe: Timeframe, code: string, closeMs: number): void {
    const wanted = new Map(
      this.itemsOf(code)
        .filter((item) => item.timeframe === timeframe)
        .map((item) => [`${item.type} ${item.combination}`, item]),
    )
    if (wanted.size === 0) return
    const unit = timeframe === '1d' ? 'days' : timeframe
    const rows = this.source.candles(code, unit, closeMs, mostCandles)
    if (rows[0]?.startMs !== periodStart(unit, closeMs - 1)) return
    const candles = rows.map(({ startMs, close, volume }) => ({ startMs, close, volume })).reverse()
    for (const item of wanted.values()) this.tell(item, candles)
  }

  private tell(
    { type, code, timeframe, indicator: asked }: SubscribedItem,
    candles: readonly ClosedCandle[],
  ): void {
    const last = candles.at(-1)
    if (asked === undefined || last === undefined) return
    const values = indicatorValues(asked, candles)
    const value = values.at(-1)
    if (value === undefined || (type === 'indicator_signal' && !fires(asked, candles, values))) return
    const { indicator, params, trigger, event_params } = asked
    const event = {
      type,
      code,
      timeframe,
      indicator,
      params,
      ...(type === 'indicator_signal' ? { trigger, event_params } : {}),
      candle_date_time_utc: utcDateTime(last.startMs),
      value,
      timestamp: Math.floor(this.timers.now()),
      stream_type: 'REALTIME',
    }
    // Made by the tables of which the frames' types are made.
    this.source.publish(event as ExchangeEvent)
  }

  private itemsOf(code: string): readonly SubscribedItem[] {
    return [...this.source.items('indicator', code), ...this.source.items('indicator_signal', code)]
  }
}

function lengthMs(timeframe: Timeframe): number {
  return timeframe === '1d' ? dayMs : unitMs(timeframe)
}
