/** Complete, valid payloads of the info endpoint for tests, as `builders.ts` has them of the public one. */
import { virtualStartMs } from '../base/scheduler-environment'
import type { IndicatorFrame } from '../protocol/indicator'
import type { IndicatorSignalFrame } from '../protocol/indicator-signal'
import { unitMs } from './candle-period'
import { utcDateTime } from './dates'

/**
 * An `indicator` payload of KRW-BTC: the relative strength of the 5-minute candle that closed last before `timestamp`;
 * `fields` replace its own. For another indicator give `indicator`, `params` and `value` together.
 */
export function anIndicator(fields: Partial<IndicatorFrame> = {}): IndicatorFrame {
  const { timestamp = virtualStartMs } = fields
  // With the fields of another indicator it is that one: who gives some of them only, means no valid frame.
  return {
    type: 'indicator',
    code: 'KRW-BTC',
    timeframe: '5m',
    indicator: 'rsi',
    params: { period: 14 },
    candle_date_time_utc: closedBefore(timestamp),
    value: { rsi: 61.80339887 },
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  } as IndicatorFrame
}

/** An `indicator_signal` payload of KRW-BTC: the same strength rose above 70; `fields` replace its own. */
export function anIndicatorSignal(fields: Partial<IndicatorSignalFrame> = {}): IndicatorSignalFrame {
  const { timestamp = virtualStartMs } = fields
  // As above.
  return {
    type: 'indicator_signal',
    code: 'KRW-BTC',
    timeframe: '5m',
    indicator: 'rsi',
    params: { period: 14 },
    trigger: 'overbought',
    event_params: { threshold: 70 },
    candle_date_time_utc: closedBefore(timestamp),
    value: { rsi: 71.21320344 },
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  } as IndicatorSignalFrame
}

/** The start of the 5-minute candle that closed last. */
function closedBefore(ms: number): string {
  const length = unitMs('5m')
  return utcDateTime(Math.floor(ms / length) * length - length)
}
