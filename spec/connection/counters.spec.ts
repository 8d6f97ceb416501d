import { newCounters } from '../../src/connection/counters'

describe('newCounters', () => {
  it('starts at nothing, each connection for itself', () => {
    const counters = newCounters()
    const { byType, drift, stoppedAt, ...numbers } = counters
    expect(new Set(Object.values(numbers))).toEqual(new Set([0]))
    counters.frames++
    counters.byType.ticker = 1
    expect(newCounters().frames).toBe(0)
    expect(newCounters().byType).toEqual({})
    expect([drift, stoppedAt]).toEqual([{}, {}])
  })

  it('counts names from the network without touching a prototype', () => {
    const { byType, drift, stoppedAt } = newCounters()
    for (const record of [byType, drift, stoppedAt]) {
      expect(record.__proto__).toBeUndefined()
      expect(record.constructor).toBeUndefined()
      record.__proto__ = 1
      expect(Object.keys(record)).toEqual(['__proto__'])
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
