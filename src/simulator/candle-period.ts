/** The length of candle periods. */
import type { CandleUnit } from '../protocol/wire'

const lengths: Readonly<Record<CandleUnit, number>> = {
  '1s': 1_000,
  '1m': 60_000,
  '3m': 180_000,
  '5m': 300_000,
  '10m': 600_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '60m': 3_600_000,
  '240m': 14_400_000,
}

export function unitMs(unit: CandleUnit): number {
  return lengths[unit]
}
