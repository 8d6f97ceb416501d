/** The exchange's ways of writing an instant: UTC without a zone, and Korean time, which is nine hours ahead. */

const koreaMs = 9 * 3_600_000
export const dayMs = 86_400_000

/** `2026-11-23T01:02:03`. */
export function utcDateTime(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19)
}

/** The same instant on a Korean clock. */
export function kstDateTime(atMs: number): string {
  return utcDateTime(atMs + koreaMs)
}

/** `2026-11-23`. */
export function utcDate(atMs: number): string {
  return utcDateTime(atMs).slice(0, 10)
}

/** `01:02:03`. */
export function utcTime(atMs: number): string {
  return utcDateTime(atMs).slice(11)
}

/** `20261123` or `010203`, as tickers have it. */
export function compact(dateOrTime: string): string {
  return dateOrTime.replace(/[-:]/g, '')
}
