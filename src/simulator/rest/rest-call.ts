/** REST calls as a test looks at them. */

/** One REST call, as `restCalls` lists it. */
export interface RestCall {
  readonly atMs: number
  readonly method: string
  readonly path: string
  /** As it was sent, without the question mark. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  /** The limit that it was counted against, by its name in `Remaining-Req`; absent on an unknown path. */
  readonly group?: string
  /** The address, or the access key, that it was counted for. */
  readonly scope: string
  /** Of the answer; absent where none was given. */
  readonly status?: number
}
