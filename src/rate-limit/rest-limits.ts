/** The REST calls of one host: each in its turn, and what its answer says of limits is learned. */
import { defer, finalize, of, type Observable, switchMap, tap } from 'rxjs'
import type { Answer } from './answer'
import type { CallPlace, Entry } from './host-limits'
import type { Permit } from './permits'
import type { Priority } from './priority'
import type { RateLimiter } from './rate-limiter'

export interface CallOptions {
  readonly priority: Priority
  /** `'address'` for what is public, else the access key of the account: each has budgets of its own. */
  readonly scope: string
  /** Whose a call of `'address'` is where its group is counted by account; without it, the account that was met first. */
  readonly account?: string | undefined
  /** A turn that cannot come within so many ms errors with `TurnTooLate` at once. Default: it waits. */
  readonly withinMs?: number
}

/** A call that may go. */
export interface CallTurn {
  /** What it was answered. */
  answered(answer: Answer): void
  /** It came to something, of which no more is known than that nothing was refused. */
  letIn(): void
  /** It is over, whatever came of it. */
  over(): void
}

export class RestLimits {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly host: string,
    /** Calls carry an `Origin`, which this host counts: one in ten seconds. */
    private readonly sendsOrigin = false,
  ) {}

  /**
   * Subscribes to `call$` in its turn and mirrors it; the permit returns a period after its answer, or after its end
   * where none came. Errors are passed on. Unsubscribing leaves the line, or the call.
   */
  run$<T extends Answer>(group: string, call$: Observable<T>, options: CallOptions): Observable<T> {
    return this.turn$(group, options).pipe(
      switchMap((turn) =>
        call$.pipe(
          tap((answer) => turn.answered(answer)),
          finalize(() => turn.over()),
        ),
      ),
    )
  }

  /** Emits in its turn, and completes; errors with `TurnTooLate`. Unsubscribing before that leaves the line. */
  turn$(group: string, { priority, scope, account, withinMs }: CallOptions): Observable<CallTurn> {
    const place = { group, scope, account }
    return defer(() => {
      const entry = this.entryOf(place)
      return entry.line.turn$({ priority, referenced: true, withinMs }).pipe(
        switchMap((permit) => {
          if (this.entryOf(place) === entry) return of(this.turnOf(entry, place, permit))
          // It stood under a name that an answer has explained meanwhile: on to the line that it belongs to.
          entry.line.counted(permit)
          return this.turn$(group, {
            priority,
            scope,
            account,
            ...(withinMs === undefined ? {} : { withinMs }),
          })
        }),
      )
    })
  }

  private entryOf(place: CallPlace): Entry {
    return this.limiter.host(this.host).calls(place, this.sendsOrigin)
  }

  private turnOf(entry: Entry, place: CallPlace, permit: Permit): CallTurn {
    return {
      answered: (answer) => {
        // First: what it says holds back what the returning permit would let go.
        this.limiter.host(this.host).learn(entry, place, permit, answer)
        entry.line.counted(permit)
      },
      letIn: () => {
        // First: who waits for this one's answer may go with it.
        this.limiter.host(this.host).passed(entry.line, entry.scope, permit)
        entry.line.counted(permit)
      },
      over: () => entry.line.counted(permit),
    }
  }
}
