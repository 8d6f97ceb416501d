/** Which lanes carry the keys of a consumer: almost always the main one, and all of them. */
import type { StreamKey } from '../registry/stream-key'
import type { LevelLanes } from './level-lanes'

export type Placement = readonly LanePlacement[]

interface LanePlacement {
  readonly lane: number
  /** Absent: all that the consumer has. */
  readonly keys?: readonly StreamKey[]
}

/** Of a consumer that has not entered. */
export const nowhere: Placement = []
/** One for all whose keys are on the main lane. */
const onMain: Placement = [{ lane: 0 }]

/** Takes a place for each key; the lanes are in the order in which the keys come to them. */
export function placementOf(keys: readonly StreamKey[], levels: LevelLanes): Placement {
  const taken = keys.map((key) => levels.take(key))
  if (taken.every((lane) => lane === 0)) return onMain
  return [...new Set(taken)].map((lane) => ({ lane, keys: keys.filter((_, index) => taken[index] === lane) }))
}
