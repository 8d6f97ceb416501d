/**
 * How long a refusal says to wait. The exchange documents only that the text of a block names its length
 * (docs.upbit.com `rate-limits`, read 2026-11), so any number of seconds or minutes in it is taken.
 */

// A number begins where a non-digit ended: tried from each of its digits, a text of digits would take quadratic time.
// No lookbehind, which would be a syntax error of the whole file in browsers before 2023.
const statement = /(?:^|\D)(\d+)\s*(?:(s\b|secs?\b|seconds?\b|초)|(m\b|mins?\b|minutes?\b|분))/i

/** Nobody waits longer than 24 days; a text may name any number, and the end of the wait has to be a date. */
const longestWaitMs = 2 ** 31 - 1

/** Milliseconds that `text` names, or `undefined`. */
export function statedWaitMs(text: string): number | undefined {
  const found = statement.exec(text)
  if (found === null) return undefined
  return Math.min(longestWaitMs, Number(found[1]) * (found[2] === undefined ? 60_000 : 1000))
}
