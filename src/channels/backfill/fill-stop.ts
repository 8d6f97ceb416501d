/** Why a fill ends before its time. Thrown inside a fill alone: outside it is the `reason` of an abandoned gap. */
import type { GapReason } from '../gap-event'

export class FillStop extends Error {
  override readonly name = 'FillStop'

  constructor(readonly reason: GapReason) {
    super(reason)
  }
}

/** Whatever a fill failed with, in the words of a gap: all that is not its own is the exchange's or the network's. */
export function reasonOf(error: unknown): GapReason {
  return error instanceof FillStop ? error.reason : 'rest-failed'
}
