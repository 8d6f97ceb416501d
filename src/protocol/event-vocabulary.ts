/** What events a connection knows, so that one slow reader serves them all. */
import type * as t from 'io-ts'
import type { Bag } from './bag'
import type { Fields } from './field'

/** The codec of a frame, with the table that it was made from. */
export interface FrameCodec<Frame> {
  readonly fields: Fields
  decode(value: unknown): t.Validation<Frame>
}

export interface EventDefinition<Frame> {
  /** How drift begins: `ticker` in `ticker.new_field`. */
  readonly name: string
  /** The keys of every frame of the kind. */
  readonly fields: Fields
  /** The codec of this frame, which stands under its full names: what is in a frame may depend on one of its fields. */
  readonly codec: (frame: Bag) => FrameCodec<Frame>
}

/** The definition that a wire type belongs to; `undefined` for a type that the connection does not know. */
export type EventVocabulary<Frame> = (type: unknown) => EventDefinition<Frame> | undefined
