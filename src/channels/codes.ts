/** Market codes as a user gives them, checked at the call: the exchange would answer a wrong one with silence (C2.2). */
import { UpbitError } from '../base/errors'
import { invalidOption } from '../base/invalid-option'
import type { MarketCode } from '../protocol/market-code'
import { isMarketCode, proposeMarketCode } from '../protocol/market-code'
import type { CandleUnit } from '../protocol/wire'
import { candleUnits } from '../protocol/wire'

/** One market code or several, `'KRW-BTC'`; checked at the call. */
export type Codes = string | readonly string[]

/** The codes without repetition, in order; throws `INVALID_CODE` naming the code and what was probably meant. */
export function checkCodes(codes: unknown, option = 'codes'): readonly MarketCode[] {
  const list: unknown = typeof codes === 'string' ? [codes] : codes
  const invalid = (what: string, meant: string): UpbitError => invalidCode(option, what, meant)
  if (!Array.isArray(list)) throw invalid(shown(codes), 'a market code or a list of them')
  if (list.length === 0) throw invalid('an empty list', 'at least one market code')
  return [...new Set(list.map((code) => checkCode(code, invalid)))]
}

function checkCode(code: unknown, invalidCode: (what: string, meant: string) => UpbitError): MarketCode {
  if (isMarketCode(code)) return code
  if (typeof code !== 'string') throw invalidCode(shown(code), 'a market code')
  const several = code.split(/[,\s]+/).filter(Boolean)
  if (several.length > 1 && several.every(isMarketCode)) {
    const list = several.slice(0, 3).map((each) => `'${each}'`)
    throw invalidCode(shown(code), `the list [${list.join(', ')}${several.length > 3 ? ', …' : ''}]`)
  }
  const proposed = proposeMarketCode(code)
  if (proposed === undefined) throw invalidCode(shown(code), "quote and base currency, as 'KRW-BTC'")
  const depth = /\.(\d+)$/.exec(code)?.[1]
  throw invalidCode(
    shown(code),
    depth === undefined ? `'${proposed}'` : `'${proposed}', for an order book with { units: ${depth} }`,
  )
}

function invalidCode(option: string, what: string, meant: string): UpbitError {
  return new UpbitError('INVALID_CODE', `${option}: ${what} is no market code; did you mean ${meant}?`, {
    option,
    nextStep: `Write ${meant}.`,
  })
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

/** Throws `INVALID_OPTION` for a unit that has no candles on the socket. */
export function checkUnit(unit: CandleUnit): CandleUnit {
  if (candleUnits.includes(unit)) return unit
  throw invalidOption('unit', unit, candleUnits.map((known) => `'${known}'`).join(', '))
}
