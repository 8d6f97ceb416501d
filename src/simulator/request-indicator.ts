/**
 * One indicator of a subscribe message, judged by the table of `indicator-params.ts`: a member of the wrong JSON type is
 * `WRONG_FORMAT`, a missing or unsupported one `INVALID_PARAM` (docs.upbit.com, `websocket-indicator`, read 2026-11).
 */
import type { Bag } from '../protocol/bag'
import { isBag } from '../protocol/bag'
import type { ParamSet } from '../protocol/indicator-params'
import { indicatorRules } from '../protocol/indicator-params'
import type { Refusal } from './refusal'
import { refusal } from './refusal'

/** The parameters of an indicator or of a trigger. */
export type IndicatorValues = Readonly<Record<string, number | string>>

/** An indicator as a subscribe message asks for it; with `trigger` a signal of it. */
export interface RequestedIndicator {
  readonly indicator: string
  readonly params: IndicatorValues
  readonly trigger?: string
  readonly event_params?: IndicatorValues
}

interface Rule {
  readonly values: readonly ParamSet[]
  readonly signals: readonly ParamSet[]
  readonly triggers: ReadonlyMap<string, ParamSet>
}

const rules: ReadonlyMap<string, Rule> = new Map(
  Object.entries(indicatorRules).map(([name, { values, signals, triggers }]) => [
    name,
    { values, signals, triggers: new Map<string, ParamSet>(Object.entries(triggers)) },
  ]),
)

export function readIndicator(given: unknown, isSignal: boolean): RequestedIndicator | Refusal {
  if (!isBag(given)) return refusal('WRONG_FORMAT')
  const { type } = given
  const wrongType = textRefusal(type)
  if (wrongType !== undefined) return wrongType
  const rule = rules.get(type as string)
  if (rule === undefined) return refusal('INVALID_PARAM')
  const params = choose(given.params, isSignal ? rule.signals : rule.values)
  if ('name' in params) return params as Refusal
  const read = { indicator: type as string, params: params }
  return isSignal ? readSignal(read, given, rule) : read
}

function readSignal(
  read: RequestedIndicator,
  { trigger, event_params: given = {} }: Bag,
  { triggers }: Rule,
): RequestedIndicator | Refusal {
  const wrongTrigger = textRefusal(trigger)
  if (wrongTrigger !== undefined) return wrongTrigger
  const needed = triggers.get(trigger as string)
  if (needed === undefined) return refusal('INVALID_PARAM')
  const eventParams = choose(given, [needed])
  if ('name' in eventParams) return eventParams as Refusal
  return { ...read, trigger: trigger as string, event_params: eventParams }
}

/** The parameters, if one of the sets allows them all. No parameter is called `name`, as a refusal has it. */
function choose(given: unknown, sets: readonly ParamSet[]): IndicatorValues | Refusal {
  if (given === undefined) return refusal('INVALID_PARAM')
  if (!isBag(given)) return refusal('WRONG_FORMAT')
  const names = Object.keys(sets[0] ?? {})
  if (Object.keys(given).some((name) => !names.includes(name))) return refusal('INVALID_PARAM')
  for (const name of names) {
    const value = given[name]
    if (value === undefined) return refusal('INVALID_PARAM')
    if (typeof value !== typeof sets[0]?.[name]?.[0]) return refusal('WRONG_FORMAT')
  }
  // JSON has one number for 2, 2.0 and 2.00, and so has the table.
  const values = given as IndicatorValues
  const fits = (set: ParamSet): boolean =>
    names.every((name) => set[name]?.includes(values[name] as never) === true)
  if (!sets.some(fits)) return refusal('INVALID_PARAM')
  return Object.fromEntries(names.map((name) => [name, values[name] as number | string]))
}

function textRefusal(value: unknown): Refusal | undefined {
  if (value === undefined) return refusal('INVALID_PARAM')
  return typeof value === 'string' ? undefined : refusal('WRONG_FORMAT')
}
