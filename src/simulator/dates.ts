/** The exchange's ways of writing an instant: UTC without a zone, and Korean time, which is nine hours ahead. */

const koreaMs = 9 * 3_600_000
export const dayMs = 86_400_000

let lastSecond: number | undefined
let lastText = ''

/** `2026-11-23T01:02:03`. */
export function utcDateTime(atMs: number): string {
  const second = Math.floor(atMs / 1_000)
  // What is written in a row is mostly of one second, and the text is most of the work.
  if (second !== lastSecond) {
    lastText = new Date(atMs).toISOString().slice(0, 19)
    lastSecond = second
  }
  return lastText
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

/** `2026-11-23T10:02:03+09:00`, as orders have it. */
export function koreanTime(atMs: number): string {
  return `${kstDateTime(atMs)}+09:00`
}
