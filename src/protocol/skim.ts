/**
 * Whether a frame is wanted, asked before it is decoded. `now`: somebody gets each event; `later`: only the newest state
 * counts, when somebody's turn comes; `never`: nobody wants it.
 */
import type { StateHead } from './state-head'
import type { PublicType } from './wire'

export type Interest = 'now' | 'later' | 'never'

export interface Skim {
  interest(type: PublicType, code: string): Interest
  /** A frame that nobody wants; no more was read of it than type and code. */
  unwanted(type: PublicType): void
  /**
   * A state for later. Each byte of it was compared as if it were read, so it is an event; only that event has not been
   * made. The bytes are the socket's: copy them to keep them.
   */
  state(head: StateHead, bytes: Uint8Array): void
}
