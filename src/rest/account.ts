/** Whose account a call is of: the port behind which keys and tokens are. */
import type { Observable } from 'rxjs'

/** What one call or dial is made with. */
export interface Token {
  readonly token: string
  /** When it is of no use any more, ms since 1970. */
  readonly expiresAtMs: number
}

export interface Account {
  /** What its budgets are kept by: a secret of theirs, since it may be the access key. */
  readonly scope: string
  /** The keys, as far as they are known here, which no text may show: of a provider what its tokens name. */
  readonly keys?: () => readonly string[]
  /** Emits one new token for one call or dial and completes; `query` is what it has to hash, not encoded. */
  token$(query?: string): Observable<Token>
}
