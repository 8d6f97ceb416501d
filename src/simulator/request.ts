/**
 * What a client's message asks for, or why it is refused. The order of the checks is the likely one: JSON and array,
 * ticket, then item by item type, codes and options; a message is taken whole or not at all.
 */
import type { Bag } from '../protocol/bag'
import { isBag } from '../protocol/bag'
import { combinationsOf, maxCombinations } from '../protocol/indicator-params'
import type { WireFormat } from '../protocol/wire'
import { wireFormats } from '../protocol/wire'
import type { Endpoint } from './endpoint'
import type { Refusal } from './refusal'
import { refusal } from './refusal'
import type { ItemSwitches, RequestedItem } from './request-item'
import { readItem } from './request-item'
import type { ExchangeSwitches } from './switches'

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

type RequestSwitches = Pick<ExchangeSwitches, 'unknownFormat'> & ItemSwitches

export function parseRequest(text: string, switches: RequestSwitches, endpoint: Endpoint): ParsedRequest {
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
    const item = readItem(part, switches, endpoint)
    if ('name' in item) return { kind: 'refused', refusal: item }
    items.push(item)
  }
  const combinations = combinationsOf(items.map(({ codes, indicators = [] }) => ({ codes, indicators })))
  if (combinations > maxCombinations) return refused('TOO_MANY_REQUEST')
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

function refused(name: Parameters<typeof refusal>[0]): ParsedRequest {
  return { kind: 'refused', refusal: refusal(name) }
}

function isWireFormat(value: unknown): value is WireFormat {
  return (wireFormats as readonly unknown[]).includes(value)
}
