/**
 * When the next subscribe message may go (C9.1, C9.5, C11.1). Pure, so that its promises are properties. Until the
 * process-wide limiter exists this counts the messages of one connection itself.
 */
export interface PacingView {
  /** When the first addition came that no message carries yet. */
  readonly addedAtMs: number | undefined
  /** When the first removal came that no message carries yet. */
  readonly removedAtMs: number | undefined
  /** When the messages of this connection were sent, oldest first; older than a minute may be missing. */
  readonly sentAtMs: readonly number[]
  /** The last message is unresolved until then at the latest. */
  readonly unresolvedUntilMs: number | undefined
}

/** A burst of commands becomes one message; this long is waited for its end. */
export const burstMs = 50
/** A removal alone waits this long for an addition to ride with. */
export const removalWaitMs = 5000
/** Without an error frame for this long a message is accepted. */
export const acceptanceMs = 1000

const intervalMs = 300
const thriftyIntervalMs = 700

// docs.upbit.com `rate-limits`, read 2026-11: 100 a minute and 5 a second per connection. A message is counted where
// it arrives, so the minute is taken a second longer than it is.
const minuteMs = 61_000
const perMinute = 100
/** Kept for additions: a removal may wait, a user who subscribes may not. */
const keptForAdditions = 10

/** The time at which to send, or `undefined` when there is nothing to send. May lie in the past: then at once. */
export function dueAtMs(view: PacingView, nowMs: number): { atMs: number; limited: boolean } | undefined {
  const { addedAtMs, removedAtMs, sentAtMs, unresolvedUntilMs } = view
  const wantedAtMs = earliest(
    addedAtMs === undefined ? undefined : addedAtMs + burstMs,
    removedAtMs === undefined ? undefined : removedAtMs + removalWaitMs,
  )
  if (wantedAtMs === undefined) return undefined

  const recent = sentAtMs.filter((atMs) => atMs > nowMs - minuteMs)
  const interval = recent.length >= perMinute / 2 ? thriftyIntervalMs : intervalMs
  const last = recent[recent.length - 1] ?? -Infinity
  const pacedAtMs = Math.max(wantedAtMs, last + interval, unresolvedUntilMs ?? -Infinity)

  const allowed = addedAtMs === undefined ? perMinute - keptForAdditions : perMinute
  // The message that has to leave the window before another may go.
  const blocking = recent[recent.length - allowed]
  const budgetAtMs = blocking === undefined ? -Infinity : blocking + minuteMs
  return { atMs: Math.max(pacedAtMs, budgetAtMs), limited: budgetAtMs > pacedAtMs }
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b)
}
