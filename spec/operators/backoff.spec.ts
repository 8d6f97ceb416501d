import { backoffDelayMs } from '../../src/operators/backoff'
import fc from '../support/seeded-fast-check'

const policy = { baseMs: 1000, maxMs: 30_000, spread: 0.25 }

describe('backoffDelayMs', () => {
  it('C10.1 doubles from the base to the ceiling', () => {
    const middle = (): number => 0.5
    expect([1, 2, 3, 4, 5, 6, 7, 5000].map((attempt) => backoffDelayMs(attempt, middle, policy))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
    ])
  })

  it('C10.1 spreads a delay evenly between 75 % and 125 %', () => {
    expect(backoffDelayMs(1, () => 0, policy)).toBe(750)
    expect(backoffDelayMs(1, () => 0.75, policy)).toBe(1125)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (attempt, draw) => {
          const delayMs = backoffDelayMs(attempt, () => draw, policy)
          expect(delayMs).toBeGreaterThanOrEqual(750)
          expect(delayMs).toBeLessThan(37_500)
        },
      ),
    )
  })

  it('stays at nothing when the base is nothing, after any number of attempts', () => {
    expect(backoffDelayMs(5000, () => 0.5, { baseMs: 0, maxMs: 10, spread: 0 })).toBe(0)
  })
})
