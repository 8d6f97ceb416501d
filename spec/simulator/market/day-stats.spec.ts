import { seededRandom } from '../../../src/base/seeded-random'
import { listings } from '../../../src/simulator/market/codes'
import { DayStats } from '../../../src/simulator/market/day-stats'
import { profile } from '../../../src/simulator/market/profile'

const hourMs = 3_600_000
const nineMs = Date.UTC(2026, 7, 26, 9, 30)
const [bitcoin] = listings(1).map((listing) => profile(listing, 1, 1))
const makeStats = (nowMs = nineMs): DayStats => {
  if (bitcoin === undefined) throw new Error('not listed')
  return new DayStats(bitcoin, seededRandom(1), nowMs)
}
const sell = (tradeMs: number, price: number, size = 1) => ({ price, size, askBid: 'ASK' as const, tradeMs })
const buy = (tradeMs: number, price: number, size = 1) => ({
  ...sell(tradeMs, price, size),
  askBid: 'BID' as const,
})

describe('DayStats', () => {
  it('begin with a past that agrees with itself', () => {
    const stats = makeStats()
    expect(stats.low).toBeLessThanOrEqual(stats.opening)
    expect(stats.high).toBeGreaterThanOrEqual(stats.opening)
    expect(stats.year.low).toBeLessThan(stats.low)
    expect(stats.year.high).toBeGreaterThan(stats.high)
    // Nine and a half of twenty-four hours.
    expect(stats.accAsk + stats.accBid).toBeGreaterThan(stats.volume24h * 0.2)
    expect(stats.accAsk + stats.accBid).toBeLessThan(stats.volume24h * 0.7)
    expect(stats.accValue).toBeLessThan(stats.value24h)
  })

  it('are moved by every trade', () => {
    const stats = makeStats()
    const { high, low, opening, prevClose, accBid, accAsk, accValue, volume24h } = stats
    const before = { high, low, opening, prevClose, accBid, accAsk, accValue, volume24h }
    stats.apply(buy(nineMs, before.high + 1_000, 2))
    stats.apply(sell(nineMs + 1, before.low - 1_000, 3))
    expect([stats.high, stats.low]).toEqual([before.high + 1_000, before.low - 1_000])
    expect(stats.accBid - before.accBid).toBeCloseTo(2, 6)
    expect(stats.accAsk - before.accAsk).toBeCloseTo(3, 6)
    expect(stats.volume24h - before.volume24h).toBeCloseTo(5, 6)
    expect(stats.accValue - before.accValue).toBeCloseTo(
      2 * (before.high + 1_000) + 3 * (before.low - 1_000),
      0,
    )
    expect([stats.opening, stats.prevClose]).toEqual([before.opening, before.prevClose])
  })

  it('begin anew with the first trade of a UTC day, whose previous close is the last price', () => {
    const stats = makeStats()
    stats.apply(sell(nineMs, 100_000_000))
    const volume24h = stats.volume24h
    stats.apply(buy(Date.UTC(2026, 7, 27, 0, 0, 1), 101_000_000, 0.5))
    expect(stats).toMatchObject({
      prevClose: 100_000_000,
      opening: 101_000_000,
      high: 101_000_000,
      low: 101_000_000,
      accAsk: 0,
      accBid: 0.5,
      accValue: 50_500_000,
    })
    expect(stats.volume24h).toBeGreaterThan(0.5)
    expect(stats.volume24h).toBeLessThan(volume24h)
  })

  it('forget what is older than a day, by the hour', () => {
    const stats = makeStats()
    stats.apply(sell(nineMs + 24 * hourMs, 100_000_000, 0.25))
    expect(stats.volume24h).toBeCloseTo(0.25, 6)
    expect(stats.value24h).toBeCloseTo(25_000_000, 0)
  })

  it('note new extremes of the year with their dates', () => {
    const stats = makeStats()
    stats.apply(sell(nineMs, 1))
    stats.apply(sell(nineMs, 1e9))
    expect(stats.year).toEqual({ high: 1e9, highDate: '2026-08-26', low: 1, lowDate: '2026-08-26' })
  })
})
