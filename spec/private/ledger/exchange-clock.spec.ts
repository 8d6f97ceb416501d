/** What the exchange's present is held to be, by frames and rows. */
import { ExchangeClock } from '../../../src/private/ledger/exchange-clock'

const noonMs = Date.UTC(2026, 10, 23, 12)
const frame = (atMs: number, receivedMs = atMs) => ({
  timestamp: noonMs + atMs,
  received_at: noonMs + receivedMs,
})

describe('ExchangeClock', () => {
  it('has the newest instant that frames and rows told, but none in microseconds', () => {
    const clock = new ExchangeClock()
    expect(clock.takeFrame({ timestamp: noonMs * 1000, received_at: noonMs })).toBe(false)
    expect(clock.newestMs).toBe(0)
    expect(clock.takeFrame(frame(1000))).toBe(true)
    clock.takeRow(noonMs + 2000, noonMs + 2500)
    clock.takeFrame(frame(1500))
    expect(clock.newestMs).toBe(noonMs + 2000)
  })

  it('C5.4 goes back with the exchange’s clock, and no row of before takes that back', () => {
    const clock = new ExchangeClock()
    clock.takeFrame(frame(100_000))
    for (const atMs of [100_001, 100_002, 100_003]) clock.takeFrame(frame(atMs - 60_000, atMs))
    expect(clock.newestMs).toBe(noonMs + 40_003)
    clock.takeRow(noonMs + 100_000, noonMs + 100_500)
    expect(clock.newestMs).toBe(noonMs + 40_500)
  })
})
