/** What a REST caller needs of the process's limiter: a permit before, the answer's headers after. */
import type { Observable } from 'rxjs'
import type { Priority } from '../rate-limit/priority'

/** Whose budget it is, and who goes first. */
export interface Permit {
  readonly priority: Priority
  /** `'address'` for what everybody may ask, else the account. */
  readonly scope: string
}

/** What the limiter looks at in an answer. */
export interface LimitedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface RestLimits {
  /** Waits for a permit of `group`, then subscribes to `call$`, and learns from its answer. Errors are passed on. */
  run$<T extends LimitedAnswer>(group: string, call$: Observable<T>, permit: Permit): Observable<T>
}

/** No limiter at all. */
export const withoutLimits: RestLimits = { run$: (_group, call$) => call$ }
