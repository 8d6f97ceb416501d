/** What the indicators of an exchange are made of, and for whom. */
import type { Audience } from '../audience'
import type { History } from '../rest/history'
import type { IndicatorSource } from './indicator-feed'

export function indicatorSource(
  audience: Audience,
  history: History,
  publish: IndicatorSource['publish'],
): IndicatorSource {
  return {
    // Other markets have none: what is asked of them is silence.
    items: (type, code) => (code.startsWith('KRW-') ? audience.items(type, code) : []),
    candles: (code, unit, beforeMs, count) =>
      history.of(code)?.candles.startingBefore(unit, beforeMs, count) ?? [],
    publish,
  }
}
