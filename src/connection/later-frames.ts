/**
 * The port to whoever knows which frames need not be decoded when they come (`channels/` implements it), and how it gets
 * at those that it has kept.
 */
import type { PublicEvent } from '../protocol/events'
import type { Interest } from '../protocol/skim'
import type { StateFrame } from '../protocol/state-frame'
import type { PublicType } from '../protocol/wire'

export interface LaterFrames {
  interest(type: PublicType, code: string): Interest
  /** A state that nobody needs now. Its bytes are the socket's: copy them, and `read` the copy when it is needed. */
  state(frame: StateFrame, read: ReadLater): void
}

/** The event of a kept frame; `undefined` when it turns out to be none, which has been counted and reported by then. */
export type ReadLater = (frame: StateFrame) => PublicEvent | undefined
