/**
 * The dials of one host, for its connections: their turns, and what comes of them. All of a process stand in one line
 * (C11.2). A dial with a token is counted by the exchange for its account, which has a line of its own before that: what
 * happens to an account holds nobody else back. In both it is one request, which goes when its turn among all has come.
 */
import { defer, finalize, map, type Observable, of, switchMap } from 'rxjs'
import type { Entry, HostLimits } from './host-limits'
import type { Permit } from './permits'
import type { Priority } from './priority'
import type { RateLimiter } from './rate-limiter'
import type { TurnRequest } from './waiters'

export interface DialWait {
  /** Not before so many ms. */
  readonly delayMs: number
  readonly reason: 'connect-limit' | 'origin-limit' | 'blocked'
}

/** One dial that may go. Whoever has it tells what became of it. */
export interface DialTurn {
  /** The upgrade was answered: accepted. */
  accepted(): void
  /** It was answered with this status, and maybe a time to wait; without a status the socket is gone without an answer. */
  refused(status?: number, statedMs?: number): void
  /** Left without an answer: the socket will be gone in `withinMs`. Without effect after one of the others. */
  left(withinMs: number): void
}

/** A permit, of the line that it was got in. */
interface Taken extends Pick<Entry, 'line' | 'scope'> {
  readonly permit: Permit
}

export class DialLimits {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly name: string,
    /** Dials carry an `Origin`, which this host counts: one in ten seconds. */
    private readonly sendsOrigin = false,
    /** Whose token they carry. */
    private readonly account?: () => string,
  ) {}

  /** Emits in its turn, and completes; unsubscribing before that leaves the line. */
  turn$(priority: Priority, waits: (wait: DialWait) => void): Observable<DialTurn> {
    const limit = this.sendsOrigin ? 'origin-limit' : 'connect-limit'
    return defer(() => {
      const line = this.host.dials(this.sendsOrigin)
      const request: TurnRequest = {
        priority,
        // Whoever listens holds the process, not what it waits for.
        referenced: false,
        waits: ({ delayMs, isBlocked }) => waits({ delayMs, reason: isBlocked ? 'blocked' : limit }),
      }
      const all$ = line.turn$(request).pipe(map((permit): Taken => ({ line, scope: 'address', permit })))
      const { own } = this
      if (own === undefined) return all$.pipe(map((all) => this.turnOf(all)))
      return own.line
        .turn$({ ...request, goesLater: true })
        .pipe(switchMap((permit) => this.behind$({ ...own, permit }, all$, this.turn$(priority, waits))))
    })
  }

  /** HTTP 418: nothing of this address, or of this account, before `statedMs` or what doubling says; returns how long. */
  block(statedMs: number | undefined): number {
    return this.host.block(this.own?.scope ?? 'address', statedMs)
  }

  /** Whether nothing in this process has waited for the limit of an `Origin` before. */
  isFirstOriginWait(): boolean {
    return this.limiter.isFirstOriginWait()
  }

  /** Asked for each time: what has no say any more is forgotten. */
  private get host(): HostLimits {
    return this.limiter.host(this.name)
  }

  /** The line that the account has for itself. */
  private get own(): Entry | undefined {
    return this.account === undefined ? undefined : this.host.accountDials(this.account())
  }

  /** In the line of all with a permit of the account, which goes then, or is given back and asked for `again$`. */
  private behind$(own: Taken, all$: Observable<Taken>, again$: Observable<DialTurn>): Observable<DialTurn> {
    return defer(() => {
      let isOver = false
      return all$.pipe(
        switchMap((all) => {
          isOver = true
          if (own.line.goes(own.permit)) return of(this.turnOf(all, own))
          for (const { line, permit } of [own, all]) line.giveBack(permit)
          return again$
        }),
        finalize(() => {
          if (!isOver) own.line.giveBack(own.permit)
        }),
      )
    })
  }

  private turnOf(all: Taken, own = all): DialTurn {
    const counted = (withinMs?: number): void => {
      for (const { line, permit } of new Set([all, own])) line.counted(permit, withinMs)
    }
    return {
      accepted: () => {
        // First: who waits for this one's answer may go with it.
        this.host.passed(own.line, own.scope, own.permit)
        counted()
      },
      refused: (status, statedMs) => {
        // First: a limit that was passed holds back what the returning permit would let go.
        if (status === 418) this.block(statedMs)
        if (status === 429) own.line.refused(own.permit, statedMs)
        counted()
      },
      left: counted,
    }
  }
}
