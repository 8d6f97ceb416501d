import { aCandle, virtualStartMs } from '../../../src/testing'
import { CandleHistory } from '../../../src/simulator/rest/candle-history'
import { periodStart } from '../../../src/simulator/rest/period'
import type { RestCandleUnit } from '../../../src/simulator/rest/period'
import type { ExecutedTrade } from '../../../src/simulator/rest/trade-history'
import { TradeHistory } from '../../../src/simulator/rest/trade-history'
import fc from '../../support/seeded-fast-check'

const trade = (afterMs: number, price: number, id = BigInt(afterMs)): ExecutedTrade => ({
  tradeMs: virtualStartMs + afterMs,
  id,
  price,
  size: 0.5,
  prevClose: 90,
  askBid: 'ASK',
})

function historyOf(trades: readonly ExecutedTrade[]): CandleHistory {
  const history = new TradeHistory()
  for (const each of trades) history.add(each)
  return new CandleHistory(history)
}

describe('CandleHistory', () => {
  it('has for each period what its trades make, and none where there were none', () => {
    const candles = historyOf([trade(0, 100), trade(500, 130), trade(900, 80), trade(2_100, 7)])
    expect(candles.startingBefore('1s', virtualStartMs + 60_000, 10)).toEqual([
      {
        startMs: virtualStartMs + 2_000,
        opening: 7,
        high: 7,
        low: 7,
        close: 7,
        volume: 0.5,
        value: 3.5,
        lastMs: virtualStartMs + 2_100,
        prevClose: 90,
      },
      {
        startMs: virtualStartMs,
        opening: 100,
        high: 130,
        low: 80,
        close: 80,
        volume: 1.5,
        value: 155,
        lastMs: virtualStartMs + 900,
        prevClose: 90,
      },
    ])
  })

  it('gives those that start before a moment: pages put together are the whole, once', () => {
    const trades = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 1, maxLength: 200 })
    const units = fc.constantFrom<RestCandleUnit>('1s', '1m', '3m', 'days')
    fc.assert(
      fc.property(trades, units, fc.integer({ min: 1, max: 20 }), (times, unit, count) => {
        const candles = historyOf(times.map((ms, n) => trade(ms, 1 + (ms % 7), BigInt(n))))
        const rows = []
        let before = virtualStartMs + 1_000_000
        for (;;) {
          const page = candles.startingBefore(unit, before, count)
          if (page.length === 0) break
          expect(page.length).toBeLessThanOrEqual(count)
          rows.push(...page)
          before = page.at(-1)?.startMs ?? 0
        }
        const starts = new Set(times.map((ms) => periodStart(unit, virtualStartMs + ms)))
        expect(rows.map(({ startMs }) => startMs)).toEqual([...starts].sort((a, b) => b - a))
        expect(rows.reduce((sum, { volume }) => sum + volume, 0)).toBeCloseTo(times.length / 2)
      }),
    )
  })

  it('has what a test has sent of a period, whatever its trades were', () => {
    const candles = historyOf([trade(0, 100), trade(61_000, 200)])
    candles.tell(aCandle('1m', { trade_price: 55 }))
    candles.tell({ ...aCandle('1m'), candle_date_time_utc: 'never' })
    expect(candles.startingBefore('1m', virtualStartMs + 90_000, 5).map(({ close }) => close)).toEqual([
      200, 55,
    ])
    expect(candles.startingBefore('3m', virtualStartMs + 90_000, 5).map(({ close }) => close)).toEqual([200])
    expect(candles.startingBefore('1m', virtualStartMs, 5)).toEqual([])
  })
})
