/** The events of the info connection. A module apart from `events.ts`, so that pages do not load what they cannot have. */
import type { EventDefinition } from './event-vocabulary'
import type { Stamp } from './events'
import type { IndicatorFrame } from './indicator'
import { indicatorCodec, indicatorFields } from './indicator'
import type { IndicatorName } from './indicator-params'
import type { IndicatorSignalFrame } from './indicator-signal'
import { indicatorSignalCodec, indicatorSignalFields } from './indicator-signal'
import type { InfoType } from './wire'

/** An indicator of a candle that closed, told apart by `indicator`. */
export type IndicatorEvent<Name extends IndicatorName = IndicatorName> = IndicatorFrame<Name> & Stamp
/** A condition on an indicator that came true, told apart by `indicator`. */
export type IndicatorSignalEvent<Name extends IndicatorName = IndicatorName> = IndicatorSignalFrame<Name> &
  Stamp

export type InfoFrame = IndicatorFrame | IndicatorSignalFrame
/** Any event of the info connection, told apart by `type`. */
export type InfoEvent = IndicatorEvent | IndicatorSignalEvent

export const infoDefinitions = {
  indicator: indicatorFields,
  indicator_signal: indicatorSignalFields,
} as const

const vocabulary: Readonly<Record<InfoType, EventDefinition<InfoFrame>>> = {
  indicator: { name: 'indicator', fields: indicatorFields, codec: indicatorCodec },
  indicator_signal: {
    name: 'indicator_signal',
    fields: indicatorSignalFields,
    codec: indicatorSignalCodec,
  },
}

export function isInfoType(type: unknown): type is InfoType {
  return type === 'indicator' || type === 'indicator_signal'
}

/** The definition that a type of the info connection belongs to. */
export function infoVocabulary(type: unknown): EventDefinition<InfoFrame> | undefined {
  return isInfoType(type) ? vocabulary[type] : undefined
}
