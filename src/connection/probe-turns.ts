/** Lets the connections of one manager probe one after another: there is never more than one probe connection (C1.1). */
import type { Observable } from 'rxjs'
import { BehaviorSubject, defer, finalize, switchMap, take, filter } from 'rxjs'

export class ProbeTurns {
  private readonly busySubject = new BehaviorSubject(false)

  /** Mirrors `work$` once nobody else's runs; the turn ends with it, and with the unsubscription. */
  inTurn$<T>(work$: Observable<T>): Observable<T> {
    return this.busySubject.pipe(
      // The present value, not the emitted one: whoever was told before may have taken the turn.
      filter(() => !this.busySubject.value),
      take(1),
      switchMap(() =>
        defer(() => {
          this.busySubject.next(true)
          return work$
        }).pipe(finalize(() => this.busySubject.next(false))),
      ),
    )
  }
}
