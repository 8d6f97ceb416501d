import { agePerStepMs, placeOf, priorities } from '../../src/rate-limit/priority'

describe('placeOf', () => {
  it('C11.1 puts a reconnect before a subscribe, a reconcile, a back-fill and a poll', () => {
    expect(priorities).toEqual(['reconnect', 'subscribe', 'reconcile', 'backfill', 'poll'])
    const places = priorities.map((priority) => placeOf(priority, 0))
    expect([...places].sort((a, b) => a - b)).toEqual(places)
  })

  it('C11.1 lets nobody overtake who has waited for 2 s a step of priority', () => {
    expect(agePerStepMs).toBe(2000)
    expect(placeOf('poll', 0)).toBe(placeOf('reconnect', 8000))
    expect(placeOf('poll', 0)).toBeLessThan(placeOf('reconnect', 8001))
  })
})
