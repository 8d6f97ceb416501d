/** Whose a consumer is: a client's, or that of a proxy of a client. */
import type { TallySum } from './tally-sum'

export interface Owner {
  /** Begins the names of its consumers; a client has none. */
  readonly name?: string
  /** What ends this one ends its consumers too: the client of a proxy. */
  readonly parent?: Owner | undefined
  /** Gets the accounts of its consumers that have left. */
  readonly departed?: TallySum
}

export function belongsTo(owner: Owner | undefined, other: Owner): boolean {
  return owner === other || (owner !== undefined && belongsTo(owner.parent, other))
}
