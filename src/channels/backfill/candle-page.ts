/**
 * How pages of candles are asked for (docs.upbit.com `list-candles-minutes`, read 2026-11: at most 200 a page, `to`
 * exclusive, no candle for a period without a trade).
 */
import type { CandleUnit } from '../../protocol/wire'
import type { CandlePage } from '../backfill-source'
import { periodMs } from './candle-periods'

export interface CandleEntry {
  readonly code: string
  readonly unit: CandleUnit
}

/** So many pages are asked for one gap. */
export const mostPages = 1000
const mostRows = 200

/** The page that goes back to the period of `fromMs`, and one before: from `toMs`, or else from the present one. */
export function candlePage(
  { code, unit }: CandleEntry,
  fromMs: number,
  nowMs: number,
  toMs?: number,
): CandlePage {
  const count = Math.ceil(((toMs ?? nowMs) - fromMs) / periodMs(unit)) + 1
  const page = { code, unit, count: Math.min(mostRows, Math.max(1, count)) }
  return toMs === undefined ? page : { ...page, to: `${new Date(toMs).toISOString().slice(0, 19)}Z` }
}
