/**
 * The map of the whole: a dial, retried with backoff; each open socket an epoch; one shared stream of events for
 * however many ask. The order of the operators matters: the retry hides a close from `switchEpoch`, so a session
 * completes its own frames, and the counter of epochs is the connection's, since sharing anew starts operators anew
 * (docs/adr/0003).
 */
import type { Observable } from 'rxjs'
import { catchError, defer, finalize, merge, NEVER, share, Subject, tap, throwError } from 'rxjs'
import type { Environment } from '../base/environment'
import { retryWithBackoff } from '../operators/retry-with-backoff'
import { switchEpoch } from '../operators/switch-epoch'
import type { PublicEvent } from '../protocol/events'
import type { FrameReader } from '../protocol/frame-reader'
import type { WireFormat } from '../protocol/wire'
import { DialLimits } from '../rate-limit/dial-limits'
import { limiterOf } from '../rate-limit/rate-limiter'
import type { Registry } from '../registry/registry'
import type { OpenSocket, Socket, SocketFailure } from '../transport/socket'
import { SocketTaps } from '../transport/socket-taps'
import type { ConnectionMeter } from './connection-meter'
import { ConnectionState } from './connection-state'
import { ConnectionTap } from './connection-tap'
import type { ConnectionCounters } from './counters'
import type { DialHeaders } from './dial'
import { dial$ } from './dial'
import type { Endpoint, EndpointEvent } from './endpoint'
import { holdProcess, unreferenced } from './hold-process'
import type { LaterFrames } from './later-frames'
import { LimitWaits } from './limit-waits'
import { OpenSockets } from './open-sockets'
import { ReconnectPolicy } from './reconnect-policy'
import type { RenewalPorts } from './renewal'
import { Probe } from './probe'
import { ProbeTurns } from './probe-turns'
import type { ConnectionReports } from './reports'
import { createSessions } from './sessions'
import type { SessionSocket } from './session-socket'
import type { ConnectionStatus } from './status'
import type { WireState } from './wire-state'

export interface ConnectionConfig<E extends EndpointEvent = PublicEvent> {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly url: string
  /** How its frames and its messages are read and written. */
  readonly endpoint: Endpoint<E>
  /** Emits the headers of one dial, and completes; asked anew for each. Without it there are none. */
  readonly headers$?: Observable<DialHeaders> | undefined
  /** That of `renewal.ts`, where those are of use for a while only. Given, not imported: a page has no tokens, and does not load it. */
  readonly renewed$?: ((ports: RenewalPorts<E>) => Observable<SessionSocket>) | undefined
  /** Whose token those are, for the budgets of its dials: a function, since no inspector looks into one (C8.3). */
  readonly account?: (() => string) | undefined
  /** Dials carry an `Origin`, and the host counts them by it. */
  readonly sendsOrigin?: boolean | undefined
  readonly format: WireFormat
  /** Makes what reads frames by their bytes; without it they are parsed and guarded. */
  readonly createReader?: (() => FrameReader) | undefined
  /** How long the socket outlives its last consumer, ms. */
  readonly lingerMs: number
  readonly registry: Registry
  readonly reports: ConnectionReports
  /** Whose probes take turns with this connection's; alone by itself. */
  readonly turns?: ProbeTurns
  /** Knows which frames need not be decoded when they come, and keeps them. */
  readonly later?: LaterFrames<E> | undefined
  /** Whether trades and candles that are silent are told too, which may be quiet only. */
  readonly namesQuiet?: boolean | undefined
  /** Emits when a line may be dead, or a network back, sooner than a timer tells it. Subscribed to only while dialing or live. */
  readonly wakeUps$?: Observable<unknown> | undefined
  /** Gets every event that is decoded, those too that come while the connection lingers and nobody listens to `events$`. */
  readonly received?: (event: E) => void
  /** Who looks on at what crosses the sockets. */
  readonly taps?: SocketTaps | undefined
  readonly meter?: ConnectionMeter | undefined
}

