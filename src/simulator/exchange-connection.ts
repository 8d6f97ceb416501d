/**
 * One client's connection, seen from the exchange: takes its messages, counts them, answers or refuses them. It
 * knows no socket, only a small port; time, chance and data come from its host.
 */
import type { WireFormat } from '../protocol/wire'
import type { Endpoint } from './endpoint'
import { KeepAlive, upText } from './keep-alive'
import type { MessageLimit } from './limits'
import { listText } from './list-answer'
import { Outbox } from './outbox'
import type { KeyHolder } from './key-holder'
import { isOfAccount } from './key-holder'
import type { ParsedRequest } from './request'
import { parseRequest } from './request'
import type { RequestedItem } from './request-item'
import type { Refusal } from './refusal'
import { errorText, refusal } from './refusal'
import type { SubscriberHost } from './subscriber'
import { Subscriber } from './subscriber'
import { itemSet } from './subscription'
import type { Timers } from './timers'
import { OwnTimers } from './timers'

/** The way out, to a real socket or to one in memory. */
export interface ConnectionPort {
  /** One message: bytes make a binary frame, a text makes a text frame. */
  frame(data: Uint8Array | string): void
  pong(payload?: Uint8Array): void
  /** The closing handshake. */
  close(code: number, reason: string): void
  /** The end of the TCP connection without a close frame: the client sees 1006. */
  drop(): void
}

/** What a connection needs from the exchange that it belongs to. */
export interface ConnectionHost extends SubscriberHost {
  readonly timers: Timers
  readonly errorCloseMs: readonly [number, number]
  keepsQuietConnections(): boolean
  /** The refusal that a test has prepared for such a message to the endpoint. */
  refusalOf(connection: ExchangeConnection, request: ParsedRequest): Refusal | undefined
  received(connection: ExchangeConnection, text: string, request: ParsedRequest): void
  pinged(connection: ExchangeConnection): void
  /** A message limit was violated. */
  violated(connection: ExchangeConnection): void
  ended(connection: ExchangeConnection): void
}

/** Where a connection came from. */
export interface Caller {
  /** 1 for the first accepted connection. */
  readonly number: number
  readonly endpoint: Endpoint
  /** The address or key that limits are counted for. */
  readonly scope: string
  /** Absent without a token that holds, which every endpoint but the public one needs. */
  readonly holder?: KeyHolder
}

/** The largest message a client may send. Nobody knows the exchange's; one with every market has 9.5 kB. */
const maxMessageLength = 1_048_576

export class ExchangeConnection {
  readonly subscriber: Subscriber
  readonly outbox: Outbox
  private state: 'open' | 'failing' | 'ended' = 'open'
  private nameFirst = true
  private violated = false
  private readonly timers: OwnTimers
  private readonly keepAlive: KeepAlive

  constructor(
    readonly caller: Caller,
    private readonly host: ConnectionHost,
    private readonly port: ConnectionPort,
    private readonly limit: MessageLimit,
  ) {
    const { switches, random } = host
    this.timers = new OwnTimers(host.timers)
    const keepAlivePort = {
      up: () => this.outbox.control(upText),
      drop: () => this.drop(),
      dropsWhenQuiet: () => !host.keepsQuietConnections(),
    }
    this.keepAlive = new KeepAlive(host.timers, switches, keepAlivePort, random)
    this.outbox = new Outbox(this.timers, switches, this.keepAlive, (data) => port.frame(data))
    const send = (text: string, format: WireFormat): void => this.outbox.data(text, format)
    this.subscriber = new Subscriber(host, this.timers, send, caller.holder)
    if (!this.isAuthorized && switches.authFailure === 'frame') this.fail(refusal('INVALID_AUTH'))
  }

  receive(text: string): void {
    if (this.state === 'ended') return
    this.keepAlive.activity()
    if (text.length > maxMessageLength) return this.close(1009, 'message too big')
    const { switches, timers } = this.host
    const request = parseRequest(text, switches, this.caller.endpoint)
    this.host.received(this, text, request)
    if (this.state === 'failing') return
    if (!this.isAuthorized) return this.fail(refusal('INVALID_AUTH'))
    const counts = request.kind !== 'ping' || switches.textPingCounts
    if (counts && !this.limit.take(timers.now())) return this.tooMany()
    const prepared = this.host.refusalOf(this, request)
    if (prepared !== undefined) this.fail(prepared)
    else this.answer(request)
  }

  pinged(payload?: Uint8Array): void {
    if (this.state === 'ended') return
    this.keepAlive.pingFrame()
    // What a ping carries is its client's own: such a one belongs to the message before it, and is no entry of `received`.
    if (payload === undefined || payload.length === 0) this.host.pinged(this)
    if (!this.outbox.stalled) this.port.pong(payload)
  }

  /** The client's socket is gone, however it went. */
  closedByClient(): void {
    this.end()
  }

  /** Sends an error frame, and closes with 1000 a moment later as the exchange does. */
  fail(reason: Refusal): void {
    if (this.state !== 'open') return
    this.error(reason)
    this.state = 'failing'
    if (!this.host.switches.dataAfterError) this.subscriber.clear()
    const [fromMs, toMs] = this.host.errorCloseMs
    this.timers.after(fromMs + this.host.random() * (toMs - fromMs), () => this.close(1000, ''))
  }

  /** Sends an error frame and stays open. */
  error(reason: Refusal): void {
    this.outbox.control(errorText(reason, this.nameFirst))
    this.nameFirst = !this.nameFirst
  }

  close(code: number, reason: string): void {
    if (this.state === 'ended') return
    this.end()
    this.port.close(code, reason)
  }

  drop(): void {
    if (this.state === 'ended') return
    this.end()
    this.port.drop()
  }

  private answer(request: ParsedRequest): void {
    const { switches } = this.host
    if (request.kind === 'refused') {
      this.fail(request.refusal)
    } else if (request.kind === 'ping') {
      this.keepAlive.textPing()
    } else if (request.kind === 'list') {
      // The documentation warns of it: the question's format becomes that of every stream.
      this.subscriber.format = request.format
      this.outbox.control(listText(request.ticket, request.format, this.subscriber.items, switches))
    } else if (switches.missingScope === 'INVALID_AUTH' && !this.mayHave(request.items)) {
      this.fail(refusal('INVALID_AUTH'))
    } else {
      this.subscriber.subscribe(itemSet(request.items, switches.duplicateItem), request.format)
    }
  }

  private get isAuthorized(): boolean {
    return this.caller.endpoint === 'public' || this.caller.holder !== undefined
  }

  private mayHave(items: readonly RequestedItem[]): boolean {
    const { holder } = this.caller
    return items.every(({ type }) => !isOfAccount(type) || holder?.may(type) === true)
  }

  private tooMany(): void {
    const { limitViolation, limitName } = this.host.switches
    this.host.violated(this)
    // The two spellings of the documentation come as a pair: one for the first violation, one for its repetition.
    const repeated = this.violated && limitName === 'Too Many Requests'
    const reason = refusal(repeated ? "I'm a teapot" : limitName)
    this.violated = true
    if (limitViolation === 'close') this.fail(reason)
    else this.error(reason)
  }

  private end(): void {
    if (this.state === 'ended') return
    this.state = 'ended'
    this.keepAlive.end()
    this.subscriber.clear()
    this.timers.end()
    this.host.ended(this)
  }
}
