/**
 * What neither the socket nor REST lets these credentials see, each subject by itself. Remembered for a while that grows with
 * each time: whoever subscribes again blindly gets the same error, and costs the exchange nothing.
 */
import { filter, map, mergeMap, Subject, throwError } from 'rxjs'
import type { Observable } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { UpbitError } from '../../base/errors'
import { steadyClock } from '../../base/steady-clock'

interface Refusal {
  readonly error: UpbitError
  readonly untilMs: number
  readonly times: number
}

const firstMs = 10_000
const longestMs = 600_000

export class Refusals<Name extends string> {
  private readonly now: () => number
  private readonly bySubject = new Map<Name, Refusal>()
  private readonly refusedSubject = new Subject<Name>()

  constructor(environment: Environment) {
    this.now = steadyClock(environment)
  }

  /** The error for whoever asks for it now; `undefined` where it may be tried. */
  of(subject: Name): UpbitError | undefined {
    const refusal = this.bySubject.get(subject)
    return refusal !== undefined && refusal.untilMs > this.now() ? refusal.error : undefined
  }

  /** Errors when the subject is refused. */
  of$(subject: Name): Observable<never> {
    return this.refusedSubject.pipe(
      filter((refused) => refused === subject),
      map(() => this.of(subject)),
      mergeMap((error) => throwError(() => error)),
    )
  }

  add(subject: Name, error: UpbitError): void {
    const times = (this.bySubject.get(subject)?.times ?? 0) + 1
    const forMs = Math.min(firstMs * 2 ** (times - 1), longestMs)
    this.bySubject.set(subject, { error, untilMs: this.now() + forMs, times })
    this.refusedSubject.next(subject)
  }

  /** It was let in. */
  lift(subject: Name): void {
    this.bySubject.delete(subject)
  }
}
