/**
 * The map of the whole: a dial, retried with backoff; each open socket an epoch; one shared stream of events for
 * however many ask. The order of the operators matters: the retry hides a close from `switchEpoch`, so a session
 * completes its own frames, and the counter of epochs is the connection's, since sharing anew starts operators anew.
 */
import type { Observable } from 'rxjs'
import {
  BehaviorSubject,
  catchError,
  defer,
  filter,
  finalize,
  map,
  merge,
  share,
  Subject,
  take,
  tap,
  throwError,
} from 'rxjs'
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import { backoffDelayMs } from '../operators/backoff'
import { retryWithBackoff } from '../operators/retry-with-backoff'
import { switchEpoch } from '../operators/switch-epoch'
import type { ServerError } from '../protocol/control'
import type { DecodeError } from '../protocol/decode-error'
import type { PublicEvent } from '../protocol/events'
import type { WireFormat } from '../protocol/wire'
import type { Registry } from '../registry/registry'
import type { StreamKey } from '../registry/stream-key'
import type { OpenSocket, Socket, SocketFailure } from '../transport/socket'
import type { ConnectionCounters } from './counters'
import { newCounters } from './counters'
import { dial$ } from './dial'
import { dialPacerOf } from './dial-pacer'
import { session$ } from './session'
import { SilenceWatch } from './silence-watch'
import type { ConnectionStatus } from './status'
import { SubscriptionSender } from './subscription-sender'
import { verdictOn } from './verdict'

/** A session of at least this length is stable: the next redial is quick, and the backoff starts over (C10.1). */
const stableAfterMs = 10_000
const backoff = { baseMs: 1000, maxMs: 30_000, spread: 0.25 }

export interface ConnectionConfig {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly url: string
  readonly format: WireFormat
  /** How long the socket outlives its last consumer, ms. */
  readonly lingerMs: number
  readonly registry: Registry
  readonly reports: ConnectionReports
}

/** Whom a connection tells what is no event; implemented by `channels/` and `observe/`. */
export interface ConnectionReports {
  /** What follows is epoch `epoch`. */
  opened(epoch: number): void
  /** A session ended that we did not end; nothing came after `lastSignMs`. */
  lost(epoch: number, lastSignMs: number, cause: 'disconnect' | 'rejected'): void
  /** The connection was closed by us: its linger ran out, or it was refused for good. */
  ended(): void
  /** A message with these entries goes out. */
  sent(ids: ReadonlySet<string>): void
  rejected(keys: readonly StreamKey[], error: ServerError): void
  undecodable(error: DecodeError, epoch: number): void
  drift(name: string): void
  silent(key: StreamKey): void
  error(error: UpbitError): void
}

export interface Connection {
  /** Shared: dials on the first subscription, closes the linger after the last. Errors only when refused for good. */
  readonly events$: Observable<PublicEvent>
  /** Emits the present status first. */
  readonly status$: Observable<ConnectionStatus>
  readonly status: ConnectionStatus
  readonly counters: ConnectionCounters
  /** `false`: nobody listens, so the open socket alone does not keep the process alive. */
  hold(held: boolean): void
  /** Ends the linger at once, if nobody listens; emits and completes when no socket is left. */
  close$(): Observable<void>
}

