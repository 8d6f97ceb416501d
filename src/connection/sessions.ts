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
import type { ConnectionMeter } from './connection-meter'
import type { ConnectionState } from './connection-state'
import type { ConnectionTap } from './connection-tap'
import type { Endpoint, EndpointEvent } from './endpoint'
import type { LaterFrames } from './later-frames'
import type { LimitWaits } from './limit-waits'
import type { Probe } from './probe'
import type { ProbeTurns } from './probe-turns'
import { Quarantine } from './quarantine'
import type { ConnectionReports } from './reports'
import { refusedAgain, refusedTogether, subscriptionDrift, unexplained } from './server-error'
import type { SenderPorts } from './sender-ports'
import { session$ } from './session'
import type { SessionSocket } from './session-socket'
import { SilenceWatch } from './silence-watch'
import { SubscriptionCheck } from './subscription-check'
import { SubscriptionSender } from './subscription-sender'
import type { WantedRequest } from './wanted-request'

export interface SessionsConfig<E extends EndpointEvent = PublicEvent> {
  readonly environment: Environment
  readonly format: WireFormat
  readonly endpoint: Endpoint<E>
  readonly registry: Registry
  readonly reports: ConnectionReports
  readonly state: ConnectionState
  readonly limits: LimitWaits
  readonly limiter: RateLimiter
  readonly host: string
  readonly wakeUps$: Observable<unknown>
  readonly namesQuiet?: boolean | undefined
  readonly probe: Pick<Probe, 'run$'>
  readonly turns: ProbeTurns
  /** Makes what reads frames by their bytes, where the platform has it. */
  readonly createReader?: (() => FrameReader) | undefined
  readonly later?: LaterFrames<E> | undefined
  readonly connectionTap: Pick<ConnectionTap, 'frame'>
  readonly meter?: ConnectionMeter | undefined
}

export interface Sessions<E extends EndpointEvent> {
  /** Makes an open socket a session: its events, its requests, its heartbeat. */
  session$(socket: SessionSocket, epoch: number): Observable<E>
  /** The budget of a socket that has opened, whether or not it has a session yet. */
  readonly budget: SenderPorts['budget']
  /** What is wanted now, and may go out. */
  wanted(): WantedRequest
  /** Whether the exchange's answers have always differed so from what it was sent. */
  isOwnView(difference: readonly string[]): boolean
  /** Another socket is about to take over, with the whole set asked for anew: the last moment at which a loss shows. */
  replacing(): void
}

export function createSessions<E extends EndpointEvent>(config: SessionsConfig<E>): Sessions<E> {
  const { environment, format, endpoint, registry, reports, state, limits, limiter, host, wakeUps$ } = config
  const { connectionTap, meter, later } = config
  const { counters } = state
  const reader = config.createReader?.()
  // An entry that nobody wants any more may still be on the wire, and be silent.
  const silence = new SilenceWatch(
    environment,
    (key) => {
      if (registry.desired.entries.has(key.id)) reports.silent(key)
    },
    config.namesQuiet,
  )
  const quarantine = new Quarantine({
    ...config,
    rejected: (keys, error) => reports.rejected(keys, error),
    failed: (keys, error) => reports.failed(keys, error),
    together: (keys, error) => reports.error(refusedTogether(error, keys)),
    released: () => sender.changed('added'),
  })
  const budget: SenderPorts['budget'] = (ports) =>
    limiter.messages(host, { ...ports, signAgeMs: () => environment.now() - state.record.lastSignMs })
  const sender = new SubscriptionSender({
    environment,
    endpoint,
    format,
    limits,
    budget,
    desired: registry.desired,
    changing: () => check.changing(),
    sent() {
      counters.messages++
    },
    carries({ keys, ids }, fresh) {
      const { held } = quarantine
      check.sent(keys)
      silence.forget((id) => ids.has(id))
      silence.sent(fresh)
      // What is kept off the wire for a while only is still wanted, and its gap goes on.
      reports.sent(held.size === 0 ? ids : new Set([...ids, ...held]))
    },
    sift: (keys) => quarantine.sift(keys),
    accepted(ids) {
      state.record.accepted()
      quarantine.accepted(ids)
      silence.accepted()
      reports.accepted?.()
    },
    blamed: (added, error, isAlone) => quarantine.blame(added, error, isAlone),
    refusedAgain: (ids, error) => reports.error(refusedAgain(error, ids)),
    unproved: () => check.askNow(),
    limited: (delayMs) => state.limited(delayMs),
  })
  state.wire = () => sender.wire
  const check: SubscriptionCheck = new SubscriptionCheck({
    environment,
    endpoint,
    format,
    mayAsk: () => sender.isAtRest,
    ask(text, ticket) {
      counters.checks++
      sender.ask(text, ticket)
    },
    differs(difference, wholeUntilMs) {
      if (++counters.resent === 1) reports.error(subscriptionDrift(difference))
      // Before frames of the new subscription can come.
      reports.drifted?.(difference, wholeUntilMs)
      sender.resend()
    },
  })
  const serve$ = (socket: SessionSocket, epoch: number): Observable<E> =>
    session$(socket, epoch, state.record, {
      environment,
      endpoint,
      counters,
      reader,
      later,
      connectionTap,
      meter,
      reports,
      changes$: registry.changes$,
      sender,
      silence,
      check,
      probing$: quarantine.probing$,
      wakeUps$,
      beat: () => sender.messages.beat(),
      listed(ticket, items) {
        sender.messages.listed(ticket)
        check.listed(ticket, items)
      },
      failed(error) {
        state.record.failed(error)
        check.failed(error)
        if (!sender.refused(error)) reports.error(unexplained(error))
      },
    })
  return {
    session$: serve$,
    budget,
    wanted: () => sender.wanted,
    isOwnView: (difference) => check.isOwnView(difference),
    replacing() {
      if (sender.isAtRest) check.changing()
    },
  }
}
