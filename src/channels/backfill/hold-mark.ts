import type { GapEvent } from '../gap-event'

/** A place in the queue of a consumer: what waits behind it stands still when it is reached, until a gap is filled. */
export class HoldMark {
  readonly type = 'hold'

  /** `reached` says what is to be told in this place, if anything. */
  constructor(readonly reached: () => GapEvent | undefined) {}
}
