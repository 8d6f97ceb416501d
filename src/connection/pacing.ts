/**
 * When the next subscribe message may go (C9.1): the pace at which changes go out, within what the limits allow. Pure, so
 * that its promises are properties.
 */
export interface PacingView {
  /** When the first addition came that no message carries yet. */
  readonly addedAtMs: number | undefined
  /** When the first removal came that no message carries yet. */
  readonly removedAtMs: number | undefined
  /** When the last message of this connection was sent. */
  readonly sentAtMs: number | undefined
  /** Less than half of the minute's budget is left. */
  readonly isScarce: boolean
  /** How long what waits has to wait for a permit, or because the exchange has asked us to; 0 when it has not. */
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

/** When to send, or `undefined` when there is nothing to send. */
export function dueAt(view: PacingView, nowMs: number): Due | undefined {
  const { addedAtMs, removedAtMs, sentAtMs = -Infinity, isScarce, limitLeftMs } = view
  const wantedAtMs = Math.min(
    addedAtMs === undefined ? Infinity : addedAtMs + burstMs,
    removedAtMs === undefined ? Infinity : removedAtMs + removalWaitMs,
  )
  if (wantedAtMs === Infinity) return undefined
  const pacedAtMs = Math.max(nowMs, wantedAtMs, sentAtMs + (isScarce ? thriftyIntervalMs : intervalMs))
  const limitAtMs = nowMs + limitLeftMs
  return {
    delayMs: Math.max(pacedAtMs, limitAtMs) - nowMs,
    limited: addedAtMs !== undefined && limitAtMs > pacedAtMs,
  }
}
