/** What clients did, kept for tests to look at: their messages and their dials. The oldest are forgotten. */
import type { WireFormat } from '../protocol/wire'
import type { ParsedRequest } from './request'
import type { RequestedItem } from './request-item'

/** One thing that a client sent, as `received` lists it. */
export interface ReceivedMessage {
  /** When, by the exchange's clock. */
  readonly atMs: number
  /** The number of the connection, 1 for the first that was accepted. */
  readonly connection: number
  /** `ping` is the text `PING`, `ping-frame` the protocol's; `invalid` was refused as malformed. */
  readonly kind: 'subscribe' | 'list' | 'ping' | 'ping-frame' | 'invalid'
  readonly text: string
  readonly ticket?: string
  readonly format?: WireFormat
  /** What a subscribe message asked for; empty otherwise. */
  readonly items: readonly RequestedItem[]
}

/** One attempt to connect, as `dials` lists it. */
export interface Dial {
  readonly atMs: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly remoteAddress: string
  readonly outcome: 'accepted' | 'refused' | 'reset' | 'hung'
  /** The HTTP status of a refusal. */
  readonly status?: number
}

export function describeRequest(
  atMs: number,
  connection: number,
  text: string,
  request: ParsedRequest,
): ReceivedMessage {
  const base = { atMs, connection, text, items: [] }
  if (request.kind === 'refused') return { ...base, kind: 'invalid' }
  if (request.kind === 'ping') return { ...base, kind: 'ping' }
  const { ticket, format } = request
  return request.kind === 'list'
    ? { ...base, kind: 'list', ticket, format }
    : { ...base, kind: 'subscribe', ticket, format, items: request.items }
}

const maxEntries = 10_000

/** Appends, and forgets the oldest beyond ten thousand: an exchange may run for days. */
export function remember<T>(log: T[], entry: T): void {
  log.push(entry)
  if (log.length > maxEntries) log.splice(0, log.length - maxEntries)
}
