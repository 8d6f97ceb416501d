/** How an account's streams are served. */

/** The state of an account's streams as data. */
export type PrivateStatus =
  /** There are no credentials, or nobody is subscribed. */
  | { readonly state: 'off' }
  /** There is no session yet, and REST has not taken its place. */
  | { readonly state: 'connecting' }
  /** Open since `since` (ms) as session number `epoch`. */
  | { readonly state: 'live'; readonly epoch: number; readonly since: number }
  /** Events come by REST since `since` (ms): the line is `down`, or the exchange has `refused` it. */
  | { readonly state: 'polling'; readonly reason: 'down' | 'refused'; readonly since: number }
  /** The exchange refuses the credentials, by its name for that. */
  | { readonly state: 'refused'; readonly reason: string }
