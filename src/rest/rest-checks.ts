/**
 * The arguments of the calls, checked at the call like all others (C2.2): the exchange would answer most faults with
 * `Invalid parameter` and some, such as a count that is too large, with something else than was asked for.
 */
import { invalidOption } from '../base/invalid-option'
import { nearest } from '../base/nearest'
import { checkCodes } from '../channels/codes'
import type { MarketCode } from '../protocol/market-code'
import { candleUnits } from '../protocol/wire'
import type { RestCandleUnit } from './endpoints'
import { longCandleUnits } from './endpoints'

/** Throws `INVALID_CODE` for what is no code, and for a list. */
export function checkOneCode(code: unknown, option = 'code'): MarketCode {
  if (typeof code !== 'string') throw invalidOption(option, code, 'one market code')
  const [checked] = checkCodes(code, option)
  return checked as MarketCode
}

export function checkRange(option: string, value: unknown, least: number, most: number): void {
  if (value === undefined) return
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return
  throw invalidOption(option, value, `a whole number from ${least} to ${most}`)
}

/** Quote currencies, `['KRW', 'BTC']`; others than today's may be listed tomorrow, so only their form is checked. */
export function checkQuotes(quotes: unknown, option = 'quotes'): readonly string[] {
  const list: unknown = typeof quotes === 'string' ? [quotes] : quotes
  const allowed = "a quote currency or a list of them, as ['KRW', 'BTC']"
  if (!Array.isArray(list) || list.length === 0) throw invalidOption(option, quotes, allowed)
  for (const quote of list as unknown[]) {
    if (typeof quote === 'string' && /^[A-Z0-9]{2,12}$/.test(quote)) continue
    const meant =
      typeof quote === 'string' ? /^[a-z0-9]{2,12}/i.exec(quote.trim())?.[0].toUpperCase() : undefined
    throw invalidOption(
      option,
      quote,
      allowed,
      undefined,
      meant === undefined ? undefined : `Write '${meant}'.`,
    )
  }
  return [...new Set(list as string[])]
}

const restUnits: readonly string[] = [...candleUnits, ...longCandleUnits]

/** What other exchanges call the long ones. */
const otherNames: Readonly<Record<string, RestCandleUnit>> = {
  '1d': 'days',
  day: 'days',
  '1w': 'weeks',
  week: 'weeks',
  '1M': 'months',
  month: 'months',
  '1y': 'years',
  year: 'years',
  '1h': '60m',
  '4h': '240m',
}

export function checkRestUnit(unit: unknown): RestCandleUnit {
  if (restUnits.includes(unit as string)) return unit as RestCandleUnit
  const typed = typeof unit === 'string' ? unit : ''
  // As it is first: only the case tells a month from a minute.
  const other = [typed, typed.toLowerCase()].find((name) => Object.hasOwn(otherNames, name))
  const meant = other === undefined ? nearest(typed, restUnits) : otherNames[other]
  const allowed = restUnits.map((known) => `'${known}'`).join(', ')
  throw invalidOption(
    'unit',
    unit,
    allowed,
    undefined,
    meant === undefined ? undefined : `Did you mean '${meant}'?`,
  )
}

/** `HHmmss` or `HH:mm:ss`. */
export function checkTimeOfDay(option: string, value: unknown): void {
  if (value === undefined) return
  const isTime = typeof value === 'string' && /^([01]\d|2[0-3])(:?)[0-5]\d\2[0-5]\d$/.test(value)
  if (!isTime) throw invalidOption(option, value, 'a time of day in UTC, as 235959 or 23:59:59')
}

export function checkCursor(value: unknown): void {
  if (value !== undefined && !(typeof value === 'string' && /^\d{1,30}$/.test(value))) {
    throw invalidOption('cursor', value, 'a sequential_id, as text: a number has lost its last digits')
  }
}

const dateTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/

/** An instant as the exchange takes it: UTC, `yyyy-MM-ddTHH:mm:ssZ`; what it does not resolve is rounded up. */
export function checkInstant(option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined
  const ms = typeof value === 'number' ? value : msOf(value)
  // Beyond that JavaScript has no dates, and the exchange no data.
  if (!(ms >= 0 && ms < 8.64e15)) {
    throw invalidOption(option, value, 'milliseconds since 1970, or a text as 2026-11-23T09:00:00Z')
  }
  return new Date(Math.ceil(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** `NaN` for what is no date and time. Without a zone it is UTC, as the exchange's own times are. */
function msOf(value: unknown): number {
  const zone = typeof value === 'string' ? dateTime.exec(value) : null
  if (zone === null) return NaN
  return Date.parse(zone[0].replace(' ', 'T') + (zone[1] === undefined ? 'Z' : ''))
}

const mostIds = 100

/** One of the two lists, as the exchange takes them. */
export function checkIds(
  names: readonly [string, string],
  options: object,
  most = mostIds,
): { readonly name: string; readonly ids: readonly string[] } {
  const { name, value } = oneOfTwo(names, options)
  const isFine =
    Array.isArray(value) && value.length >= 1 && value.length <= most && (value as unknown[]).every(isId)
  if (!isFine) throw invalidOption(name, value, `1 to ${most} ids as text`)
  return { name, ids: [...(value as string[])] }
}

/** One of the two ids. */
export function checkId(
  names: readonly [string, string],
  options: object,
): { readonly name: string; readonly id: string } {
  const { name, value } = oneOfTwo(names, options)
  if (!isId(value)) throw invalidOption(name, value, 'an id as text')
  return { name, id: value }
}

function oneOfTwo(
  names: readonly [string, string],
  options: object,
): { readonly name: string; readonly value: unknown } {
  const values = options as Readonly<Record<string, unknown>>
  const given = names.filter((name) => values[name] !== undefined)
  const [name = names[0]] = given
  if (given.length === 1) return { name, value: values[name] }
  throw invalidOption(name, values[name], `either ${names[0]} or ${names[1]}, and not both`)
}

/** Half of a character has no place in a url. */
function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !/\p{Surrogate}/u.test(value)
}

/** A currency in which prices can be told, `KRW`. */
export function checkCurrency(option: string, value: unknown): void {
  if (value !== undefined && !(typeof value === 'string' && /^[A-Z0-9]{2,12}$/.test(value))) {
    throw invalidOption(option, value, "a currency, as 'KRW'")
  }
}

/** Order states: those of the call, at least one of them. */
export function checkStates(states: unknown, allowed: readonly string[]): readonly string[] {
  if (states === undefined) return allowed
  const isFine =
    Array.isArray(states) && states.length > 0 && states.every((state) => allowed.includes(state as string))
  if (!isFine)
    throw invalidOption('states', states, `a list of ${allowed.map((state) => `'${state}'`).join(', ')}`)
  return [...new Set(states as string[])]
}
