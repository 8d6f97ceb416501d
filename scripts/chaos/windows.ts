/** Times in windows that begin anywhere, as a limit is counted by whoever cannot know where the other's begin. */

/** The most of these times that lie in any window of the period. */
export function mostInAnyWindow(timesMs: readonly number[], periodMs: number): number {
  const sorted = [...timesMs].sort((a, b) => a - b)
  let most = 0
  let first = 0
  sorted.forEach((timeMs, index) => {
    while (timeMs - (sorted[first] ?? 0) >= periodMs) first++
    most = Math.max(most, index - first + 1)
  })
  return most
}
