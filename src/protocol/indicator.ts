/**
 * `indicator`: a value computed on a candle that closed, about a second after it. It has no snapshot.
 * Source: docs.upbit.com, `websocket-indicator`, read 2026-11.
 */
import * as t from 'io-ts'
import { required } from './field'
import type { IndicatorFrameHead, IndicatorParts } from './indicator-fields'
import { anyParts, candleStart, codecByIndicator, headFields, tailFields } from './indicator-fields'
import type { IndicatorName } from './indicator-params'

function fieldsOf({ params, value }: IndicatorParts) {
  return {
    type: required('ty', t.literal('indicator')),
    ...headFields,
    params: required('p', params),
    candle_date_time_utc: candleStart,
    value: required('v', value),
    ...tailFields,
  } as const
}

/** Of any indicator: what each of them has of `params` and `value` is in `indicatorMembers`. */
export const indicatorFields = fieldsOf(anyParts)

interface OneIndicatorFrame<Name extends IndicatorName> extends IndicatorFrameHead<Name> {
  readonly type: 'indicator'
}

/**
 * An `indicator` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. Told apart by
 * `indicator`; one that this version does not know cannot be asked for.
 */
export type IndicatorFrame<Name extends IndicatorName = IndicatorName> = {
  readonly [Each in Name]: OneIndicatorFrame<Each>
}[Name]

export const indicatorCodec = codecByIndicator<IndicatorFrame>('indicator', fieldsOf)
