/** Bodies as the exchange was recorded to answer (2026-03), in the shape of its answers. */

export const tickerBody =
  '[{"market":"KRW-BTC","trade_date":"20260311","trade_time":"144058","trade_date_kst":"20260311","trade_time_kst":"234058","trade_timestamp":1773240058930,"opening_price":102417000.0,"high_price":103988000.0,"low_price":101150000.0,"trade_price":103493000.0,"prev_closing_price":102417000.0,"change":"RISE","change_price":1076000.0,"change_rate":0.0105060683,"signed_change_price":1076000.0,"signed_change_rate":0.0105060683,"trade_volume":0.00094678,"acc_trade_price":104890185475.22821,"acc_trade_price_24h":162997300132.123,"acc_trade_volume":1024.30599241,"acc_trade_volume_24h":1587.73606087,"highest_52_week_price":179869000.0,"highest_52_week_date":"2025-10-09","lowest_52_week_price":89000000.0,"lowest_52_week_date":"2026-02-06","timestamp":1773240058973}]'

export const tradesBody =
  '[{"market":"KRW-BTC","trade_date_utc":"2026-03-11","trade_time_utc":"14:40:59","timestamp":1773240059095,"trade_price":103460000.0,"trade_volume":0.004,"prev_closing_price":102417000.0,"change_price":1043000.0,"ask_bid":"ASK","sequential_id":17732400590950000}]'

export const orderbookBody =
  '[{"market":"KRW-BTC","timestamp":1773240059000,"total_ask_size":3.5,"total_bid_size":1.25,"orderbook_units":[{"ask_price":103461000.0,"bid_price":103460000.0,"ask_size":1.5,"bid_size":1.0},{"ask_price":103462000.0,"bid_price":103459000.0,"ask_size":2.0,"bid_size":0.25}],"level":0}]'

export const instrumentsBody =
  '[{"market":"KRW-BTC","quote_currency":"KRW","tick_size":"1000","supported_levels":["0","10000","100000","1000000","10000000","100000000"]}]'

export const candlesBody =
  '[{"market":"KRW-BTC","candle_date_time_utc":"2026-03-11T14:40:00","candle_date_time_kst":"2026-03-11T23:40:00","opening_price":103400000.0,"high_price":103500000.0,"low_price":103390000.0,"trade_price":103460000.0,"timestamp":1773240059095,"candle_acc_trade_price":123456789.5,"candle_acc_trade_volume":1.19,"unit":1}]'

export const accountsBody =
  '[{"currency":"KRW","balance":"50000.47088291","locked":"0","avg_buy_price":"0","avg_buy_price_modified":true,"unit_currency":"KRW"}]'

export const limitBuyBody =
  '{"uuid":"82fe9b72-eb0f-462b-8e0e-e74ad844acea","side":"bid","ord_type":"limit","price":"10000000","state":"wait","market":"KRW-BTC","created_at":"2026-03-22T21:42:22+09:00","volume":"0.0005","remaining_volume":"0.0005","prevented_volume":"0","reserved_fee":"2.5","remaining_fee":"2.5","paid_fee":"0","locked":"5002.5","prevented_locked":"0","executed_volume":"0","trades_count":0}'

export const marketBuyBody =
  '{"uuid":"fce8ffa4-c810-4446-946d-9fa2a6c80ab5","side":"bid","ord_type":"price","price":"10000","state":"cancel","market":"KRW-BTC","created_at":"2026-03-22T21:47:08+09:00","reserved_fee":"5","remaining_fee":"0.000476075","paid_fee":"4.999523925","locked":"0.952626075","prevented_locked":"0","executed_volume":"0.00009713","trades_count":1,"trades":[{"market":"KRW-BTC","uuid":"7dd003ce-cfff-4d68-a75b-a00e325b0661","price":"102945000","volume":"0.00009713","funds":"9999.04785","trend":"up","created_at":"2026-03-22T21:47:08+09:00","side":"bid"}]}'

export const marketsBody =
  '[{"market":"KRW-BTC","korean_name":"비트코인","english_name":"Bitcoin","market_event":{"warning":false,"caution":{"PRICE_FLUCTUATIONS":false,"TRADING_VOLUME_SOARING":true,"DEPOSIT_AMOUNT_SOARING":false,"GLOBAL_PRICE_DIFFERENCES":false,"CONCENTRATION_OF_SMALL_ACCOUNTS":false}}}]'

/** The one row of a body as a value to be changed. */
export function rowOf(body: string): Record<string, unknown> {
  const parsed = JSON.parse(body) as Record<string, unknown> | Record<string, unknown>[]
  return Array.isArray(parsed) ? parsed[0]! : parsed
}

/** A ticker's body for these codes at one time. */
export function tickersAt(timestamp: number, ...codes: string[]): string {
  return JSON.stringify(codes.map((market) => ({ ...rowOf(tickerBody), market, timestamp })))
}
