/** A stamp so far ahead is written in another unit (microseconds were seen); a clock is never that wrong. */
const absurdMs = 86_400_000

export function isAbsurd(stampMs: number, receivedMs: number): boolean {
  return stampMs - receivedMs > absurdMs
}
