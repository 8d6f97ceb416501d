/**
 * How long a refusal says to wait. The exchange documents only that the text of a block names its length
 * (docs.upbit.com `rate-limits`, read 2026-11), so any stretch of time in it is taken.
 */

/** Nobody waits longer than 24 days; a text may name any number, and the end of the wait has to be a date. */
const longestWaitMs = 2 ** 31 - 1

// What begins at every digit of a long number, or at every one of many spaces, would take quadratic time: a run of digits
// is taken whole, and a unit is looked for once behind it. No lookbehind, which browsers before 2023 do not have.
const runsOfDigits = /[\d.,]+/g
/** `일` alone is mostly that of a date. */
const unit =
  /\s*(?:(ms|msecs?|milliseconds?|밀리초)|(s|secs?|seconds?|초)|(m|mins?|minutes?|분)|(h|hrs?|hours?|시간)|(d|days?|일(?:간|(?=\s*(?:동안|후|뒤)))))(?![a-z_])/iy
const unitsMs = [1, 1000, 60_000, 3_600_000, 86_400_000]

/** Between the parts of `1 minute and 30 seconds`, or nothing. */
const joint = /^[\s,]{0,4}(?:and\s{1,4})?$/i

/** Milliseconds that `text` names first, in however many parts, or `undefined`. */
export function statedWaitMs(text: string): number | undefined {
  let totalMs: number | undefined
  let endIndex = 0
  let lastUnitMs = Infinity
  for (const { 0: run, index } of text.matchAll(runsOfDigits)) {
    const number = numberOf(run)
    // A comma between words is such a run too.
    if (number === undefined) continue
    const isNext = index - endIndex <= 12 && joint.test(text.slice(endIndex, index))
    if (totalMs !== undefined && !isNext) break
    unit.lastIndex = index + run.length
    const found = unit.exec(text)
    const unitMs = found === null ? undefined : unitsMs[found.slice(1).findIndex(Boolean)]
    if (unitMs === undefined || unitMs >= lastUnitMs) {
      if (totalMs === undefined) continue
      break
    }
    totalMs = (totalMs ?? 0) + number * unitMs
    lastUnitMs = unitMs
    endIndex = unit.lastIndex
  }
  return totalMs === undefined ? undefined : Math.min(longestWaitMs, Math.ceil(totalMs))
}

/** `1,800` and `0.5`; of a list the last number, which stands before the unit. */
function numberOf(run: string): number | undefined {
  const [, digits] = /^[.,]*(\d(?:[\d.,]*\d)?)/.exec(run) ?? []
  if (digits === undefined) return undefined
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits)) return Number(digits.split(',').join(''))
  if (/^\d+[.,]\d+$/.test(digits)) return Number(digits.replace(',', '.'))
  return Number(digits.slice(Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(',')) + 1))
}

/** What the header `Retry-After` says: seconds, or a date, which is told by the clock that `date` is of. */
export function retryAfterMs(header: string | undefined, date: string | undefined): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(header)) return statedWaitMs(`${header.trim()} s`)
  // A date of HTTP; `Date.parse` takes other things for dates too.
  if (header.length > 40 || !/^[a-z]{3,9},? .*\d/i.test(header)) return undefined
  const waitMs = Date.parse(header) - Date.parse(date ?? '')
  return Number.isNaN(waitMs) ? undefined : Math.min(longestWaitMs, Math.max(0, waitMs))
}
