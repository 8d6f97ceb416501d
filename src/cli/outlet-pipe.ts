/**
 * A stream of the process as a place to write to under backpressure: says when it is full, when it has taken all, when
 * its reader is gone, and when it is stuck.
 */
import type { Observable } from 'rxjs'
import { first, NEVER, repeat, ReplaySubject, take } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Ending } from './ending'
import { asAsked } from './ending'
import type { Outlet } from './host'
import { faultText } from './messages'

/** Two names for a reader that is gone: of a pipe, and of a terminal whose window was closed. */
const goneCodes: readonly (string | undefined)[] = ['EPIPE', 'EIO']

export class OutletPipe {
  /** Emits once, when nothing can be written any more. A reader that has gone away is no fault. */
  readonly broken$: Observable<Ending>
  private readonly brokenSubject = new ReplaySubject<Ending>(1)
  private waiting: (() => void)[] = []

  constructor(
    private readonly outlet: Outlet,
    private readonly environment: Environment,
  ) {
    this.broken$ = this.brokenSubject.pipe(take(1))
    // Listened to for good: an error that comes after the end must not be thrown by the process.
    outlet.on('error', (error) =>
      this.brokenSubject.next(
        goneCodes.includes(error.code)
          ? asAsked
          : { code: 1, message: `The output cannot be written: ${faultText(error)}.` },
      ),
    )
    outlet.on('drain', () => {
      const released = this.waiting
      this.waiting = []
      for (const release of released) release()
    })
  }

  /** Whether it takes no more for now. */
  get isFull(): boolean {
    return this.outlet.writableNeedDrain
  }

  /** Writes; the promise, where there is one, resolves when the stream takes more. */
  write(text: string): Promise<void> | undefined {
    if (this.outlet.write(text)) return undefined
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  /** Resolves when all that was written has left the process, or cannot any more because its reader is gone. */
  flushed(): Promise<void> {
    return new Promise((resolve) => this.outlet.write('', () => resolve()))
  }

  /** Emits when for `patienceMs` nothing has left and `progress` says the same. Without a limit never. */
  stuck$(patienceMs: number | undefined, progress: () => number): Observable<void> {
    if (patienceMs === undefined) return NEVER
    let before = ''
    return this.environment.timer$(patienceMs).pipe(
      repeat(),
      first(() => {
        const now = `${this.outlet.writableLength} ${progress()}`
        const isStuck = now === before
        before = now
        return isStuck
      }),
    )
  }
}
