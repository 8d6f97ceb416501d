/** The calls of one sweep: each knows when it was sent, its answer goes to the ledger, and what was missed is delivered. */
import type { Observable } from 'rxjs'
import { defer, tap, throwIfEmpty } from 'rxjs'
import type { Environment } from '../../base/environment'
import { UpbitError } from '../../base/errors'
import type { CallOptions } from '../../rest/rest-call'
import type { RestCalls } from '../../rest/rest-calls'
import type { MissedEvent } from '../../protocol/missed-event'
import type { Ledger, Taken } from '../ledger/ledger'

export interface SweepPorts {
  readonly ledger: Ledger
  readonly calls: Pick<RestCalls, 'accounts$' | 'openOrders$' | 'closedOrders$' | 'ordersByIds$' | 'order$'>
  readonly environment: Environment
  /** Gets what was missed, an event at a time, in the turn in which the answer came. Must not throw. */
  readonly deliver: (event: MissedEvent) => void
}

export type SweepPriority = 'reconcile' | 'poll'

/** An answer, with what the ledger needs to know of its call. */
export interface Answer<T> {
  readonly value: T
  /** The ledger's revision when it was sent. */
  readonly since: number
  readonly receivedAt: number
  /** What the ledger's clock said when it was sent. */
  readonly sentMs: number | undefined
}

/** Other calls go first, and a busy budget may make this one wait for long. */
const timeoutMs = 30_000

export class SweepCalls {
  /** How many calls were made. */
  count = 0
  /** How many events were missed, and are delivered. */
  missed = 0

  constructor(
    readonly ports: SweepPorts,
    private readonly priority: SweepPriority,
  ) {}

  /** Makes a call; `take` gets its answer. Errors with the call's error, and when the client ended meanwhile. */
  ask$<T>(
    call$: (calls: SweepPorts['calls'], options: CallOptions) => Observable<T>,
    take: (answer: Answer<T>) => Taken,
  ): Observable<T> {
    return defer(() => {
      const { ledger, calls, environment } = this.ports
      const { revision: since, nowMs: sentMs } = ledger
      this.count++
      return call$(calls, { priority: this.priority, timeoutMs }).pipe(
        throwIfEmpty(() => new UpbitError('ABORTED', 'The client ended while the account was looked at.')),
        tap((value) => this.deliver(take({ value, since, receivedAt: environment.now(), sentMs }))),
      )
    })
  }

  private deliver({ missed }: Taken): void {
    this.missed += missed.length
    for (const event of missed) this.ports.deliver(event)
  }
}
