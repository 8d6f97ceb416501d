/** Market codes and event types as they are given on the command line, with proposals for what was meant. */
import type { MarketCode } from '../protocol/market-code'
import { isMarketCode, proposeMarketCode } from '../protocol/market-code'
import type { PublicType } from '../protocol/wire'
import { candleTypes, candleUnits, publicTypes } from '../protocol/wire'
import { nearest } from '../base/nearest'
import { shownUrl } from '../base/shown-url'
import { UsageError } from './usage-error'

/** The codes without repetition, in order. Commas separate as spaces do. */
export function readCodes(given: readonly string[]): readonly MarketCode[] {
  return [...new Set(given.flatMap(listed).map(readCode))]
}

function readCode(text: string): MarketCode {
  if (isMarketCode(text)) return text
  const type = publicTypes.find((known) => known === text.toLowerCase())
  if (type !== undefined) {
    throw new UsageError(`'${text}' is a type of events, no market code; did you mean --types ${type}?`)
  }
  const proposed = proposeMarketCode(text)
  throw new UsageError(
    proposed === undefined
      ? `'${shownUrl(text)}' is no market code; write quote and base currency, as in KRW-BTC.`
      : `'${text}' is no market code; did you mean ${proposed}?`,
  )
}

/** The event types of a list like `ticker,candle.1m`, without repetition, in order. */
export function readTypes(list: string): readonly PublicType[] {
  const given = listed(list)
  if (given.length === 0) throw new UsageError('--types is empty; write --types ticker,trade,orderbook.')
  return [...new Set(given.map(readType))]
}

function readType(text: string): PublicType {
  const found = publicTypes.find((known) => known === text)
  if (found !== undefined) return found
  const meant = candleMeant(text) ?? nearest(text, publicTypes)
  throw new UsageError(
    meant === undefined
      ? `'${text}' is no type of events; there are ticker, trade, orderbook and ${candleTypes[0] ?? ''} to ${candleTypes.at(-1) ?? ''}.`
      : `'${text}' is no type of events; did you mean ${meant}?`,
  )
}

/** `candle`, `1m`, `candle.10`, `4h`: the candle of that unit, of a minute where none is named. */
function candleMeant(text: string): PublicType | undefined {
  const parts = /^(?:candles?)?[.\s_-]?(\d+[smh]?)?$/i.exec(text)
  if (parts === null) return undefined
  const unit = parts[1]
    ?.toLowerCase()
    .replace(/^(\d+)h$/, (_, hours: string) => `${Number(hours) * 60}m`)
    .replace(/\d$/, '$&m')
  const known = candleUnits.find((other) => other === (unit ?? '1m'))
  return known === undefined ? undefined : `candle.${known}`
}

function listed(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
