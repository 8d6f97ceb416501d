/** One combination of the info connection: a type, a market, a timeframe and an indicator. It is what the exchange counts. */
import type { InfoEvent } from '../../protocol/info-events'
import type { IndicatorRequest, IndicatorSignalRequest, Timeframe } from '../../protocol/indicator-params'
import type { KeyedIndicator } from '../../protocol/param-key'
import { indicatorKey } from '../../protocol/param-key'
import type { InfoType } from '../../protocol/wire'
import type { StreamKey } from '../../registry/stream-key'

export interface InfoKey extends StreamKey {
  readonly type: InfoType
  readonly timeframe: Timeframe
  /** As it is asked for. */
  readonly indicator: IndicatorRequest | IndicatorSignalRequest
  readonly combination: string
  /** `indicator KRW-BTC 5m rsi(period=14)`. */
  readonly id: string
}

export function infoKey(
  type: InfoType,
  code: string,
  timeframe: Timeframe,
  indicator: IndicatorRequest | IndicatorSignalRequest,
): InfoKey {
  const combination = combinationOf(timeframe, keyedOf(indicator))
  return {
    type,
    code,
    level: 0,
    combination,
    id: infoKeyId(type, code, timeframe, keyedOf(indicator)),
    timeframe,
    indicator,
  }
}

/** A request as what it has in common with an event. */
export function keyedOf(indicator: InfoKey['indicator']): KeyedIndicator {
  return { ...indicator, indicator: indicator.type }
}

/** Of an event, the key that it came for. */
export function infoKeyIdOf(event: InfoEvent): string {
  return infoKeyId(event.type, event.code, event.timeframe, event)
}

export function infoKeyId(type: string, code: string, timeframe: string, indicator: KeyedIndicator): string {
  return `${type} ${code} ${combinationOf(timeframe, indicator)}`
}

function combinationOf(timeframe: string, indicator: KeyedIndicator): string {
  return `${timeframe} ${indicatorKey(indicator)}`
}
