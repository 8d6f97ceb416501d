/**
 * What is waited for (C8.2): the backoff after a failure; the limit of connects, of messages, or of what carries an
 * `Origin`, which a browser sends; the end of a block and the first answer after it.
 */
export type WaitReason = 'backoff' | 'connect-limit' | 'message-limit' | 'origin-limit' | 'blocked'

/** A connection's state as data (C8.2). */
export type ConnectionStatus =
  /** Nobody is subscribed and no socket is open. */
  | { readonly state: 'idle' }
  /** A dial is under way; `attempt` is 1 for the first since the last stable session. */
  | { readonly state: 'connecting'; readonly attempt: number }
  /** Open since `since` (ms) as session number `epoch`. */
  | { readonly state: 'live'; readonly epoch: number; readonly since: number }
  /**
   * No dial before `retryAtMs`, or, after a refusal, before the answer to the one that went first, which is waited for until
   * then at the longest; for `message-limit` no change of what is received, while the session goes on.
   */
  | { readonly state: 'waiting'; readonly reason: WaitReason; readonly retryAtMs: number }
  /** Shut down by the application, or refused for good. */
  | { readonly state: 'closed' }
