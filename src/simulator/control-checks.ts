/**
 * The checks of what a test tells an exchange. A misspelt or senseless order would be without effect, and the test that
 * gives it could not fail; so it throws `INVALID_OPTION` at the call.
 */
import { checkNames } from '../base/check-names'
import { invalidOption } from '../base/invalid-option'
import { nearest } from '../base/nearest'
import { endpointOfType } from './endpoint'
import { list } from './list'

/** Types whose events are of no market. */
const codeless: ReadonlySet<unknown> = new Set(['myAsset', 'announcement'])

/** Throws unless it holds; what is absent is the option's default. */
export function check(holds: boolean, option: string, value: unknown, allowed: string): void {
  if (value !== undefined && !holds) throw invalidOption(option, value, allowed)
}

/** The same for what has no default. */
export function checkGiven(holds: boolean, option: string, value: unknown, allowed: string): void {
  if (!holds) throw invalidOption(option, value, allowed)
}

export function checkOneOf(option: string, value: unknown, words: readonly string[], others = ''): void {
  if (typeof value === 'string' && words.includes(value)) return
  const meant = typeof value === 'string' ? nearest(value, words) : undefined
  const allowed = `${others}${words.map((word) => `'${word}'`).join(', ')}`
  const nextStep = meant === undefined ? undefined : `Did you mean '${meant}'?`
  throw invalidOption(option, value, allowed, undefined, nextStep)
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** How long, in ms. */
function isDuration(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0
}

const durations = 'a number of milliseconds from 0'

export function checkDuration(option: string, value: unknown): void {
  check(isDuration(value), option, value, durations)
}

export function checkGivenDuration(option: string, value: unknown): void {
  checkGiven(isDuration(value), option, value, durations)
}

export function checkBoolean(option: string, value: unknown): void {
  check(typeof value === 'boolean', option, value, 'true, false')
}

export function checkText(option: string, value: unknown): void {
  check(typeof value === 'string', option, value, 'a text')
}

/** How many times. */
export function checkTimes(times: unknown): void {
  const isCount = Number.isSafeInteger(times) && (times as number) >= 1
  check(isCount || times === Infinity, 'times', times, 'a whole number from 1, Infinity')
}

/** One code or several: any text, since a test may mean a market that is none. */
export function checkCodes(codes: unknown): void {
  const all = list(codes)
  checkGiven(all.length > 0 && all.every(isText), 'codes', codes, 'a market code, a list of market codes')
}

/** A status that an answer can have, or one of `words`. A status below 200 is no answer yet. */
export function checkAnswer(option: string, answer: unknown, words: readonly string[]): void {
  if (Number.isInteger(answer) && (answer as number) >= 200 && (answer as number) <= 599) return
  checkOneOf(option, answer, words, 'an HTTP status from 200 to 599, ')
}

/** How a connection is closed: codes that RFC 6455 lets a close frame have, and 1006 for none. */
export function checkClose({ code, reason }: { readonly code?: unknown; readonly reason?: unknown }): void {
  const number = Number.isInteger(code) ? (code as number) : 0
  const isCode = (number >= 1000 && number <= 1014 && number !== 1004 && number !== 1005) || isOwnCode(number)
  check(isCode, 'code', code, 'a close code: 1000 to 1003, 1006 to 1014, 3000 to 4999')
  const fits = typeof reason === 'string' && new TextEncoder().encode(reason).length <= 123
  check(fits, 'reason', reason, 'a text of at most 123 bytes')
}

function isOwnCode(code: number): boolean {
  return code >= 3000 && code <= 4999
}

/** Which items a test means. */
export function checkItemMatch(match: unknown, types: readonly string[]): void {
  if (typeof match === 'function') return
  checkNames(match, ['type', 'codes'], 'match')
  const { type, codes } = match as { readonly type?: unknown; readonly codes?: unknown }
  if (type !== undefined) checkOneOf('match.type', type, types)
  const isList = Array.isArray(codes) && codes.length > 0 && codes.every(isText)
  check(isList, 'match.codes', codes, 'a list of market codes')
}

/** The rest of an event may be anything: a test may send what a client should reject. */
export function checkEvents(events: unknown): void {
  for (const event of list(events)) {
    const { type, code } = bag(event)
    const isEvent = isText(type) && (isText(code) || codeless.has(type))
    checkGiven(isEvent, 'events', event, 'events with a `type` and a `code`, as `aTicker()` makes them')
  }
}

/** Other types have no SNAPSHOT. */
export function checkMarketEvents(events: unknown): void {
  checkEvents(events)
  for (const event of list(events)) {
    const { type } = bag(event)
    const isOther = endpointOfType(String(type)) !== undefined && endpointOfType(String(type)) !== 'public'
    checkGiven(!isOther, 'events', event, 'events of the public endpoint')
  }
}

/** A key is not shown, not even one of a test. */
export function checkAccessKey(accessKey: unknown, accounts: ReadonlyMap<string, unknown>): void {
  const isKnown = typeof accessKey === 'string' && accounts.has(accessKey)
  checkGiven(isKnown, 'accessKey', accessKey === undefined ? undefined : '…', 'the key of one of `accounts`')
}

/** What REST and the candles need of a trade. */
export function checkTrades(trades: unknown): void {
  for (const trade of list(trades)) {
    checkGiven(bag(trade).type === 'trade', 'trades', trade, 'trades, as `aTrade()` makes them')
    const { code, sequential_id, trade_timestamp, trade_price, trade_volume } = bag(trade)
    checkGiven(isText(code), 'trades.code', code, 'a market code')
    const isId = typeof sequential_id === 'string' && /^\d+$/.test(sequential_id)
    checkGiven(isId, 'trades.sequential_id', sequential_id, 'a text of digits')
    checkGiven(isDuration(trade_timestamp), 'trades.trade_timestamp', trade_timestamp, 'ms since 1970')
    checkGiven(Number.isFinite(trade_price), 'trades.trade_price', trade_price, 'a number')
    checkGiven(Number.isFinite(trade_volume), 'trades.trade_volume', trade_volume, 'a number')
  }
}

/** The members of an object; of anything else none. */
export function bag(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
