/**
 * A network made by hand, for what no exchange does on demand: every dial waits for the spec to open, refuse or end it,
 * and notes what the client did to it.
 */
import type { Subscriber } from 'rxjs'
import { Observable, Subject } from 'rxjs'
import type { OpenSocket, RawFrame, Socket, SocketFailure, SocketRequest } from '../../src/transport/socket'
import type { VirtualTime } from './virtual-time'

export interface FakeNetworkOptions {
  /** A browser's sockets have no ping frame. */
  readonly browser?: boolean
  /** Whether pings get their pong, in a later turn. Default `true`. */
  readonly answersPings?: boolean
}

export class FakeNetwork {
  readonly dials: FakeDial[] = []
  /** Called with each dial, in its turn. */
  dialed: (dial: FakeDial) => void = () => {}
  /** The socket that a dial emits, of the one that it has made. */
  opens: (socket: Socket, dial: FakeDial) => Socket = (socket) => socket

  constructor(
    private readonly time: VirtualTime,
    private readonly options: FakeNetworkOptions = {},
  ) {}

  readonly openSocket: OpenSocket = (request) =>
    new Observable((subscriber) => {
      const dial = new FakeDial(request, this, this.time, subscriber, this.options)
      this.dials.push(dial)
      this.dialed(dial)
      return () => dial.leave()
    })

  get newest(): FakeDial {
    return this.dials[this.dials.length - 1]!
  }

  /** When each dial went out, ms since the beginning. */
  get dialedAtMs(): readonly number[] {
    return this.dials.map(({ atMs }) => atMs)
  }
}

export class FakeDial {
  readonly atMs: number
  readonly sent: { readonly atMs: number; readonly text: string }[] = []
  /** `LIST_SUBSCRIPTIONS`, which are not among what was `sent`. */
  readonly questions: { readonly atMs: number; readonly text: string }[] = []
  /** Both, in the order in which they went. */
  readonly texts: string[] = []
  /** The pings that ask for a sign of life. */
  readonly pingedAtMs: number[] = []
  /** The pings behind messages: their pongs prove that these were counted. */
  readonly proofs: { readonly atMs: number; readonly payload: string }[] = []
  closedAtMs: number | undefined
  terminatedAtMs: number | undefined
  leftAtMs: number | undefined
  /** Answers no ping any more, and does not end. */
  isDead = false
  /** Whether the socket may keep the process alive, as told last. */
  referenced: boolean | undefined
  private readonly frameSubject = new Subject<RawFrame>()
  private readonly pongSubject = new Subject<string | undefined>()
  private ended = false

  constructor(
    readonly request: SocketRequest,
    private readonly network: FakeNetwork,
    private readonly time: VirtualTime,
    private readonly subscriber: Subscriber<Socket>,
    private readonly options: FakeNetworkOptions,
  ) {
    this.atMs = time.nowMs
  }

  open(): void {
    const socket: Socket = {
      frames$: this.frameSubject.asObservable(),
      pongs$: this.pongSubject.asObservable(),
      send: (text) => {
        const log = text.includes('LIST_SUBSCRIPTIONS') ? this.questions : this.sent
        log.push({ atMs: this.time.nowMs, text })
        this.texts.push(text)
      },
      close: () => (this.closedAtMs ??= this.time.nowMs),
      terminate: () => {
        this.terminatedAtMs ??= this.time.nowMs
        this.end(1006)
      },
      reference: (held) => (this.referenced = held),
    }
    const pinging =
      this.options.browser === true ? socket : { ...socket, ping: (payload?: string) => this.pinged(payload) }
    this.subscriber.next(this.network.opens(pinging, this))
  }

  frame(frame: object | RawFrame): void {
    this.frameSubject.next(
      typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame),
    )
  }

  error(name: string, message = ''): void {
    this.frame({ error: { name, message } })
  }

  /** With what a ping carried, as pongs have it. */
  pong(payload: string | undefined = ''): void {
    this.pongSubject.next(payload)
  }

  /** The open socket ends. */
  end(closeCode: number, reason = ''): void {
    this.fail({ kind: 'socket-failure', phase: 'open', closeCode, reason })
  }

  /** The open socket ends, and goes on emitting frames as no adapter should. */
  abandon(): void {
    this.subscriber.error({ kind: 'socket-failure', phase: 'open', closeCode: 1006 } satisfies SocketFailure)
  }

  /** The dial is refused. */
  refuse(failure: Omit<SocketFailure, 'kind' | 'phase'> = {}): void {
    this.fail({ kind: 'socket-failure', phase: 'handshake', ...failure })
  }

  /** The client left; as after any closing handshake, the socket is gone a moment later. */
  leave(): void {
    if (this.ended) return
    this.leftAtMs = this.time.nowMs
    this.time.at(this.time.nowMs + closingMs, () => this.gone())
  }

  private pinged(payload = ''): void {
    if (payload === '') this.pingedAtMs.push(this.time.nowMs)
    else this.proofs.push({ atMs: this.time.nowMs, payload })
    if (this.options.answersPings !== false && !this.isDead)
      this.time.at(this.time.nowMs, () => this.pong(payload))
  }

  private fail(failure: SocketFailure): void {
    if (this.ended) return
    this.gone()
    this.subscriber.error(failure)
  }

  private gone(): void {
    this.ended = true
    this.frameSubject.complete()
    this.pongSubject.complete()
  }
}

/** How long the fake peer takes to answer a closing handshake. */
export const closingMs = 20
