/**
 * What the sessions of one connection have in common, and what has to outlive each of them: which set was accepted,
 * how long a limit lasts, who is silent.
 */
import type { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import type { PublicEvent } from '../protocol/events'
import type { FrameReader } from '../protocol/frame-reader'
import type { WireFormat } from '../protocol/wire'
import type { RateLimiter } from '../rate-limit/rate-limiter'
import type { Registry } from '../registry/registry'
import type { Socket } from '../transport/socket'
import type { ConnectionState } from './connection-state'
import type { LaterFrames } from './later-frames'
import type { LimitWaits } from './limit-waits'
import type { ConnectionReports } from './reports'
import { refusedAgain, unexplained } from './server-error'
import { session$ } from './session'
import { SilenceWatch } from './silence-watch'
import { SubscriptionSender } from './subscription-sender'

export interface SessionsConfig {
  readonly environment: Environment
  readonly format: WireFormat
  readonly registry: Registry
  readonly reports: ConnectionReports
  readonly state: ConnectionState
  readonly limits: LimitWaits
  readonly limiter: RateLimiter
  readonly host: string
  /** Makes what reads frames by their bytes, where the platform has it. */
  readonly createReader?: (() => FrameReader) | undefined
  readonly later?: LaterFrames | undefined
}

/** A function that makes each open socket a session: its events, its requests, its heartbeat. */
export function createSessions(
  config: SessionsConfig,
): (socket: Socket, epoch: number) => Observable<PublicEvent> {
  const { environment, format, registry, reports, state, limits, limiter, host, later } = config
  const { counters } = state
  const reader = config.createReader?.()
  // An entry that nobody wants any more may still be on the wire, and be silent.
  const silence = new SilenceWatch(environment, (key) => {
    if (registry.desired.entries.has(key.id)) reports.silent(key)
  })
  const sender = new SubscriptionSender({
    environment,
    format,
    limits,
    budget: (hasPings, proved) => limiter.messages(host, hasPings, proved),
    desired: registry.desired,
    sent(ids, fresh) {
      counters.messages++
      silence.forget((id) => ids.has(id))
      silence.sent(fresh)
      reports.sent(ids)
    },
    accepted() {
      state.record.accepted()
      silence.accepted()
    },
    rejected: (keys, error) => reports.rejected(keys, error),
    refusedAgain: (ids, error) => reports.error(refusedAgain(error, ids)),
    limited: (delayMs) => state.limited(delayMs),
  })
  return (socket, epoch) =>
    session$(socket, epoch, state.record, {
      environment,
      counters,
      reader,
      later,
      reports,
      changes$: registry.changes$,
      sender,
      silence,
      failed(error) {
        state.record.failed(error)
        if (!sender.refused(error)) reports.error(unexplained(error))
      },
    })
}
