/**
 * What a connection knows of itself: its status, its counters, the number of its epoch and the record of its newest
 * session. Told of what happens by the stages; tells whoever wants to know.
 */
import type { Observable } from 'rxjs'
import { BehaviorSubject } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import type { SocketFailure } from '../transport/socket'
import type { ConnectionMeter } from './connection-meter'
import { newCounters } from './counters'
import type { ConnectionReports } from './reports'
import { isLimitError } from './server-error'
import { SessionRecord } from './session-record'
import type { ConnectionStatus, WaitReason } from './status'
import type { WireState } from './wire-state'

export class ConnectionState {
  readonly counters = newCounters()
  /** Of the session that runs, else of the one before. */
  record: SessionRecord
  /** The number of the next dial: 1 for the first since the last stable session. */
  attempt = 1
  /** A session was lost, and whoever listened to it waits for the next one. */
  isResuming = false
  /** Since when it is wanted and has no session; `undefined` while it has one, or needs none. */
  downSinceMs: number | undefined
  /** What the exchange was sent; the sender's. */
  wire: () => WireState = () => ({ sent: [], accepted: [] })
  private readonly statusSubject = new BehaviorSubject<ConnectionStatus>({ state: 'idle' })
  readonly status$: Observable<ConnectionStatus> = this.statusSubject.asObservable()
  private epoch = 0
  private live: ConnectionStatus | undefined

  constructor(
    private readonly environment: Environment,
    private readonly reports: ConnectionReports,
    private readonly meter?: ConnectionMeter,
  ) {
    this.record = new SessionRecord(environment.now())
  }

  get status(): ConnectionStatus {
    return this.statusSubject.value
  }

  dialing(): void {
    const nowMs = this.environment.now()
    this.meter?.ahead(nowMs, this.counters)
    this.downSinceMs ??= nowMs
    this.counters.dials++
    this.become({ state: 'connecting', attempt: this.attempt })
  }

  /** A dial goes out beside the session, which goes on. */
  renewing(): void {
    this.meter?.ahead(this.environment.now(), this.counters)
    this.counters.dials++
  }

  waiting(reason: WaitReason, delayMs: number): void {
    this.become({ state: 'waiting', reason, retryAtMs: this.environment.now() + delayMs })
  }

  /** A socket is open; returns the number of its epoch. */
  opened(): number {
    const nowMs = this.environment.now()
    this.meter?.ahead(nowMs, this.counters)
    this.downSinceMs = undefined
    this.record = new SessionRecord(nowMs)
    this.counters.epochs++
    this.live = { state: 'live', epoch: ++this.epoch, since: nowMs }
    this.become(this.live)
    this.reports.opened(this.epoch)
    return this.epoch
  }

  /** A message has to wait for `delayMs`; 0 when none has to any more. */
  limited(delayMs: number): void {
    if (delayMs > 0) this.waiting('message-limit', delayMs)
    else if (this.live !== undefined) this.become(this.live)
  }

  /** A dial failed or a session ended, and not by our will. */
  lost({ phase }: SocketFailure): void {
    this.live = undefined
    this.downSinceMs ??= this.environment.now()
    if (phase === 'handshake') return
    this.isResuming = true
    const { serverError, wholeUntilMs } = this.record
    const isRejected = serverError !== undefined && !isLimitError(serverError)
    this.reports.lost(this.epoch, wholeUntilMs, isRejected ? 'rejected' : 'disconnect')
  }

  /** The error frame that a failure has to be laid to: that of the session which it ended. */
  serverErrorOf({ phase }: SocketFailure): ServerError | undefined {
    return phase === 'open' ? this.record.serverError : undefined
  }

  /** Nobody listens any more, or nobody may. */
  ended(): void {
    this.live = undefined
    this.downSinceMs = undefined
    this.attempt = 1
    this.isResuming = false
    if (this.status.state !== 'closed') this.become({ state: 'idle' })
    this.reports.ended()
  }

  /** Shut down, or refused for good. */
  closed(): void {
    this.become({ state: 'closed' })
  }

  private become(status: ConnectionStatus): void {
    if (!isSame(status, this.status)) this.statusSubject.next(status)
  }
}

function isSame(a: ConnectionStatus, b: ConnectionStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
