import type { CandleFrame } from '../../../src/protocol/candle'
import { Candles } from '../../../src/simulator/market/candles'

const startMs = Date.UTC(2026, 7, 26, 12, 0, 0)
const trade = (second: number, price: number, size = 1) => ({
  price,
  size,
  askBid: 'ASK' as const,
  tradeMs: startMs + second * 1_000,
})

/** What a beat sends of one unit. */
function beat(candles: Candles, wanted: string): { sent: CandleFrame[]; left: boolean } {
  const sent: CandleFrame[] = []
  const left = candles.takeChanged(
    (unit) => unit === wanted,
    (frame) => sent.push(frame),
  )
  return { sent, left }
}

describe('Candles', () => {
  it('51 sum up the trades of their period', () => {
    const candles = new Candles('KRW-BTC')
    for (const [second, price] of [
      [1, 100],
      [2, 130],
      [3, 90],
      [4, 110],
    ] as const)
      candles.apply(trade(second, price, 0.1))
    expect(candles.latest('1m')).toEqual({
      type: 'candle.1m',
      code: 'KRW-BTC',
      candle_date_time_utc: '2026-08-26T12:00:00',
      candle_date_time_kst: '2026-08-26T21:00:00',
      opening_price: 100,
      high_price: 130,
      low_price: 90,
      trade_price: 110,
      candle_acc_trade_volume: 0.4,
      candle_acc_trade_price: expect.closeTo(43, 9) as number,
      timestamp: startMs + 4_000,
      stream_type: 'REALTIME',
    })
    expect(candles.latest('1s')).toMatchObject({
      opening_price: 110,
      candle_date_time_utc: '2026-08-26T12:00:04',
    })
    expect(candles.latest('240m')).toMatchObject({
      candle_date_time_utc: '2026-08-26T12:00:00',
      high_price: 130,
    })
  })

  it('51 go out once a change, and not without one', () => {
    const candles = new Candles('KRW-BTC')
    expect(candles.latest('1m')).toBeUndefined()
    expect(beat(candles, '1m')).toEqual({ sent: [], left: false })
    candles.apply(trade(1, 100))
    candles.apply(trade(1, 101))
    expect(beat(candles, '1m').sent).toMatchObject([{ trade_price: 101 }])
    expect(beat(candles, '1m').sent).toEqual([])
  })

  it('51 send the last state of a period before the first of the next, one in each second', () => {
    const candles = new Candles('KRW-BTC')
    candles.apply(trade(59.9, 100))
    candles.apply(trade(60.05, 200))
    const first = beat(candles, '1m')
    expect(first.sent).toMatchObject([{ candle_date_time_utc: '2026-08-26T12:00:00', trade_price: 100 }])
    expect(first.left).toBe(true)
    const second = beat(candles, '1m')
    expect(second.sent).toMatchObject([{ candle_date_time_utc: '2026-08-26T12:01:00', trade_price: 200 }])
    expect(second.left).toBe(false)
  })

  it('51 leave periods without trades out; the latest stays that of an earlier period', () => {
    const candles = new Candles('KRW-BTC')
    candles.apply(trade(10, 100))
    beat(candles, '3m')
    candles.apply(trade(245, 110))
    expect(beat(candles, '3m').sent).toMatchObject([{ candle_date_time_utc: '2026-08-26T12:03:00' }])
    expect(candles.latest('1m')).toMatchObject({ candle_date_time_utc: '2026-08-26T12:04:00' })
  })

  it('keep nothing for units that nobody wants', () => {
    const candles = new Candles('KRW-BTC')
    candles.apply(trade(1, 100))
    expect(beat(candles, '5m').sent).toHaveLength(1)
    expect(beat(candles, '1m').sent).toEqual([])
  })
})
