/**
 * Whether an order was made before a request went out. The answer that shows it says by its `Date` what time it is where
 * the order was stamped, so that durations alone are compared: a clock that is wrong, here or there, decides nothing.
 */

/** `perhaps` by this machine's clock alone. */
export type MadeBefore = 'yes' | 'no' | 'perhaps'

/** Both stamps are of whole seconds, and of more machines than one. */
const marginMs = 60_000

/** Times of this machine's clock are ms: `sentMs` of the request, `nowMs` of the answer that shows the order. */
export interface Sight {
  readonly sentMs: number
  readonly nowMs: number
  /** The answer's header. */
  readonly date: string | undefined
}

export function madeBefore(createdAt: string, { sentMs, nowMs, date }: Sight): MadeBefore {
  // Without its zone it may be meant in any.
  const madeMs = /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(createdAt) ? Date.parse(createdAt) : NaN
  const dateMs = /^[a-z]{3}, .* GMT$/i.test(date ?? '') ? Date.parse(date ?? '') : NaN
  const isDated = !Number.isNaN(dateMs)
  const agoMs = nowMs - sentMs
  const ageMs = (isDated ? dateMs : nowMs) - madeMs
  // An order without a stamp is of no age, and no difference.
  if (!(ageMs > Math.max(0, agoMs) + marginMs)) return 'no'
  // Where this clock was set back meanwhile, it does not know for how long the request has been out.
  return isDated && agoMs >= 0 ? 'yes' : 'perhaps'
}
