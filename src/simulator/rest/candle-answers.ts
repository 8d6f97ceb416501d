/** `GET /v1/candles/…`: the newest first, the unfinished one included. */
import { kstDateTime, utcDate, utcDateTime } from '../dates'
import { difference } from '../market/frames'
import { quotationErrors } from './answer'
import type { CandleRow } from './candle-history'
import type { MarketsView } from './markets-view'
import type { RestCandleUnit } from './period'
import { isCalendarUnit } from './period'
import type { Query } from './query'
import type { RestValue } from './rest-json'

type Row = Readonly<Record<string, RestValue>>

const minuteUnits: ReadonlySet<string> = new Set(['1', '3', '5', '10', '15', '30', '60', '240'])

/** The length that a path asks for: `seconds`, `minutes/15`, `weeks`; `undefined` for a path that there is not. */
export function candleUnitOf(path: string): RestCandleUnit | undefined {
  if (path === 'seconds') return '1s'
  if (isCalendarUnit(path)) return path
  const [, minutes] = /^minutes\/(\w+)$/.exec(path) ?? []
  if (minutes === undefined) return undefined
  if (!minuteUnits.has(minutes)) throw quotationErrors.parameter()
  return `${minutes}m` as RestCandleUnit
}

export function candles(
  markets: MarketsView,
  query: Query,
  unit: RestCandleUnit,
  nowMs: number,
): readonly Row[] {
  const code = markets.check(query.required('market').toUpperCase())
  const count = query.integer('count', { from: 1, to: 200, otherwise: 1 })
  const to = query.text('to')
  const beforeMs = to === undefined ? nowMs + 1 : instant(to)
  const converting = query.text('converting_price_unit')
  const rows = markets.past(code)?.candles.startingBefore(unit, beforeMs, count) ?? []
  return rows.map((row) => {
    const common = commonFields(code, row)
    if (unit === 'days') {
      return { ...common, ...changeFields(row), ...converted(markets, code, row, converting) }
    }
    if (isCalendarUnit(unit)) return { ...common, first_day_of_period: utcDate(row.startMs) }
    return unit === '1s' ? common : { ...common, unit: Number.parseInt(unit, 10) }
  })
}

/** `2025-06-24T04:56:53Z`, `2025-06-24 04:56:53` in UTC, or with an offset. */
export function instant(text: string): number {
  // An unencoded plus sign arrives as a space.
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,3})?)(Z|[+ -]\d\d:?\d\d)?$/.exec(text)
  const ms =
    match === null ? NaN : Date.parse(`${match[1]}T${match[2]}${(match[3] ?? 'Z').replace(' ', '+')}`)
  if (Number.isNaN(ms)) throw quotationErrors.parameter()
  return ms
}

function commonFields(market: string, row: CandleRow): Row {
  return {
    market,
    candle_date_time_utc: utcDateTime(row.startMs),
    candle_date_time_kst: kstDateTime(row.startMs),
    opening_price: row.opening,
    high_price: row.high,
    low_price: row.low,
    trade_price: row.close,
    timestamp: row.lastMs,
    candle_acc_trade_price: row.value,
    candle_acc_trade_volume: row.volume,
  }
}

/** Signed both, against the close of the day before. */
function changeFields({ close, opening, prevClose = opening }: CandleRow): Row {
  const change = difference(close, prevClose)
  return {
    prev_closing_price: prevClose,
    change_price: change,
    change_rate: Number((change / prevClose).toFixed(10)),
  }
}

/** In won, at the present price of the quote currency. */
function converted(markets: MarketsView, code: string, { close }: CandleRow, unit: string | undefined): Row {
  if (unit === undefined) return {}
  if (unit !== 'KRW') throw quotationErrors.parameter()
  const quote = markets.quote(code)
  return { converted_trade_price: quote === 'KRW' ? close : close * markets.price(`KRW-${quote}`) }
}
