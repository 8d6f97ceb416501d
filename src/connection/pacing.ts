/**
 * When the next subscribe message may go (C9.1, C11.1). Pure, so that its promises are properties. Until the
 * process-wide limiter exists this counts the messages of one connection itself.
 */
export interface PacingView {
  /** When the first addition came that no message carries yet. */
  readonly addedAtMs: number | undefined
  /** When the first removal came that no message carries yet. */
  readonly removedAtMs: number | undefined
  /** When the messages of this connection were sent, oldest first; older than a minute may be missing. */
  readonly sentAtMs: readonly number[]
  /** How long the exchange has asked us to wait; 0 when it has not. */
  readonly limitLeftMs: number
}

export interface Due {
  /** How long to wait before sending. */
  readonly delayMs: number
  /** An addition has to wait longer than its pace would have it, for a limit's sake. */
  readonly limited: boolean
}

/** A burst of commands becomes one message; this long is waited for its end. */
const burstMs = 50
/** A removal alone waits this long for an addition to ride with. */
const removalWaitMs = 5000

const intervalMs = 300
const thriftyIntervalMs = 700

// docs.upbit.com `rate-limits`, read 2026-11: 100 a minute and 5 a second per connection. A message is counted where
// it arrives, so the minute is taken a second longer than it is.
const minuteMs = 61_000
export const perMinute = 100
/** Kept for additions: a removal may wait, a user who subscribes may not. */
const keptForAdditions = 10

/** When to send, or `undefined` when there is nothing to send. */
export function dueAt(view: PacingView, nowMs: number): Due | undefined {
  const { addedAtMs, removedAtMs, sentAtMs, limitLeftMs } = view
  const wantedAtMs = Math.min(
    addedAtMs === undefined ? Infinity : addedAtMs + burstMs,
    removedAtMs === undefined ? Infinity : removedAtMs + removalWaitMs,
  )
  if (wantedAtMs === Infinity) return undefined

  const recent = sentAtMs.filter((atMs) => atMs > nowMs - minuteMs)
  const interval = recent.length >= perMinute / 2 ? thriftyIntervalMs : intervalMs
  const last = recent[recent.length - 1] ?? -Infinity
  const pacedAtMs = Math.max(nowMs, wantedAtMs, last + interval)

  const allowed = addedAtMs === undefined ? perMinute - keptForAdditions : perMinute
  // The message that has to leave the window before another may go.
  const blocking = recent[recent.length - allowed] ?? -Infinity
  const limitAtMs = Math.max(blocking + minuteMs, nowMs + limitLeftMs)
  return {
    delayMs: Math.max(pacedAtMs, limitAtMs) - nowMs,
    limited: addedAtMs !== undefined && limitAtMs > pacedAtMs,
  }
}
