/** What tells the streams of indicators of one type and market apart: the timeframe, the parameters and the trigger. */
import type { KeyedIndicator } from '../protocol/param-key'
import { indicatorKey } from '../protocol/param-key'

export function combinationKey(timeframe: string, indicator: KeyedIndicator): string {
  return `${timeframe} ${indicatorKey(indicator)}`
}
