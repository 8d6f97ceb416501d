/** Whose frame it is that `emit` sends. */
export interface EmitOptions {
  /** For `myOrder` and `myAsset`: the account whose connections get it. Default the first of `accounts`. */
  readonly accessKey?: string
}
