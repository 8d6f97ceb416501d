/** The dials of one host, for its connections: their turns, and what comes of them. */
import { defer, map, type Observable } from 'rxjs'
import type { Line, TurnRequest } from './line'
import type { Permit } from './permits'
import type { Priority } from './priority'
import type { RateLimiter } from './rate-limiter'

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

export class DialLimits {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly host: string,
    /** Dials carry an `Origin`, which this host counts: one in ten seconds. */
    private readonly sendsOrigin = false,
  ) {}

  /** Emits in its turn, and completes; unsubscribing before that leaves the line. */
  turn$(priority: Priority, waits: (wait: DialWait) => void): Observable<DialTurn> {
    const limit = this.sendsOrigin ? 'origin-limit' : 'connect-limit'
    return defer(() => {
      const line = this.limiter.host(this.host).dials(this.sendsOrigin)
      const request: TurnRequest = {
        priority,
        // Whoever listens holds the process, not what it waits for.
        referenced: false,
        waits: ({ delayMs, isBlocked }) => waits({ delayMs, reason: isBlocked ? 'blocked' : limit }),
      }
      return line.turn$(request).pipe(map((permit) => this.turnOf(line, permit)))
    })
  }

  /** HTTP 418: no dial and no call of this address before `statedMs` have passed, or what doubling says; returns how long. */
  block(statedMs: number | undefined): number {
    return this.limiter.host(this.host).block('address', statedMs)
  }

  /** Whether nothing in this process has waited for the limit of an `Origin` before. */
  isFirstOriginWait(): boolean {
    return this.limiter.isFirstOriginWait()
  }

  private turnOf(line: Line, permit: Permit): DialTurn {
    return {
      accepted: () => {
        line.counted(permit)
        this.limiter.host(this.host).passed(line, 'address', permit)
      },
      refused: (status, statedMs) => {
        // First: a limit that was passed holds back what the returning permit would let go.
        if (status === 418) this.block(statedMs)
        if (status === 429) line.refused(permit, statedMs)
        line.counted(permit)
      },
      left: (withinMs) => line.counted(permit, withinMs),
    }
  }
}
