/** `GET /v1/trades/ticks`: pages of one UTC day, the newest trade first. */
import { dayMs, utcDate, utcTime } from '../dates'
import { difference } from '../market/frames'
import { quotationErrors } from './answer'
import type { MarketsView } from './markets-view'
import type { Query } from './query'
import type { RestValue } from './rest-json'
import type { ExecutedTrade, TradeHistory } from './trade-history'

type Row = Readonly<Record<string, RestValue>>

export function recentTrades(markets: MarketsView, query: Query, nowMs: number): readonly Row[] {
  const code = markets.check(query.required('market').toUpperCase())
  const count = query.integer('count', { from: 1, to: 500, otherwise: 1 })
  const daysAgo = query.integer('days_ago', { from: 1, to: 7, otherwise: 0 })
  const dayStartMs = Math.floor(nowMs / dayMs) * dayMs - daysAgo * dayMs
  const untilMs = dayStartMs + timeOfDay(query.text('to'))
  const cursor = query.text('cursor')
  if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) throw quotationErrors.type()

  const trades = markets.past(code)?.trades
  if (trades === undefined) return []
  const begin = trades.indexFrom(dayStartMs)
  const dayEnd = trades.indexFrom(untilMs)
  // Exclusive: the page starts with the trade just before the cursor's.
  const end =
    cursor === undefined ? dayEnd : Math.min(dayEnd, cursorIndex(trades, BigInt(cursor), dayStartMs))
  const page: Row[] = []
  for (let index = end - 1; index >= begin && page.length < count; index--) {
    page.push(tradeRow(code, trades.at(index)))
  }
  return page
}

/** Where a cursor points to; nowhere for one of another day, which is likely and not recorded. */
function cursorIndex(trades: TradeHistory, cursor: bigint, dayStartMs: number): number {
  // An id that no trade has lies where its time would be.
  const index = trades.indexOf(cursor) ?? trades.indexFrom(Number(cursor / 10_000n), cursor)
  const isOfDay = index === trades.length || trades.timeAt(index) < dayStartMs + dayMs
  return isOfDay ? index : 0
}

/** The ms of the day until which trades are wanted: `HHmmss` or `HH:mm:ss`, that second left out. */
function timeOfDay(to: string | undefined): number {
  if (to === undefined) return dayMs
  const match = /^([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)$/.exec(to)
  if (match === null) throw quotationErrors.parameter()
  const [hours, minutes, seconds] = match.slice(1).map(Number) as [number, number, number]
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000
}

function tradeRow(market: string, { tradeMs, id, price, size, prevClose, askBid }: ExecutedTrade): Row {
  return {
    market,
    trade_date_utc: utcDate(tradeMs),
    trade_time_utc: utcTime(tradeMs),
    timestamp: tradeMs,
    trade_price: price,
    trade_volume: size,
    prev_closing_price: prevClose,
    // Signed, unlike the socket's.
    change_price: difference(price, prevClose),
    ask_bid: askBid,
    sequential_id: id,
  }
}
