/**
 * The rule of C11.1. A permit goes out with a request and returns one period after *proof* that the server has counted
 * it. The server counted it before that proof, and counts the next request with this permit after it was sent; so two
 * requests with one permit are a period apart for the server, and no window of it, fixed or sliding, holds more requests
 * than there are permits, however long the network delays either of them.
 */

/** At most so many in any period. */
export interface Window {
  readonly limit: number
  readonly periodMs: number
}

/** What one request was allowed with. */
export interface Permit {
  /** Of a request that stood in another line since: when it went. */
  takenAtMs: number
  /** When it was proved that the server has counted it; `Infinity` as long as it was not. */
  countedAtMs: number
}

/** Both clocks tick in whole milliseconds, and none runs as fast as another: 10 ms are 1/6000 of a minute. */
const marginMs = 10

/** The permits of one budget that are out. One permit counts in all windows of the budget. */
export class Permits {
  private out: Permit[] = []

  /** One goes out. `countedAtMs` is given where it is known already. */
  take(nowMs: number, countedAtMs = Infinity): Permit {
    const permit: Permit = { takenAtMs: nowMs, countedAtMs }
    this.out.push(permit)
    return permit
  }

  /** What this one was taken for does not go. */
  giveBack(permit: Permit): void {
    this.out = this.out.filter((each) => each !== permit)
  }

  /** How many of a window's permits are free; below 0 when the limit was lowered meanwhile. */
  free({ limit, periodMs }: Window, nowMs: number): number {
    return limit - this.returnsOf(periodMs, nowMs).length
  }

  /** When the next request may go: `nowMs` at once, `Infinity` as long as only a proof can tell. */
  nextMs(windows: readonly Window[], nowMs: number): number {
    return Math.max(
      ...windows.map(({ limit, periodMs }) => {
        const returns = this.returnsOf(periodMs, nowMs)
        return returns.length < limit ? nowMs : (returns[returns.length - limit] as number)
      }),
    )
  }

  /**
   * When the next `count` requests may go at the earliest, none before `earliestMs`: as if all that is out were counted
   * now, and each request at once.
   */
  turnsMs(windows: readonly Window[], nowMs: number, count: number, earliestMs = nowMs): readonly number[] {
    const slots = windows.map(({ limit, periodMs }) => {
      const returns = this.returnsOf(periodMs, nowMs).map((atMs) =>
        Math.min(atMs, nowMs + periodMs + marginMs),
      )
      const free = Array.from({ length: Math.max(0, limit - returns.length) }, () => nowMs)
      return [...free, ...returns.slice(-limit)]
    })
    return Array.from({ length: count }, () => {
      const atMs = Math.max(earliestMs, ...slots.map(([first]) => first as number))
      windows.forEach(({ periodMs }, index) => {
        slots[index]?.shift()
        slots[index]?.push(atMs + periodMs + marginMs)
      })
      return atMs
    })
  }

  /** Those that are out, in the order in which they were taken; some may have returned. */
  get taken(): readonly Permit[] {
    return this.out
  }

  /** Forgets what has returned; returns whether anything is left. */
  forget(windows: readonly Window[], nowMs: number): boolean {
    const longestMs = Math.max(...windows.map(({ periodMs }) => periodMs))
    this.out = this.out.filter(({ countedAtMs }) => countedAtMs + longestMs + marginMs > nowMs)
    return this.out.length > 0
  }

  /** When the permits that are out return to this window, in order. */
  private returnsOf(periodMs: number, nowMs: number): number[] {
    return this.out
      .map(({ countedAtMs }) => countedAtMs + periodMs + marginMs)
      .filter((atMs) => atMs > nowMs)
      .sort((a, b) => a - b)
  }
}
