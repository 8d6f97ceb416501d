/** What a ledger has to know of the call whose answer it takes. */
export interface Call {
  /** The ledger's revision when it was sent. */
  readonly since: number
  /** When the answer came, as events tell it. */
  readonly receivedAt: number
  /** When it was sent and when its answer came, by the ledger's clock, which is not set. */
  readonly sentMs: number
  readonly nowMs: number
}
