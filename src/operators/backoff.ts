/** How long to wait before an attempt: exponential growth to a ceiling, spread so that many clients do not come at once. */

export interface Backoff {
  /** Milliseconds before the first attempt, doubled at each further one. */
  readonly baseMs: number
  /** The ceiling in milliseconds, before the spread. */
  readonly maxMs: number
  /** The share by which a delay may differ either way: 0.25 gives 75 % to 125 %. */
  readonly spread: number
}

/**
 * The delay in milliseconds before attempt 1, 2, 3 …: `min(maxMs, baseMs × 2^(attempt - 1)) × uniform(1 - spread, 1 +
 * spread)`. Pure: `random` gives a number in [0, 1).
 */
export function backoffDelayMs(
  attempt: number,
  random: () => number,
  { baseMs, maxMs, spread }: Backoff,
): number {
  // 2^1000 is finite, so that a base of 0 stays 0 after any number of attempts.
  const grownMs = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 1000))
  return grownMs * (1 - spread + 2 * spread * random())
}
