/** Market codes as a user gives them, checked at the call: the exchange would answer a wrong one with silence (C2.2). */
import { UpbitError } from '../base/errors'
import type { MarketCode } from '../protocol/market-code'
import { isMarketCode, proposeMarketCode } from '../protocol/market-code'
import type { CandleUnit } from '../protocol/wire'
import { candleUnits } from '../protocol/wire'
import { invalidOption } from './consumer-options'

export type Codes = string | readonly string[]

/** The codes without repetition, in order; throws `INVALID_CODE` naming the code and what was probably meant. */
export function checkCodes(codes: Codes): readonly MarketCode[] {
  const list: readonly unknown[] = typeof codes === 'string' ? [codes] : codes
  if (!Array.isArray(list)) {
    throw invalidCode(codes, 'a market code or a list of them')
  }
  if (list.length === 0) throw invalidCode('an empty list', 'at least one market code')
  return [...new Set(list.map(checkCode))]
}

function checkCode(code: unknown): MarketCode {
  if (isMarketCode(code)) return code
  if (typeof code !== 'string') throw invalidCode(code, 'a market code')
  const proposed = proposeMarketCode(code)
  const depth = /\.(\d+)$/.exec(code)?.[1]
  if (proposed !== undefined && depth !== undefined) {
    throw invalidCode(`'${code}'`, `'${proposed}' with { units: ${depth} }`)
  }
  throw invalidCode(
    `'${code}'`,
    proposed === undefined ? "quote and base currency, as 'KRW-BTC'" : `'${proposed}'`,
  )
}

function invalidCode(value: unknown, meant: string): UpbitError {
  const shown = typeof value === 'string' ? value.slice(0, 60) : String(value)
  return new UpbitError('INVALID_CODE', `codes: ${shown} is no market code; did you mean ${meant}?`, {
    option: 'codes',
    nextStep: `Write ${meant}.`,
  })
}

/** Throws `INVALID_OPTION` for a unit that has no candles on the socket. */
export function checkUnit(unit: unknown): CandleUnit {
  if (candleUnits.includes(unit as CandleUnit)) return unit as CandleUnit
  throw invalidOption('unit', unit, candleUnits.map((known) => `'${known}'`).join(', '))
}
