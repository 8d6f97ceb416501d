import { newCounters } from '../../src/connection/counters'
import { CounterHistory } from '../../src/observe/counter-history'

function counting(sinceMs = 0) {
  const counters = newCounters()
  const history = new CounterHistory(sinceMs)
  /** So many frames at once. */
  const frames = (atMs: number, count = 1): void => {
    for (let i = 0; i < count; i++) {
      history.ahead(atMs, counters)
      counters.data++
      counters.byType['trade'] = (counters.byType['trade'] ?? 0) + 1
    }
  }
  return { counters, history, frames }
}

describe('CounterHistory', () => {
  it('is zero before anything was counted', () => {
    const { history } = counting()
    expect(history.risen('data', 1000, 10_000)).toBe(0)
    expect(history.risenOfType('trade', 1000, 10_000)).toBe(0)
    expect(history.risenDrift(1000, 10_000)).toBe(0)
  })

  it('is the rise within the window, to the second, however long it has run', () => {
    const { history, frames } = counting()
    for (let atMs = 0; atMs < 300_000; atMs += 100) frames(atMs)
    expect(history.risen('data', 299_900, 10_000)).toBeGreaterThanOrEqual(91)
    expect(history.risen('data', 299_900, 10_000)).toBeLessThanOrEqual(101)
    expect(history.risenOfType('trade', 299_900, 60_000)).toBeGreaterThanOrEqual(591)
    expect(history.risenOfType('trade', 299_900, 60_000)).toBeLessThanOrEqual(601)
  })

  it('counts nothing of what came before a silence', () => {
    const { history, frames } = counting()
    frames(0, 500)
    expect(history.risen('data', 3_600_000, 10_000)).toBe(0)
    frames(3_600_000, 2)
    expect(history.risen('data', 3_600_000, 10_000)).toBe(2)
  })

  it('divides a young history by its age, by a second at least', () => {
    const { history } = counting(5000)
    expect(history.secondsOf(5020, 10_000)).toBe(1)
    expect(history.secondsOf(7000, 10_000)).toBe(2)
    expect(history.secondsOf(70_000, 10_000)).toBe(10)
  })

  it('tells whether a second has begun', () => {
    const { history, counters } = counting()
    expect([0, 999, 1000, 1500, 2600].map((atMs) => history.ahead(atMs, counters))).toEqual([
      true,
      false,
      true,
      false,
      true,
    ])
  })

  it('begins anew when the clock goes back', () => {
    const { history, frames } = counting()
    frames(100_000, 5)
    frames(50_000, 3)
    expect(history.risen('data', 50_000, 10_000)).toBe(3)
  })

  it('counts drift by its sum', () => {
    const { history, counters } = counting()
    history.ahead(0, counters)
    counters.drift['ticker.new'] = 2
    expect(history.risenDrift(10, 60_000)).toBe(2)
  })
})
