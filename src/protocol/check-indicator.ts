/**
 * The check of what is asked of the info connection, by the table of `indicator-params.ts`: the exchange would refuse the
 * whole message and close, and round nothing. What is given back has its members in the order of the wire.
 */
import { checkNames } from '../base/check-names'
import { invalidOption } from '../base/invalid-option'
import type {
  IndicatorName,
  IndicatorRequest,
  IndicatorSignalRequest,
  ParamSet,
  Timeframe,
} from './indicator-params'
import { indicatorNames, indicatorRules, timeframes } from './indicator-params'
import { oneOf } from './one-of'

/** What others call these lengths. */
const otherTimeframes: Readonly<Record<string, Timeframe>> = {
  '1h': '60m',
  '1H': '60m',
  '4h': '240m',
  '4H': '240m',
  '1D': '1d',
  day: '1d',
  days: '1d',
}

const otherIndicators: Readonly<Record<string, IndicatorName>> = {
  ma: 'moving_average',
  sma: 'moving_average',
  ema: 'moving_average',
  bb: 'bollinger_bands',
}

/** @throws UpbitError `INVALID_OPTION` with the timeframe that was probably meant. */
export function checkTimeframe(value: unknown, path: string): Timeframe {
  return oneOf(path, value, timeframes, { others: otherTimeframes })
}

/**
 * @param path where the value stands, `indicators[0]`.
 * @throws UpbitError `INVALID_OPTION` with the member, its value, what is allowed and what was probably meant.
 */
export function checkIndicator(value: unknown, path: string): IndicatorRequest {
  const given = members(value, ['type', 'params'], path)
  const type = checkType(given.type, path)
  const params = choose(given.params, indicatorRules[type].values, `${path}.params`)
  // Of the table of which the type is made.
  return { type, params } as IndicatorRequest
}

/**
 * @param path where the value stands, `indicators[0]`.
 * @throws UpbitError `INVALID_OPTION` with the member, its value, what is allowed and what was probably meant.
 */
export function checkIndicatorSignal(value: unknown, path: string): IndicatorSignalRequest {
  const given = members(value, ['type', 'params', 'trigger', 'event_params'], path)
  const type = checkType(given.type, path)
  const params = choose(given.params, indicatorRules[type].signals, `${path}.params`)
  const triggers: Readonly<Record<string, ParamSet>> = indicatorRules[type].triggers
  const trigger = oneOf(`${path}.trigger`, given.trigger, Object.keys(triggers))
  const eventPath = `${path}.event_params`
  const event_params = choose(given.event_params ?? {}, [triggers[trigger] ?? {}], eventPath)
  const needed = Object.keys(event_params).length > 0 ? { event_params } : {}
  // Of the table of which the type is made.
  return { type, params, trigger, ...needed } as IndicatorSignalRequest
}

function checkType(type: unknown, path: string): IndicatorName {
  return oneOf(`${path}.type`, type, indicatorNames, { others: otherIndicators })
}

/** The object that `value` is, if it has no other members than these. */
function members(value: unknown, names: readonly string[], path: string): Readonly<Record<string, unknown>> {
  if (Array.isArray(value)) throw invalidOption(path, value, 'an object')
  checkNames(value, names, path)
  return value as Readonly<Record<string, unknown>>
}

/** The parameters, if one of the sets has them all. */
function choose(value: unknown, sets: readonly ParamSet[], path: string): Record<string, string | number> {
  const names = Object.keys(sets[0] ?? {})
  const given = members(value, names, path)
  const chosen: Record<string, string | number> = {}
  let fitting = sets
  for (const name of names) {
    const allowed = distinct(fitting, name)
    const isNarrowed = allowed.length < distinct(sets, name).length
    const beside = isNarrowed ? `, beside ${shownPairs(chosen)}` : ''
    const found = oneOf(`${path}.${name}`, given[name], allowed, { beside })
    chosen[name] = found
    fitting = fitting.filter((set) => set[name]?.includes(found))
  }
  return chosen
}

function distinct(sets: readonly ParamSet[], name: string): readonly (string | number)[] {
  return [...new Set(sets.flatMap((set) => set[name] ?? []))]
}

function shownPairs(chosen: Readonly<Record<string, string | number>>): string {
  return Object.entries(chosen)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
