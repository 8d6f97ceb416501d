/**
 * Whether a frame is wanted, asked before it is decoded. `now`: somebody gets each event, or may have to be told what is
 * wrong with it; `later`: only the newest state counts, when somebody's turn comes; `never`: nobody wants it.
 *
 * Frames in a list are always decoded: behind the first element another one may stand.
 */
import type { StateFrame } from './state-frame'
import type { PublicType } from './wire'

export type Interest = 'now' | 'later' | 'never'

export interface Skim {
  interest(type: PublicType, code: string): Interest
  /** A frame that nobody wants; no more was read of it than type and code. */
  unwanted(type: PublicType): void
  /** A frame that may be wanted later; copy its bytes to keep them. */
  state(frame: StateFrame): void
}
