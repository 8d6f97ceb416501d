/** One item of a subscribe message, read and checked as its type wants it. */
import { announcementCategories } from '../protocol/announcement'
import type { Bag } from '../protocol/bag'
import { timeframes } from '../protocol/indicator-params'
import type { Endpoint } from './endpoint'
import { endpointOfType } from './endpoint'
import type { Refusal } from './refusal'
import { refusal, unsupportedType } from './refusal'
import type { RequestedIndicator } from './request-indicator'
import { readIndicator } from './request-indicator'
import type { ExchangeSwitches } from './switches'

/** One item of a subscribe message. */
export interface RequestedItem {
  readonly type: string
  /** As sent, with any depth suffix; empty for types without codes and for `myOrder` of every market. */
  readonly codes: readonly string[]
  readonly level: number
  readonly onlySnapshot: boolean
  readonly onlyRealtime: boolean
  /** Of indicators and their signals. */
  readonly timeframe?: string
  readonly indicators?: readonly RequestedIndicator[]
  /** Of announcements; absent for all. */
  readonly categories?: readonly string[]
  /** Whether announcements are to come with their text. */
  readonly includeBody?: boolean
}

export type ItemSwitches = Pick<ExchangeSwitches, 'emptyCodes' | 'bothFlags' | 'wrongEndpoint'>

const plain = { codes: [], level: 0, onlySnapshot: false, onlyRealtime: false }

export function readItem(part: Bag, switches: ItemSwitches, endpoint: Endpoint): RequestedItem | Refusal {
  const { type } = part
  if (type === undefined) return refusal('NO_TYPE')
  if (typeof type !== 'string') return refusal('WRONG_FORMAT')
  const home = endpointOfType(type)
  if (home !== endpoint) {
    return home !== undefined && switches.wrongEndpoint === 'INVALID_AUTH'
      ? refusal('INVALID_AUTH')
      : unsupportedType(type)
  }
  switch (type) {
    case 'myOrder':
      return readMyOrder(part)
    case 'myAsset':
      // Its codes are forbidden, even none (docs.upbit.com, `websocket-myasset`).
      return part.codes === undefined ? { ...plain, type } : refusal('WRONG_FORMAT')
    case 'announcement':
      return readAnnouncement(part)
    case 'indicator':
    case 'indicator_signal':
      return readIndicatorItem(type, part, switches)
    default:
      return readMarketItem(type, part, switches)
  }
}

function readMyOrder({ codes = [] }: Bag): RequestedItem | Refusal {
  return isTexts(codes) ? { ...plain, type: 'myOrder', codes } : refusal('WRONG_FORMAT')
}

function readAnnouncement({ categories, include_body: includeBody = false }: Bag): RequestedItem | Refusal {
  if (typeof includeBody !== 'boolean') return refusal('WRONG_FORMAT')
  const item = { ...plain, type: 'announcement', includeBody }
  if (categories === undefined) return item
  if (!isTexts(categories)) return refusal('WRONG_FORMAT')
  if (!categories.every((category) => isCategory(category))) return refusal('INVALID_PARAM')
  return { ...item, categories }
}

function readIndicatorItem(type: string, part: Bag, switches: ItemSwitches): RequestedItem | Refusal {
  const { codes, timeframe, indicators } = part
  const wrong = codesRefusal(codes, switches)
  if (wrong !== undefined) return wrong
  if (timeframe === undefined || indicators === undefined) return refusal('INVALID_PARAM')
  if (typeof timeframe !== 'string' || !Array.isArray(indicators)) return refusal('WRONG_FORMAT')
  if (!isTimeframe(timeframe) || indicators.length === 0) return refusal('INVALID_PARAM')
  const read: RequestedIndicator[] = []
  for (const given of indicators as readonly unknown[]) {
    const indicator = readIndicator(given, type === 'indicator_signal')
    if ('name' in indicator) return indicator
    read.push(indicator)
  }
  return { ...plain, type, codes: codes as readonly string[], timeframe, indicators: read }
}

function readMarketItem(type: string, part: Bag, switches: ItemSwitches): RequestedItem | Refusal {
  const { level = 0 } = part
  const wrong = codesRefusal(part.codes, switches)
  if (wrong !== undefined) return wrong
  const codes = part.codes as readonly string[]
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

/** What is wrong with codes that a type needs. */
function codesRefusal(codes: unknown, { emptyCodes }: ItemSwitches): Refusal | undefined {
  if (codes === undefined) return refusal('NO_CODES')
  if (!isTexts(codes)) return refusal('WRONG_FORMAT')
  return codes.length === 0 && emptyCodes === 'NO_CODES' ? refusal('NO_CODES') : undefined
}

function isTimeframe(text: string): boolean {
  return (timeframes as readonly string[]).includes(text)
}

function isCategory(text: string): boolean {
  return (announcementCategories as readonly string[]).includes(text)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((element) => typeof element === 'string')
}
