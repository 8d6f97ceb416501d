/** Counts the sockets of a connection that are open, those included that it has left and that are still closing. */
import type { Observable } from 'rxjs'
import { BehaviorSubject, filter, map, Subscription, take } from 'rxjs'
import type { Socket } from '../transport/socket'

export class OpenSockets {
  private readonly countSubject = new BehaviorSubject(0)
  private readonly closings = new Subscription()

  /** Emits once and completes when no socket is open; at once when none is. */
  readonly none$: Observable<void> = this.countSubject.pipe(
    filter((count) => count === 0),
    take(1),
    map(() => undefined),
  )

  opened({ pongs$ }: Socket): void {
    this.add(1)
    // It completes when the socket is really gone, which may be a second after we left it.
    this.closings.add(pongs$.subscribe({ complete: () => this.add(-1) }))
  }

  private add(count: number): void {
    this.countSubject.next(this.countSubject.value + count)
  }
}
