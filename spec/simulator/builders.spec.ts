import { aCandle, anOrderbook, aTicker, aTrade, sequentialId } from '../../src/simulator/builders'
import { eventCodecs } from '../../src/protocol/events'
import { candleUnits } from '../../src/protocol/wire'

describe('builders', () => {
  it('C14.2 give complete valid payloads', () => {
    expect(eventCodecs.ticker.is(aTicker())).toBe(true)
    expect(eventCodecs.trade.is(aTrade())).toBe(true)
    expect(eventCodecs.orderbook.is(anOrderbook())).toBe(true)
    for (const unit of candleUnits) expect(eventCodecs.candle.is(aCandle(unit))).toBe(true)
  })

  it('give the same payload every time, with the fields that a test names', () => {
    expect(aTicker({ code: 'KRW-ETH' })).toEqual({ ...aTicker(), code: 'KRW-ETH' })
    expect(aTrade()).toEqual(aTrade())
  })

  it('let dates and ids follow the time, and totals the levels', () => {
    const atMs = Date.UTC(2026, 7, 26, 7, 15, 54, 797)
    expect(aTicker({ timestamp: atMs })).toMatchObject({
      trade_date: '20260826',
      trade_time: '071554',
      trade_timestamp: atMs,
    })
    expect(aTrade({ trade_timestamp: atMs })).toMatchObject({
      trade_date: '2026-08-26',
      trade_time: '07:15:54',
      timestamp: atMs,
      sequential_id: '17877285547970000',
    })
    const units = [{ ask_price: 2, bid_price: 1, ask_size: 0.1, bid_size: 0.3 }]
    expect(anOrderbook({ orderbook_units: [...units, ...units, ...units] })).toMatchObject({
      total_ask_size: 0.3,
      total_bid_size: 0.9,
    })
    expect(aCandle('240m', { timestamp: atMs })).toMatchObject({
      type: 'candle.240m',
      candle_date_time_utc: '2026-08-26T04:00:00',
      candle_date_time_kst: '2026-08-26T13:00:00',
    })
  })

  it('47 count ids within a millisecond', () => {
    expect(sequentialId(1_787_728_560_262, 1)).toBe('17877285602620001')
  })
})