export interface Connection<E extends EndpointEvent = PublicEvent> {
  /**
   * Shared: dials on the first subscription, closes the linger after the last. Errors only when refused for good.
   * Keeps the process alive while somebody is subscribed.
   */
  readonly events$: Observable<E>
  /** Emits the present status first. */
  readonly status$: Observable<ConnectionStatus>
  readonly status: ConnectionStatus
  readonly counters: ConnectionCounters
  /** When the last frame or pong came, ms; of the session before, while there is none. */
  readonly lastSignMs: number
  /** Since when it is wanted and has no session, ms. */
  readonly downSinceMs: number | undefined
  /** How long the answer to the newest ping took, ms. */
  readonly roundTripMs: number | undefined
  /** What the exchange was sent, and accepted. */
  readonly wire: WireState
  /** Ends the linger at once, if nobody listens; emits and completes when no socket is left. */
  close$(): Observable<void>
}

export function createConnection<E extends EndpointEvent>(config: ConnectionConfig<E>): Connection<E> {
  const { url, lingerMs, reports, wakeUps$ = NEVER } = config
  const environment = unreferenced(config.environment)
  const { host } = new URL(url)
  const limiter = limiterOf(config.environment)
  const dials = new DialLimits(limiter, host, config.sendsOrigin, config.account)
  const limits = new LimitWaits(environment)
  const state = new ConnectionState(environment, reports, config.meter)
  const connectionTap = new ConnectionTap(config.taps ?? new SocketTaps(), host, environment)
  const parts = {
    ...config,
    rights: config.endpoint.rights,
    environment,
    host,
    limiter,
    dials,
    limits,
    state,
    wakeUps$,
    connectionTap,
  }
  const sockets = new OpenSockets()
  const policy = new ReconnectPolicy(parts)
  const closingSubject = new Subject<void>()

  const opened = (socket: Socket): void => {
    sockets.opened(socket)
    socket.reference(false)
  }
  const probe = new Probe({ ...parts, counters: state.counters, opened })
  const sessions = createSessions({ ...parts, probe, turns: config.turns ?? new ProbeTurns() })

  const lost = (failure: SocketFailure): void => {
    connectionTap.closed(failure)
    state.lost(failure)
  }

  const sockets$: Observable<SessionSocket> =
    config.renewed$?.({
      ...parts,
      ...sessions,
      opened,
      lost,
      replaced: (failure) => connectionTap.closed(failure),
      changes$: config.registry.changes$,
      counters: state.counters,
    }) ?? dial$(parts).pipe(tap(opened))

  // A socket when one opens or takes over, an error when it could not or when it closes,
  const events$ = sockets$.pipe(
    tap({ error: lost }),
    // then the next one, later and later, or none where that is of no use;
    retryWithBackoff<SessionSocket>(policy),
    catchError((failure: SocketFailure) => throwError(() => policy.refusal(failure))),
    // of each its events, and nothing of an earlier one after a later;
    switchEpoch(
      (socket, epoch) => sessions.session$(connectionTap.opened(socket, epoch), epoch),
      () => state.opened(),
    ),
    // told to whoever keeps their memory, while it lingers too;
    tap((event) => config.received?.(event)),
    finalize(() => {
      connectionTap.closed()
      state.ended()
    }),
    // all of that once for however many ask, and a while longer.
    share({ resetOnRefCountZero: () => merge(environment.timer$(lingerMs), closingSubject) }),
    holdProcess(config.environment),
  )

  return {
    events$,
    status$: state.status$,
    get status() {
      return state.status
    },
    counters: state.counters,
    get lastSignMs() {
      return state.record.lastSignMs
    },
    get downSinceMs() {
      return state.downSinceMs
    },
    get roundTripMs() {
      return state.record.roundTripMs
    },
    get wire() {
      return state.wire()
    },
    close$: () =>
      defer(() => {
        state.closed()
        closingSubject.next()
        return sockets.none$
      }).pipe(holdProcess(config.environment)),
  }
}
