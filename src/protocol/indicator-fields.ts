/**
 * What `indicator` and `indicator_signal` have in common: which parameters and values an indicator has, and how a frame
 * finds the table of its own indicator.
 */
import * as t from 'io-ts'
import type { Bag } from './bag'
import type { ObjectType } from './event-codec'
import { objectCodec } from './event-codec'
import type { FrameCodec } from './event-vocabulary'
import type { Fields, FieldsType } from './field'
import { num, openEnum, optional, required, streamType, timestampMs } from './field'
import type { IndicatorName, Timeframe } from './indicator-params'
import { indicatorNames, timeframes } from './indicator-params'
import { WireCode } from './market-code'
import { nullable } from './nullable'
import type { StreamType } from './wire'

/** Every parameter there is, in the order of the wire. */
export const paramFields = {
  /** How an average is made, simple or exponential. */
  type: required('t', openEnum('average', ['SMA', 'EMA'])),
  period: required('p', num),
  short_period: required('shp', num),
  long_period: required('lop', num),
  multiplier: required('m', num),
  fast: required('f', num),
  slow: required('s', num),
  signal_period: required('sgp', num),
} as const

const valueOrNull = nullable(num)

/** Every value there is; `null` where the exchange has none, which its pages do not rule out. */
const valueFields = {
  volume: required('vol', valueOrNull),
  avg_volume: required('av', valueOrNull),
  /** `volume` by `avg_volume`. */
  ratio: required('rto', valueOrNull),
  rsi: required('rsi', valueOrNull),
  /** Of a moving average. */
  value: required('value', valueOrNull),
  ma_short: required('mas', valueOrNull),
  ma_long: required('mal', valueOrNull),
  bb_upper: required('bbu', valueOrNull),
  bb_middle: required('bbm', valueOrNull),
  bb_lower: required('bbl', valueOrNull),
  macd: required('macd', valueOrNull),
  macd_signal: required('macds', valueOrNull),
  histogram: required('hist', valueOrNull),
} as const

/** What a signal's trigger needs. */
export const eventParamFields = {
  /** Of `rsi`. */
  threshold: required('th', num),
  /** Of `volume`. */
  multiplier: required('mul', num),
} as const

interface Members {
  readonly params: readonly (keyof typeof paramFields)[]
  readonly value: readonly (keyof typeof valueFields)[]
  readonly event_params: readonly (keyof typeof eventParamFields)[]
}

/** Which of them an indicator has. */
export const indicatorMembers = {
  volume: { params: ['period'], value: ['volume', 'avg_volume', 'ratio'], event_params: ['multiplier'] },
  rsi: { params: ['period'], value: ['rsi'], event_params: ['threshold'] },
  moving_average: { params: ['type', 'period'], value: ['value'], event_params: [] },
  ma_crossover: {
    params: ['type', 'short_period', 'long_period'],
    value: ['ma_short', 'ma_long'],
    event_params: [],
  },
  bollinger_bands: {
    params: ['period', 'multiplier'],
    value: ['bb_upper', 'bb_middle', 'bb_lower'],
    event_params: [],
  },
  macd: {
    params: ['fast', 'slow', 'signal_period'],
    value: ['macd', 'macd_signal', 'histogram'],
    event_params: [],
  },
} as const satisfies Readonly<Record<IndicatorName, Members>>

type MembersOf<Name extends IndicatorName> = (typeof indicatorMembers)[Name]

/** The parameters of an indicator as an event has them. */
export type IndicatorParams<Name extends IndicatorName = IndicatorName> = Pick<
  FieldsType<typeof paramFields>,
  MembersOf<Name>['params'][number]
>
/** The values of an indicator; one is `null` where the exchange sends none. */
export type IndicatorValue<Name extends IndicatorName = IndicatorName> = Pick<
  FieldsType<typeof valueFields>,
  MembersOf<Name>['value'][number]
>
/** What the trigger of a signal was told; nothing for most. */
export type IndicatorEventParams<Name extends IndicatorName = IndicatorName> = Pick<
  FieldsType<typeof eventParamFields>,
  MembersOf<Name>['event_params'][number]
>

/** The objects in a frame. */
export interface IndicatorParts {
  readonly params: ObjectType<Fields>
  readonly value: ObjectType<Fields>
  readonly event_params: ObjectType<Fields>
}

/** Of a frame of any indicator, one that nobody knows included: every member may be there or not. */
export const anyParts: IndicatorParts = {
  params: objectCodec('params', loose(paramFields)),
  value: objectCodec('value', loose(valueFields)),
  event_params: objectCodec('event params', loose(eventParamFields)),
}

function partsOf({ params, value, event_params }: Members): IndicatorParts {
  return {
    params: objectCodec('params', picked(paramFields, params)),
    value: objectCodec('value', picked(valueFields, value)),
    event_params: objectCodec('event params', picked(eventParamFields, event_params)),
  }
}

function loose(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { key, codec }]) => [name, optional(key, codec)]),
  )
}

function picked(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
}

/** What is asked for, in the order of the wire. */
export const headFields = {
  /** `KRW-BTC`. */
  code: required('cd', WireCode),
  timeframe: required('tf', openEnum('timeframe', timeframes)),
  indicator: required('ind', openEnum('indicator', indicatorNames)),
} as const

/** Start of the candle. */
export const candleStart = required('cdttmu', t.string)

export const tailFields = {
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

/** What the frames of every indicator have. */
export interface IndicatorFrameHead<Name extends IndicatorName> {
  /** `KRW-BTC`. */
  readonly code: string
  readonly timeframe: Timeframe | (string & {})
  readonly indicator: Name
  /** What was asked for. */
  readonly params: IndicatorParams<Name>
  /** Start of the candle that closed, UTC, `yyyy-MM-ddTHH:mm:ss` without a zone. */
  readonly candle_date_time_utc: string
  readonly value: IndicatorValue<Name>
  /** When this message was made, ms. */
  readonly timestamp: number
  readonly stream_type: StreamType
}

/** A function from a frame to the codec for its own indicator. */
export function codecByIndicator<Frame>(
  name: string,
  fieldsOf: (parts: IndicatorParts) => Fields,
): (frame: Bag) => FrameCodec<Frame> {
  const make = (parts: IndicatorParts): FrameCodec<Frame> =>
    // The tables have what the type of the indicator's frame has.
    objectCodec(name, fieldsOf(parts)) as FrameCodec<unknown> as FrameCodec<Frame>
  const any = make(anyParts)
  const known = new Map<unknown, FrameCodec<Frame>>(
    indicatorNames.map((indicator) => [indicator, make(partsOf(indicatorMembers[indicator]))]),
  )
  return ({ indicator }) => known.get(indicator) ?? any
}
