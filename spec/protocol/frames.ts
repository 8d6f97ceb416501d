/** Frames for the specs of the decoder: one of each type, spelled as the exchange spells them (seen 2026-08 and -09). */

export const tickerText =
  '{"type":"ticker","code":"KRW-BTC","opening_price":109165000.00000000,"high_price":1.10117E8,"low_price":1.08958E8,' +
  '"trade_price":109868000.0,"prev_closing_price":109165000,"acc_trade_price":59726546304.62442,"change":"RISE",' +
  '"change_price":703000.0,"signed_change_price":703000.0,"change_rate":0.006439793,"signed_change_rate":0.006439793,' +
  '"ask_bid":"BID","trade_volume":0.00009101,"acc_trade_volume":544.24861805,"trade_date":"20260826",' +
  '"trade_time":"072400","trade_timestamp":1787729040682,"acc_ask_volume":271.9810004,"acc_bid_volume":272.26761765,' +
  '"highest_52_week_price":1.79869E8,"highest_52_week_date":"2025-10-09","lowest_52_week_price":88342000,' +
  '"lowest_52_week_date":"2026-08-14","market_state":"ACTIVE","is_trading_suspended":false,"delisting_date":null,' +
  '"market_warning":"NONE","timestamp":1787729042606,"acc_trade_price_24h":198189163442.74924,' +
  '"acc_trade_volume_24h":1808.20110823,"stream_type":"REALTIME"}'

export const tradeText =
  '{"type":"trade","code":"KRW-BTC","timestamp":1787728554853,"trade_date":"2026-08-26","trade_time":"07:15:54",' +
  '"trade_timestamp":1787728554797,"trade_price":1.09847E8,"trade_volume":0.00509799,"ask_bid":"ASK",' +
  '"prev_closing_price":109165000.00000000,"change":"RISE","change_price":682000,"sequential_id":17877285547970001,' +
  '"best_ask_price":109867000,"best_ask_size":0.00995450,"best_bid_price":109847000,"best_bid_size":0.15836730,' +
  '"stream_type":"SNAPSHOT"}'

export const orderbookText =
  '{"type":"orderbook","code":"KRW-BTC","timestamp":1790134773006,"total_ask_size":12.34567891,' +
  '"total_bid_size":9.87654321,"orderbook_units":[{"ask_price":1.16539E8,"bid_price":1.16538E8,' +
  '"ask_size":0.00077720,"bid_size":0.06189},{"ask_price":1.1654E8,"bid_price":0E-8,"ask_size":5.0E-4,"bid_size":0}],' +
  '"stream_type":"REALTIME","level":0}'

export const candleText =
  '{"type":"candle.1m","code":"KRW-BTC","candle_date_time_utc":"2026-08-26T08:08:00",' +
  '"candle_date_time_kst":"2026-08-26T17:08:00","opening_price":109715000,"high_price":109780000.0,' +
  '"low_price":109715000,"trade_price":109779000,"candle_acc_trade_volume":0.43512345,' +
  '"candle_acc_trade_price":47755012.3456,"timestamp":1787731735321,"stream_type":"REALTIME"}'

/** One frame of every public type, in the DEFAULT format. */
export const frameTexts: Readonly<Record<'ticker' | 'trade' | 'orderbook' | 'candle', string>> = {
  ticker: tickerText,
  trade: tradeText,
  orderbook: orderbookText,
  candle: candleText,
}

/** A frame's text with the value of a key replaced; the value is JSON text. */
export function withValue(text: string, key: string, value: string): string {
  const pattern = new RegExp(`"${key}":("[^"]*"|[^,}\\]]+)`)
  expect(text).toMatch(pattern)
  return text.replace(pattern, () => `"${key}":${value}`)
}

/** A frame's text with the first appearance of a key, and its value, taken out. */
export function withoutKey(text: string, key: string): string {
  const pattern = new RegExp(`,?"${key}":("[^"]*"|[^,}\\]]+)`)
  expect(text).toMatch(pattern)
  return text.replace(pattern, '').replace('{,', '{')
}

/** A frame's text with something before its last bracket. */
export function withMore(text: string, more: string): string {
  return `${text.slice(0, -1)},${more}}`
}
