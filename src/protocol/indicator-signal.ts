/**
 * `indicator_signal`: a condition on an indicator came true with the candle that closed; nothing is sent while it stays
 * true. Source: docs.upbit.com, `websocket-indicator-signal`, read 2026-11.
 */
import * as t from 'io-ts'
import { openEnum, required } from './field'
import type { IndicatorEventParams, IndicatorFrameHead, IndicatorParts } from './indicator-fields'
import { anyParts, candleStart, codecByIndicator, headFields, tailFields } from './indicator-fields'
import type { IndicatorName, IndicatorTrigger } from './indicator-params'
import { indicatorTriggers } from './indicator-params'

function fieldsOf({ params, value, event_params }: IndicatorParts) {
  return {
    type: required('ty', t.literal('indicator_signal')),
    ...headFields,
    params: required('p', params),
    trigger: required('tr', openEnum('trigger', indicatorTriggers)),
    event_params: required('ep', event_params),
    candle_date_time_utc: candleStart,
    value: required('v', value),
    ...tailFields,
  } as const
}

/** Of any indicator: what each of them has of `params`, `event_params` and `value` is in `indicatorMembers`. */
export const indicatorSignalFields = fieldsOf(anyParts)

interface OneSignalFrame<Name extends IndicatorName> extends IndicatorFrameHead<Name> {
  readonly type: 'indicator_signal'
  readonly trigger: IndicatorTrigger<Name> | (string & {})
  readonly event_params: IndicatorEventParams<Name>
}

/**
 * An `indicator_signal` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. Told apart by
 * `indicator`; one that this version does not know cannot be asked for.
 */
export type IndicatorSignalFrame<Name extends IndicatorName = IndicatorName> = {
  readonly [Each in Name]: OneSignalFrame<Each>
}[Name]

export const indicatorSignalCodec = codecByIndicator<IndicatorSignalFrame>('indicator_signal', fieldsOf)
