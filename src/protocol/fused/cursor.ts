/**
 * Where reading stands in a frame. The small readers that generated code calls return a value, and leave here where it
 * ended: a result object for each would cost more than reading a number does. All decoders share it, so whoever called
 * looks at it before anything else is called.
 */
export const cursor = {
  /** The byte behind the value that was read last; `unreadable` when there was none of the asked kind. */
  at: 0,
  /** The member at which generated code stopped, by its place in the shape; only after it gave up. */
  member: 0,
}

/** No byte's place. */
export const unreadable = -1
