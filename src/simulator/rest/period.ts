/** The periods of candles, those of the calendar included: a week begins on Monday 00:00 UTC. */
import { unitMs } from '../candle-period'
import { dayMs } from '../dates'
import type { CandleUnit } from '../../protocol/wire'

/** A length of candles over REST: those of the socket, and those of the calendar. */
export type RestCandleUnit = CandleUnit | CalendarUnit

const calendarUnits = ['days', 'weeks', 'months', 'years'] as const
type CalendarUnit = (typeof calendarUnits)[number]

/** Whether the socket has no candles of this length. */
export function isCalendarUnit(unit: string): unit is CalendarUnit {
  return (calendarUnits as readonly string[]).includes(unit)
}

/** The start of the period that a moment lies in. */
export function periodStart(unit: RestCandleUnit, ms: number): number {
  if (unit === 'days') return floorTo(dayMs, ms)
  // 1970-01-01 was a Thursday.
  if (unit === 'weeks') return floorTo(7 * dayMs, ms + 3 * dayMs) - 3 * dayMs
  if (unit === 'months' || unit === 'years') return calendarStart(unit, ms, 0)
  return floorTo(unitMs(unit), ms)
}

/** The start of the next period. */
export function nextPeriodStart(unit: RestCandleUnit, ms: number): number {
  if (unit === 'days') return floorTo(dayMs, ms) + dayMs
  if (unit === 'weeks') return periodStart(unit, ms) + 7 * dayMs
  if (unit === 'months' || unit === 'years') return calendarStart(unit, ms, 1)
  return floorTo(unitMs(unit), ms) + unitMs(unit)
}

function floorTo(lengthMs: number, ms: number): number {
  return Math.floor(ms / lengthMs) * lengthMs
}

function calendarStart(unit: 'months' | 'years', ms: number, later: number): number {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  return unit === 'years' ? Date.UTC(year + later, 0) : Date.UTC(year, date.getUTCMonth() + later)
}
