/**
 * What follows a failed dial or an ended session (C10.1, C10.2): how long to wait, or that it is of no use. The verdict
 * is `verdict.ts`'s; here it becomes a time, and whoever has to hear of it does.
 */
import type { Observable } from 'rxjs'
import { filter, map, switchMap, take, tap } from 'rxjs'
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import { backoffDelayMs } from '../operators/backoff'
import type { BackoffWait, RetryWithBackoffOptions } from '../operators/retry-with-backoff'
import type { ServerError } from '../protocol/control'
import type { DialLimits } from '../rate-limit/dial-limits'
import type { SocketFailure } from '../transport/socket'
import { authRefused } from './auth-refused'
import type { ConnectionState } from './connection-state'
import type { LimitWaits } from './limit-waits'
import type { ConnectionReports } from './reports'
import { isLimitError } from './server-error'
import type { WaitReason } from './status'
import { connectAdvice } from './connect-advice'
import type { Verdict } from './verdict'
import { verdictOn } from './verdict'

export const backoff = { baseMs: 1000, maxMs: 30_000, spread: 0.25 }
// Soon, for whoever waits for events; not at once, since all clients of an exchange that restarts come together.
const quickMs = { from: 100, to: 400 }

export interface ReconnectPorts {
  readonly environment: Environment
  readonly host: string
  /** What the keys of its dials have to be allowed; `undefined` where none are sent. */
  readonly rights: string | undefined
  readonly dials: Pick<DialLimits, 'block'>
  readonly limits: LimitWaits
  readonly state: ConnectionState
  /** Emits when the network may be back. */
  readonly wakeUps$: Observable<unknown>
  readonly reports: Pick<ConnectionReports, 'error'>
}

interface Wait {
  readonly delayMs: number
  /** How much of it a limit demands. */
  readonly leastMs: number
  readonly reason: WaitReason
}

export class ReconnectPolicy implements RetryWithBackoffOptions {
  /** A session of at least this length is stable: the next redial is quick, and the backoff starts over. */
  readonly stableAfterMs = 10_000
  readonly environment: Environment
  private wait: Wait | undefined
  /** Dials in a row that were refused for their token's nonce. */
  private usedNonces = 0

  constructor(private readonly ports: ReconnectPorts) {
    this.environment = ports.environment
  }

  /** How long to wait after a failure, in whole ms; `undefined` gives up. `failures`: 0 ended a stable session. */
  readonly delayMs = (error: unknown, failures: number): number | undefined => {
    const { state } = this.ports
    // The dialer lets nothing else through.
    const failure = error as SocketFailure
    const serverError = state.serverErrorOf(failure)
    const verdict = verdictOn(failure, serverError)
    this.usedNonces = verdict.kind === 'nonce' ? this.usedNonces + 1 : 0
    // With the same credentials never; only the token may have been to blame, and the next dial has another one.
    if (verdict.kind === 'auth' || this.usedNonces > 1) return undefined
    state.attempt = failures + 1
    const { delayMs, reason } = (this.wait = this.waitOn(verdict, failures))
    state.waiting(reason, delayMs)
    // A session that was stable and ended is everyday life; anything else, somebody should hear of.
    if (failures > 0) this.report(verdict.reason, delayMs, failure, serverError)
    return delayMs
  }

  /** Who wakes up, or has a network again, waits no longer than has to be. */
  readonly skip$ = ({ retryAtMs }: BackoffWait): Observable<unknown> => {
    const { environment, state, wakeUps$ } = this.ports
    const { delayMs, leastMs, reason } = this.wait as Wait
    const soonestMs = retryAtMs - delayMs + leastMs
    return wakeUps$.pipe(
      // Others wake up in the same moment.
      map(() => Math.round(Math.max(soonestMs - environment.now(), this.quickMs()))),
      filter((leftMs) => leftMs < retryAtMs - environment.now()),
      take(1),
      tap((leftMs) => state.waiting(reason, leftMs)),
      switchMap((leftMs) => environment.timer$(leftMs)),
    )
  }

  /** The error that consumers get when it is of no use. */
  refusal(failure: SocketFailure): UpbitError {
    const { state } = this.ports
    state.closed()
    return authRefused(this.ports, failure, state.serverErrorOf(failure))
  }

  private waitOn(verdict: Exclude<Verdict, { kind: 'auth' }>, failures: number): Wait {
    const { environment, dials, limits } = this.ports
    if (verdict.kind === 'blocked') {
      const blockMs = Math.round(dials.block(verdict.blockMs))
      return { delayMs: blockMs, leastMs: blockMs, reason: 'blocked' }
    }
    const random = (): number => environment.random()
    const pacedMs = failures === 0 ? this.quickMs() : backoffDelayMs(failures, random, backoff)
    const limitMs = limits.leftMs
    const leastMs = Math.max(verdict.kind === 'retry' ? verdict.minDelayMs : 0, limitMs)
    return {
      delayMs: Math.round(Math.max(pacedMs, leastMs)),
      leastMs: Math.round(leastMs),
      reason: limitMs > pacedMs ? 'message-limit' : 'backoff',
    }
  }

  private quickMs(): number {
    return quickMs.from + (quickMs.to - quickMs.from) * this.environment.random()
  }

  private report(why: string, delayMs: number, failure: SocketFailure, serverError?: ServerError): void {
    const next = `The next attempt is in ${Math.ceil(delayMs / 1000)} s`
    const isRefusal = serverError !== undefined && !isLimitError(serverError)
    const advice = connectAdvice(this.ports.host, failure)
    this.ports.reports.error(
      new UpbitError('CONNECT_FAILED', `No connection to ${this.ports.host}: ${why}.`, {
        ...(serverError && { serverName: serverError.name, serverMessage: serverError.message }),
        nextStep: isRefusal
          ? `${next}; look at the codes that SERVER_ERROR or REJECTED names for the refused request.`
          : advice === undefined
            ? `${next}; nothing has to be done for it.`
            : `${advice}. ${next}.`,
        cause: failure.cause,
      }),
    )
  }
}
