/** What follows a renewal that failed (C12.1): when it is tried again, and who hears of it. What has the session goes on. */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import { backoffDelayMs } from '../operators/backoff'
import { usedNonceStep } from '../protocol/used-nonce'
import type { DialLimits } from '../rate-limit/dial-limits'
import type { SocketFailure } from '../transport/socket'
import { authRefused } from './auth-refused'
import { connectAdvice } from './connect-advice'
import { LimitWaits } from './limit-waits'
import { backoff } from './reconnect-policy'
import type { ConnectionReports } from './reports'
import { isLimitError } from './server-error'
import type { StandbyEnd } from './standby'
import type { Verdict } from './verdict'
import { verdictOn } from './verdict'

export interface RenewalPolicyPorts {
  readonly environment: Environment
  readonly host: string
  readonly dials: Pick<DialLimits, 'block'>
  readonly reports: Pick<ConnectionReports, 'error'>
}

/** Keys that are refused are hardly taken a moment later, and whoever asks again and again may be blocked. */
const authBackoff = { baseMs: 60_000, maxMs: 600_000, spread: 0.25 }

export class RenewalPolicy {
  /** Of its own: the exchange counts messages by connection. */
  private readonly limits: LimitWaits
  /** In a row. */
  private failures = 0

  constructor(private readonly ports: RenewalPolicyPorts) {
    this.limits = new LimitWaits(ports.environment)
  }

  succeeded(): void {
    this.failures = 0
    this.limits.accepted()
  }

  /** Tells of the failure; returns how long to wait, in whole ms. */
  failed(end: SocketFailure | StandbyEnd): number {
    const { environment, dials, reports } = this.ports
    const isStandby = end.kind === 'standby-end'
    const error = isStandby ? end.error : undefined
    const failure: SocketFailure = isStandby ? { kind: 'socket-failure', phase: 'open' } : end
    const verdict: Verdict =
      isStandby && error === undefined
        ? { kind: 'retry', reason: end.why, minDelayMs: 0 }
        : verdictOn(failure, error)
    this.limits.sent()
    if (error !== undefined && isLimitError(error)) this.limits.passed(error)

    const random = (): number => environment.random()
    const pacedMs = backoffDelayMs(++this.failures, random, verdict.kind === 'auth' ? authBackoff : backoff)
    const leastMs = verdict.kind === 'blocked' ? dials.block(verdict.blockMs) : leastOf(verdict)
    const delayMs = Math.round(Math.max(pacedMs, leastMs, this.limits.leftMs))
    reports.error(this.errorOf(verdict, delayMs, failure, error))
    return delayMs
  }

  private errorOf(
    verdict: Verdict,
    delayMs: number,
    failure: SocketFailure,
    error: StandbyEnd['error'],
  ): UpbitError {
    const { host } = this.ports
    const next = `The connection with the token before goes on. The next attempt is in ${Math.ceil(delayMs / 1000)} s`
    const { cause } = failure
    const said = error && { serverName: error.name, serverMessage: error.message }
    if (verdict.kind === 'auth') {
      const { message, ...details } = authRefused({ host, rights: '' }, failure, error)
      const { serverName, serverMessage } = details
      return new UpbitError('AUTH_REFUSED', message, {
        ...(serverName === undefined ? {} : { serverName }),
        ...(serverMessage === undefined ? {} : { serverMessage }),
        nextStep: `${next}; look whether the keys are still valid, and this machine's address on their list.`,
      })
    }
    const advice = verdict.kind === 'nonce' ? usedNonceStep.replace(/\.$/, '') : connectAdvice(host, failure)
    return new UpbitError('CONNECT_FAILED', `No connection with a new token to ${host}: ${verdict.reason}.`, {
      ...said,
      nextStep: advice === undefined ? `${next}; nothing has to be done for it.` : `${advice}. ${next}.`,
      ...(cause === undefined ? {} : { cause }),
    })
  }
}

function leastOf(verdict: Verdict): number {
  return verdict.kind === 'retry' ? verdict.minDelayMs : 0
}
