/** A place in the queue of a consumer: what waits behind it stands still when it is reached, until a gap is filled. */
export class HoldMark {
  readonly type = 'hold'

  constructor(readonly reached: () => void) {}
}
