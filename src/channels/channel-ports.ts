/** What the functions that a user calls work through. */
import type { UpbitError } from '../base/errors'
import type { Enrol } from './upbit-stream'

export interface ChannelPorts {
  readonly enrol: Enrol
  readonly error: (error: UpbitError) => void
  /**
   * Whose channels they are: a live subscription to a stream keeps it, and so does the handle of a handler for whoever
   * holds the handle. A handler's consumer does not, unless its options say `keepAlive`.
   */
  readonly keeps?: object
}
