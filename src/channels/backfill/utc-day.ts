/** Days as the exchange counts them: a page of trades is of one UTC day. */
const dayMs = 86_400_000
/** How far the two clocks may be apart for a day, or the end of a period, to be told for certain. */
export const clockMarginMs = 10_000

/** The number of the UTC day, from 1970-01-01. */
export function utcDay(atMs: number): number {
  return Math.floor(atMs / dayMs)
}

export function startOfDayMs(day: number): number {
  return day * dayMs
}

/** How long until both clocks show the same day for certain; 0 when they do. */
export function untilDayIsCertainMs(nowMs: number): number {
  const sinceMidnightMs = ((nowMs + clockMarginMs) % dayMs) - clockMarginMs
  return sinceMidnightMs < clockMarginMs ? clockMarginMs - sinceMidnightMs : 0
}
