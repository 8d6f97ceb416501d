/** Periods of candles: `yyyy-MM-ddTHH:mm:ss` is the beginning of one, UTC, without a zone. */
import type { RestCandleEvent } from '../../protocol/rest-event'
import type { CandleUnit } from '../../protocol/wire'

/** All units divide a day, and periods begin with the UTC day. */
export function periodMs(unit: CandleUnit): number {
  return unit === '1s' ? 1000 : Number.parseInt(unit, 10) * 60_000
}

/** The period that has this moment. */
export function periodAt(atMs: number, unit: CandleUnit): string {
  return new Date(Math.floor(atMs / periodMs(unit)) * periodMs(unit)).toISOString().slice(0, 19)
}

export function startOfPeriodMs(period: string): number {
  return Date.parse(`${period}Z`)
}

export function newestFirst(one: RestCandleEvent, other: RestCandleEvent): number {
  return one.candle_date_time_utc < other.candle_date_time_utc ? 1 : -1
}
