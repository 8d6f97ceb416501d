/** The test kit over one endpoint of an exchange. */
import type { WireFormat } from '../protocol/wire'
import { check, checkGiven, checkItemMatch, checkOneOf, isText } from './control-checks'
import {
  checkAcceptThenClose,
  checkCut,
  checkError,
  checkFormat,
  checkRefuse,
  checkStall,
} from './control-options'
import type { Endpoint } from './endpoint'
import { typesOf } from './endpoint'
import type {
  AcceptThenCloseOptions,
  CutOptions,
  EndpointControls,
  ItemMatch,
  RefuseOptions,
} from './endpoint-controls'
import type { EndpointSide, Rejection } from './endpoint-side'
import type { Exchange } from './exchange'
import type { ExchangeConnection } from './exchange-connection'
import { itemMatcher } from './item-match'
import type { Dial, ReceivedMessage } from './received'
import { messageOf } from './refusal'
import type { SubscribedItem } from './subscription'
import { everyCode } from './subscription'

export class EndpointKit implements EndpointControls {
  private readonly side: EndpointSide
  private stalledAll = false
  /** Accepted dials that lead nowhere. */
  private hollow: AcceptThenCloseOptions | undefined
  private hollowLeft = 0

  constructor(
    protected readonly exchange: Exchange,
    private readonly endpoint: Endpoint,
  ) {
    this.side = exchange.sides[endpoint]
    this.side.opened = (connection) => {
      connection.outbox.stalled = this.stalledAll
      this.connected(connection)
    }
  }

  get received(): readonly ReceivedMessage[] {
    return this.side.received
  }

  get dials(): readonly Dial[] {
    return this.side.dials
  }

  get connections(): number {
    return this.side.connections.size
  }

  emitRaw(frame: string | Uint8Array): number {
    checkGiven(typeof frame === 'string' || ArrayBuffer.isView(frame), 'frame', frame, 'a text, bytes')
    for (const connection of this.side.connections) connection.outbox.raw(frame)
    return this.connections
  }

  cut(options: CutOptions = {}): void {
    checkCut(options)
    const { code, reason = '' } = options
    for (const connection of this.side.connections) end(connection, code, reason)
  }

  refuse(answer: number | 'reset' | 'hang', options: RefuseOptions = {}): void {
    checkRefuse(answer, options)
    const { times = Infinity, retryAfterMs, body } = options
    this.exchange.gate.order(this.endpoint, {
      answer,
      times,
      ...(body === undefined ? {} : { body }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    })
  }

  acceptThenClose(options: AcceptThenCloseOptions = {}): void {
    checkAcceptThenClose(options)
    this.hollow = options
    this.hollowLeft = options.times ?? Infinity
  }

  accept(): void {
    this.hollow = undefined
    this.exchange.gate.order(this.endpoint, undefined)
  }

  stall(options: { readonly all?: boolean } = {}): void {
    checkStall(options)
    const { all = false } = options
    this.stalledAll = all
    for (const { outbox } of this.side.connections) outbox.stalled = true
  }

  resume(): void {
    this.stalledAll = false
    for (const { outbox } of this.side.connections) outbox.stalled = false
  }

  sendError(name: string, message = messageOf(name)): void {
    checkError(name, message)
    for (const connection of this.side.connections) connection.fail({ name, message })
  }

  rejectItems(match: ItemMatch, name: string, message = messageOf(name)): () => void {
    checkItemMatch(match, typesOf(this.endpoint))
    checkError(name, message)
    const matches = itemMatcher(match)
    const rejection: Rejection = (request) =>
      request.kind === 'subscribe' && request.items.some(matches) ? { name, message } : undefined
    this.side.rejections.add(rejection)
    return () => void this.side.rejections.delete(rejection)
  }

  forget(match: ItemMatch): number {
    checkItemMatch(match, typesOf(this.endpoint))
    const matches = itemMatcher(match)
    const lost = ({ code, ...item }: SubscribedItem): boolean =>
      matches({ ...item, codes: code === everyCode ? [] : [code] })
    return [...this.side.connections].reduce((count, { subscriber }) => count + subscriber.forget(lost), 0)
  }

  flipFormat(format: WireFormat): void {
    checkFormat(format)
    for (const { subscriber } of this.side.connections) subscriber.format = format
  }

  subscribed(type: string, code?: string, level?: number): boolean {
    checkOneOf('type', type, typesOf(this.endpoint))
    if (this.endpoint === 'public') checkGiven(isText(code), 'code', code, 'a market code')
    else check(isText(code), 'code', code, 'a market code')
    check(Number.isFinite(level), 'level', level, 'a number')
    const items = [...this.side.connections].flatMap(({ subscriber }) =>
      [...subscriber.items.values()].flat(),
    )
    return items.some(
      (item) =>
        item.type === type &&
        (code === undefined || item.code === everyCode || item.code === code) &&
        (level === undefined || item.level === level),
    )
  }

  /** A connection has been opened: it may be one that is to end at once. */
  private connected(connection: ExchangeConnection): void {
    const { hollow } = this
    if (hollow === undefined || this.hollowLeft <= 0) return
    this.hollowLeft--
    const { code, reason = '', afterMs = 0 } = hollow
    this.exchange.timers.after(afterMs, () => end(connection, code, reason))
  }
}

function end(connection: ExchangeConnection, code: number | undefined, reason: string): void {
  if (code === undefined || code === 1006) connection.drop()
  else connection.close(code, reason)
}
