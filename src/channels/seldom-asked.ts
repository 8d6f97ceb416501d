/** The market list, asked for at most once in a while by however many want to know. */
import type { Observable } from 'rxjs'
import { catchError, defer, EMPTY, ReplaySubject, share, take } from 'rxjs'
import type { Environment } from '../base/environment'

/** Markets come and go by the week, and who asks has a code that is silent, perhaps hundreds of them. */
const validForMs = 300_000

/** Codes that the exchange lists; emits one set and completes, or completes without one where it cannot be had. */
export type Listed = () => Observable<ReadonlySet<string>>

/** Asks `listed$` at the first subscription, and for the next five minutes gives everybody that answer. */
export function seldomAsked(environment: Environment, listed$: Listed): Listed {
  let asked$: Observable<ReadonlySet<string>> = EMPTY
  let askedAtMs = -Infinity
  return () =>
    defer(() => {
      const nowMs = environment.now()
      if (nowMs - askedAtMs < validForMs && nowMs >= askedAtMs) return asked$
      askedAtMs = nowMs
      asked$ = listed$().pipe(
        take(1),
        // Nobody is told of a code because a list could not be had; the next attempt is as seldom.
        catchError(() => EMPTY),
        share({ connector: () => new ReplaySubject(1), resetOnComplete: false }),
      )
      return asked$
    })
}
