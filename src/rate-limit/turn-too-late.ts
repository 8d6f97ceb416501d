/** What a turn errors with that cannot come within the time that it was given. */
import type { Answer } from './answer'

export interface TurnTooLate {
  readonly kind: 'turn-too-late'
  /** How long it would take from now on, at least, ms. */
  readonly waitMs: number
  /** The answer, 418 or 429, that nothing goes because of; `undefined` where only our own count says so. */
  readonly refusal: Answer | undefined
}

export function isTurnTooLate(error: unknown): error is TurnTooLate {
  return (Object(error) as { kind?: unknown }).kind === 'turn-too-late'
}
