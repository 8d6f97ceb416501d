/**
 * What a client's message asks for, or why it is refused. The order of the checks is the likely one: JSON and array,
 * ticket, then item by item type, codes and options; a message is taken whole or not at all.
 */
import type { WireFormat } from '../protocol/wire'
import { publicTypes, wireFormats } from '../protocol/wire'
import type { Refusal } from './refusal'
import { refusal, unsupportedType } from './refusal'
import type { ExchangeSwitches } from './switches'

/** One item of a subscribe message. `codes` as sent, with any depth suffix. */
export interface RequestedItem {
  readonly type: string
  readonly codes: readonly string[]
  readonly level: number
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
}

/** A message that was understood. */
export type ClientRequest =
  | { readonly kind: 'ping' }
  | {
      readonly kind: 'subscribe'
      readonly ticket: string
      readonly format: WireFormat
      readonly items: readonly RequestedItem[]
    }
  | { readonly kind: 'list'; readonly ticket: string; readonly format: WireFormat }

export type ParsedRequest = ClientRequest | { readonly kind: 'refused'; readonly refusal: Refusal }

type RequestSwitches = Pick<ExchangeSwitches, 'unknownFormat' | 'emptyCodes' | 'bothFlags' | 'wrongEndpoint'>
type Bag = Readonly<Record<string, unknown>>

const servedTypes: ReadonlySet<string> = new Set(publicTypes)
const typesElsewhere: ReadonlySet<string> = new Set([
  'myOrder',
  'myAsset',
  'announcement',
  'indicator',
  'indicator_signal',
])

export function parseRequest(text: string, switches: RequestSwitches): ParsedRequest {
  if (text === 'PING') return { kind: 'ping' }
  const parts = parseParts(text)
  if (parts === undefined) return refused('WRONG_FORMAT')
  const ticket = parts.find((part) => 'ticket' in part)?.ticket
  if (typeof ticket !== 'string' || ticket === '') return refused('NO_TICKET')
  const format = parts.find((part) => 'format' in part)?.format ?? 'DEFAULT'
  if (!isWireFormat(format)) {
    return refused(typeof format === 'string' ? switches.unknownFormat : 'WRONG_FORMAT')
  }
  if (parts.some((part) => part.method === 'LIST_SUBSCRIPTIONS')) return { kind: 'list', ticket, format }

  const asked = parts.filter((part) => !('ticket' in part) && !('format' in part && !('type' in part)))
  if (asked.length === 0) return refused('NO_TYPE')
  const items: RequestedItem[] = []
  for (const part of asked) {
    const item = readItem(part, switches)
    if ('name' in item) return { kind: 'refused', refusal: item }
    items.push(item)
  }
  return { kind: 'subscribe', ticket, format, items }
}

function parseParts(text: string): readonly Bag[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) && parsed.every(isBag) ? parsed : undefined
  } catch {
    return undefined
  }
}

function readItem(part: Bag, switches: RequestSwitches): RequestedItem | Refusal {
  const { type, codes, level = 0 } = part
  if (type === undefined) return refusal('NO_TYPE')
  if (typeof type !== 'string') return refusal('WRONG_FORMAT')
  if (!servedTypes.has(type)) {
    return typesElsewhere.has(type) && switches.wrongEndpoint === 'INVALID_AUTH'
      ? refusal('INVALID_AUTH')
      : unsupportedType(type)
  }
  if (codes === undefined) return refusal('NO_CODES')
  if (!isTexts(codes)) return refusal('WRONG_FORMAT')
  if (codes.length === 0 && switches.emptyCodes === 'NO_CODES') return refusal('NO_CODES')
  if (typeof level !== 'number') return refusal('WRONG_FORMAT')
  // Old clients still write the flags in camel case, and the exchange evidently still honours them.
  const onlySnapshot = part.is_only_snapshot ?? part.isOnlySnapshot ?? false
  const onlyRealtime = part.is_only_realtime ?? part.isOnlyRealtime ?? false
  if (typeof onlySnapshot !== 'boolean' || typeof onlyRealtime !== 'boolean') return refusal('WRONG_FORMAT')
  if (onlySnapshot && onlyRealtime) {
    if (switches.bothFlags === 'INVALID_PARAM') return refusal('INVALID_PARAM')
    return { type, codes: [], level, onlySnapshot, onlyRealtime }
  }
  return { type, codes, level, onlySnapshot, onlyRealtime }
}

function refused(name: Parameters<typeof refusal>[0]): ParsedRequest {
  return { kind: 'refused', refusal: refusal(name) }
}

function isWireFormat(value: unknown): value is WireFormat {
  return (wireFormats as readonly unknown[]).includes(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string')
}

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