export function createConnection(config: ConnectionConfig): Connection {
  const { environment, openSocket, url, format, lingerMs, registry, reports } = config
  const counters = newCounters()
  const statusSubject = new BehaviorSubject<ConnectionStatus>({ state: 'idle' })
  const closeSubject = new Subject<void>()
  const openSockets = new BehaviorSubject(0)
  const pacer = dialPacerOf(environment)
  const host = new URL(url).host
  let epoch = 0
  let attempt = 1
  let held = true
  let lastSignMs = 0
  let serverError: ServerError | undefined
  let live: { readonly socket: Socket; readonly status: ConnectionStatus } | undefined

  const silence = new SilenceWatch(environment, (key) => reports.silent(key))
  const sender = new SubscriptionSender({
    environment,
    format,
    desired: registry.desired,
    sent(ids, fresh) {
      counters.messages++
      silence.forget((id) => ids.has(id))
      silence.sent(fresh)
      reports.sent(ids)
    },
    accepted: () => silence.accepted(),
    rejected: (keys, error) => reports.rejected(keys, error),
    limited(retryAtMs) {
      if (retryAtMs !== undefined) setStatus({ state: 'waiting', reason: 'message-limit', retryAtMs })
      else if (live !== undefined && statusSubject.value !== live.status) setStatus(live.status)
    },
  })

  const socket$ = dial$({
    environment,
    openSocket,
    pacer,
    host,
    request: () => ({ url }),
    waiting: ({ atMs, reason }) => setStatus({ state: 'waiting', reason, retryAtMs: atMs }),
    dialing() {
      counters.dials++
      setStatus({ state: 'connecting', attempt })
    },
  }).pipe(
    tap((socket) => {
      pacer.opened(host)
      openSockets.next(openSockets.value + 1)
      // Completes when the socket is really gone, which may be a second after we left it.
      socket.pongs$.subscribe({ complete: () => openSockets.next(openSockets.value - 1) })
      socket.reference(held)
      serverError = undefined
      lastSignMs = environment.now()
    }),
    catchError((failure: SocketFailure) => {
      if (live !== undefined)
        reports.lost(epoch, lastSignMs, serverError === undefined ? 'disconnect' : 'rejected')
      live = undefined
      return throwError(() => failure)
    }),
  )

  /** How long to wait after a failure; `undefined` gives up. */
  function waitMs(failure: SocketFailure, failures: number): number | undefined {
    const verdict = verdictOn(failure, serverError)
    if (verdict.kind === 'auth') return undefined
    attempt = failures + 1
    const nowMs = environment.now()
    const quickMs = 100 + 300 * environment.random()
    const paced = failures === 0 ? quickMs : backoffDelayMs(failures, () => environment.random(), backoff)
    const delayMs =
      verdict.kind === 'blocked'
        ? pacer.block(host, nowMs, verdict.blockMs) - nowMs
        : Math.max(paced, verdict.minDelayMs)
    const reason = verdict.kind === 'blocked' ? 'blocked' : 'backoff'
    setStatus({ state: 'waiting', reason, retryAtMs: nowMs + delayMs })
    // A session that was stable and ended is everyday life; anything else, somebody should hear of.
    if (failures > 0 || verdict.kind === 'blocked') {
      reports.error(
        new UpbitError('CONNECT_FAILED', `No connection to ${host}: ${verdict.reason}.`, {
          nextStep: `The next attempt is in ${Math.ceil(delayMs / 1000)} s; nothing has to be done for it.`,
          cause: failure.cause,
        }),
      )
    }
    return delayMs
  }

  const events$ = socket$.pipe(
    retryWithBackoff<Socket>({
      environment,
      stableAfterMs,
      delayMs: (failure, failures) => waitMs(failure as SocketFailure, failures),
    }),
    catchError((failure: SocketFailure) => throwError(() => refused(failure))),
    switchEpoch(
      (socket, opened) => {
        counters.epochs++
        live = { socket, status: { state: 'live', epoch: opened, since: environment.now() } }
        setStatus(live.status)
        reports.opened(opened)
        return session$(socket, opened, sessionPorts)
      },
      () => ++epoch,
    ),
    finalize(() => {
      live = undefined
      attempt = 1
      if (statusSubject.value.state !== 'closed') setStatus({ state: 'idle' })
      reports.ended()
    }),
    share({
      resetOnRefCountZero: () => merge(environment.timer$(lingerMs, { referenced: false }), closeSubject),
    }),
  )

  const sessionPorts = {
    environment,
    counters,
    changes$: registry.changes$,
    sender,
    silence,
    alive: () => (lastSignMs = environment.now()),
    rejected: (error: DecodeError, at: number) => reports.undecodable(error, at),
    drift: (name: string) => reports.drift(name),
    control(control: Parameters<Parameters<typeof session$>[2]['control']>[0]) {
      if (control.kind !== 'error') return
      serverError = control.error
      sender.refused(control.error)
    },
  }

  function refused(failure: SocketFailure): UpbitError {
    setStatus({ state: 'closed' })
    const said = serverError ?? { name: `HTTP ${failure.status ?? 'error'}`, message: failure.reason ?? '' }
    return new UpbitError('AUTH_REFUSED', `${host} refused the credentials: ${said.name}.`, {
      serverName: said.name,
      serverMessage: said.message,
      nextStep: 'Check the access key, the secret key and the addresses that the key allows.',
    })
  }

  function setStatus(status: ConnectionStatus): void {
    statusSubject.next(status)
  }

  return {
    events$,
    status$: statusSubject.asObservable(),
    get status() {
      return statusSubject.value
    },
    counters,
    hold(now) {
      held = now
      live?.socket.reference(now)
    },
    close$: () =>
      defer(() => {
        closeSubject.next()
        return openSockets.pipe(
          filter((open) => open === 0),
          take(1),
          map(() => undefined),
        )
      }),
  }
}
