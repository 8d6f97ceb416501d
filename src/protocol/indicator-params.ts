/**
 * What can be asked of indicators and their signals: the one table of which the types of a request are made and by which
 * it is checked. Source: docs.upbit.com, `websocket-indicator` and `websocket-indicator-signal`, read 2026-11.
 */

/** The lengths of candles that indicators are computed on. */
export const timeframes = ['5m', '15m', '60m', '240m', '1d'] as const
/** One of `timeframes`. */
export type Timeframe = (typeof timeframes)[number]

/** More combinations of a code and an indicator are refused on one connection, with `TOO_MANY_REQUEST`. */
export const maxCombinations = 100

/** Names to the values that they may have; each may go with each. */
export type ParamSet = Readonly<Record<string, readonly (number | string)[]>>

interface IndicatorRule {
  /** The sets of parameters for values; several where not every value goes with every other. */
  readonly values: readonly ParamSet[]
  /** The sets of parameters for signals. */
  readonly signals: readonly ParamSet[]
  /** What makes a signal, with what it needs beside. */
  readonly triggers: Readonly<Record<string, ParamSet>>
}

const averages = ['SMA', 'EMA'] as const
const crossovers = [
  { type: averages, short_period: [5], long_period: [20] },
  { type: averages, short_period: [20], long_period: [60] },
  { type: averages, short_period: [30], long_period: [90] },
  { type: averages, short_period: [50], long_period: [200] },
] as const
const macds = [
  { fast: [12], slow: [26], signal_period: [9] },
  { fast: [8], slow: [17], signal_period: [9] },
  { fast: [5], slow: [35], signal_period: [5] },
] as const

export const indicatorRules = {
  volume: {
    values: [{ period: [5, 10, 15, 20, 25, 30, 35, 40, 45, 50] }],
    signals: [{ period: [10, 20, 50] }],
    triggers: { volume_spike: { multiplier: [2, 3, 5] } },
  },
  rsi: {
    values: [{ period: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 21, 25] }],
    signals: [{ period: [7, 9, 14, 21, 25] }],
    triggers: { overbought: { threshold: [70, 80] }, oversold: { threshold: [20, 30] } },
  },
  moving_average: {
    values: [{ type: averages, period: [3, 5, 7, 10, 15, 20, 25, 30, 50, 60, 90, 99, 100, 120, 200] }],
    signals: [{ type: averages, period: [5, 10, 20, 30, 60, 90, 120, 200] }],
    triggers: { price_cross_above: {}, price_cross_below: {} },
  },
  ma_crossover: {
    values: crossovers,
    signals: crossovers,
    triggers: { golden_cross: {}, dead_cross: {} },
  },
  bollinger_bands: {
    values: [{ period: [10, 20, 50], multiplier: [1, 1.5, 2, 2.5, 3] }],
    signals: [{ period: [20], multiplier: [1.5, 2, 2.5] }],
    // Of the upper band, and of the lower one.
    triggers: { price_cross_above: {}, price_cross_below: {} },
  },
  macd: {
    values: macds,
    signals: macds,
    triggers: { golden_cross: {}, dead_cross: {}, zero_cross_above: {}, zero_cross_below: {} },
  },
} as const satisfies Readonly<Record<string, IndicatorRule>>

type Rules = typeof indicatorRules

/** An indicator of the exchange, `'rsi'`. */
export type IndicatorName = keyof Rules
export const indicatorNames = Object.keys(indicatorRules) as readonly IndicatorName[]

type TriggersOf<Name extends IndicatorName> = Rules[Name]['triggers']
type KeysOf<Union> = Union extends unknown ? keyof Union : never

/** What makes a signal of an indicator, `'overbought'`. */
export type IndicatorTrigger<Name extends IndicatorName = IndicatorName> = KeysOf<TriggersOf<Name>> & string
export const indicatorTriggers = [
  ...new Set(Object.values(indicatorRules).flatMap(({ triggers }) => Object.keys(triggers))),
] as readonly IndicatorTrigger[]

/** The objects that a set allows, as a type. */
type Chosen<Set> = Set extends ParamSet ? { readonly [Key in keyof Set]: Set[Key][number] } : never

/** The indicator and its parameters, as they go on the wire. */
export type IndicatorRequest<Name extends IndicatorName = IndicatorName> = {
  readonly [Each in Name]: { readonly type: Each; readonly params: Chosen<Rules[Each]['values'][number]> }
}[Name]

type EventParams<Set> = keyof Set extends never
  ? { readonly event_params?: Readonly<Record<string, never>> }
  : { readonly event_params: Chosen<Set> }

type SignalOf<Name extends IndicatorName> = {
  readonly [Trigger in keyof TriggersOf<Name>]: {
    readonly type: Name
    readonly params: Chosen<Rules[Name]['signals'][number]>
    readonly trigger: Trigger
  } & EventParams<TriggersOf<Name>[Trigger]>
}[keyof TriggersOf<Name>]

/** The indicator, its parameters and what makes a signal of it, as they go on the wire. */
export type IndicatorSignalRequest<Name extends IndicatorName = IndicatorName> = {
  readonly [Each in Name]: SignalOf<Each>
}[Name]

/** What is counted of an item of a request. */
interface Counted {
  readonly codes: readonly string[]
  readonly indicators: readonly unknown[]
}

/** How many combinations of a code and an indicator a request asks for, values and signals together. */
export function combinationsOf(items: readonly Counted[]): number {
  return items.reduce((sum, { codes, indicators }) => sum + codes.length * indicators.length, 0)
}
