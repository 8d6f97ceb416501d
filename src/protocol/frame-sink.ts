/** What a decoder tells of a frame: its events, what was no event, and why something was rejected. */
import type { Control } from './control'
import type { DecodeError } from './decode-error'

/** Who learns what was in a frame, in the order of its elements. */
export interface FrameSink<Event> {
  event(event: Event): void
  control(control: Control): void
  /** An element was rejected, or several of a list where `count` says so; those come after its other elements. */
  rejected(error: DecodeError): void
  /** An unknown field or enum value, once an event: `ticker.new_field`, `ticker.market_state=HALTED`. */
  drift(name: string): void
}

/** `rejected`: an element at least was; `decoded`: there were events; `control`: nothing but control frames. */
export type FrameOutcome = 'decoded' | 'rejected' | 'control'
