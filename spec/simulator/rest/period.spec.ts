import type { RestCandleUnit } from '../../../src/simulator/rest/period'
import { nextPeriodStart, periodStart } from '../../../src/simulator/rest/period'
import fc from '../../support/seeded-fast-check'

const units: readonly RestCandleUnit[] = ['1s', '1m', '240m', 'days', 'weeks', 'months', 'years']
const iso = (ms: number): string => new Date(ms).toISOString()

describe('periodStart', () => {
  it.each([
    ['1s', '2026-03-11T14:40:59.000Z'],
    ['3m', '2026-03-11T14:39:00.000Z'],
    ['240m', '2026-03-11T12:00:00.000Z'],
    ['days', '2026-03-11T00:00:00.000Z'],
    // A Monday.
    ['weeks', '2026-03-09T00:00:00.000Z'],
    ['months', '2026-03-01T00:00:00.000Z'],
    ['years', '2026-01-01T00:00:00.000Z'],
  ] as const)('the period of %s begins at %s', (unit, expected) => {
    expect(iso(periodStart(unit, Date.UTC(2026, 2, 11, 14, 40, 59, 95)))).toBe(expected)
  })

  it('periods follow each other without a gap', () => {
    const moments = fc.integer({ min: Date.UTC(2017, 0), max: Date.UTC(2040, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...units), moments, (unit, ms) => {
        const start = periodStart(unit, ms)
        const next = nextPeriodStart(unit, ms)
        expect(start).toBeLessThanOrEqual(ms)
        expect(next).toBeGreaterThan(ms)
        expect(periodStart(unit, start)).toBe(start)
        expect(periodStart(unit, next)).toBe(next)
        expect(periodStart(unit, next - 1)).toBe(start)
      }),
    )
  })
})
