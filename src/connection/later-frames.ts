/**
 * The port to whoever knows which frames need not be decoded when they come (`channels/` implements it), and how it gets
 * at those that it has kept.
 */
import type { PublicEvent } from '../protocol/events'
import type { Interest } from '../protocol/skim'
import type { StateHead } from '../protocol/state-head'
import type { PublicType } from '../protocol/wire'

export interface LaterFrames<E = PublicEvent> {
  interest(type: PublicType, code: string): Interest
  /** A state that nobody needs now. Its bytes are the socket's: copy them, and `read` the copy when it is needed. */
  keep(head: StateHead, bytes: Uint8Array, read: ReadLater<E>): void
}

export type ReadLater<E = PublicEvent> = (head: StateHead, bytes: Uint8Array) => E
