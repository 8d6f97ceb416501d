/** What a test orders for the next REST calls, as `refuse` does for dials. */

/** `truncated`: the connection ends in the middle of the body; `invalid-json`: a body that is none. */
export type RestFault = number | 'reset' | 'hang' | 'invalid-json' | 'truncated'

/** How long `refuseRest` lasts, and what it tells. */
export interface RefuseRestOptions {
  /** How many calls to refuse. Default: all, until `acceptRest()`. */
  readonly times?: number
  /** The `Retry-After` of a 429, which the exchange does not send; the length of a 418 block. */
  readonly retryAfterMs?: number
  /** Which calls: those whose path begins so. Default all. */
  readonly path?: string
  /** Which calls: those of this method. Default all. */
  readonly method?: 'GET' | 'POST' | 'DELETE'
  /**
   * Whether the call does what it is for: `'after'` that, only the answer is lost or replaced, and an order has been placed.
   * Default `'before'`.
   */
  readonly when?: 'before' | 'after'
  /** The body of a refusal with a status. Default that of the exchange. */
  readonly body?: string
}

export class RestRefusal {
  private left: number

  constructor(
    readonly fault: RestFault,
    readonly options: RefuseRestOptions,
  ) {
    this.left = options.times ?? Infinity
  }

  /** Whether this call is one of those; each takes one of the times. */
  takes(method: string, path: string): boolean {
    if (this.left <= 0 || !path.startsWith(this.options.path ?? '')) return false
    if (this.options.method !== undefined && this.options.method !== method) return false
    this.left--
    return true
  }
}
