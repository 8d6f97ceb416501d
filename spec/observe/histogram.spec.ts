import { Histogram } from '../../src/observe/histogram'
import fc from '../support/seeded-fast-check'

const startMs = 1_800_000_000_000

function filled(values: readonly number[], atMs = startMs): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.add(value, atMs)
  return histogram
}

describe('Histogram', () => {
  it('has nothing to say but a count of zero while nothing was observed', () => {
    expect(Histogram.read([], startMs)).toEqual({ count: 0 })
    expect(Histogram.read([new Histogram()], startMs)).toEqual({ count: 0 })
  })

  it('is exact up to 64 ms', () => {
    const values = Array.from({ length: 64 }, (_, index) => index)
    expect(Histogram.read([filled(values)], startMs)).toEqual({
      count: 64,
      mean: 31.5,
      p50: 31,
      p90: 57,
      p99: 63,
      max: 63,
    })
  })

  it('tells any percentile to 2 % of what sorting would say', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(durations, (values) => {
        const sorted = [...values].sort((a, b) => a - b)
        const read = Histogram.read([filled(values)], startMs)
        for (const [part, told] of [
          [0.5, read.p50],
          [0.9, read.p90],
          [0.99, read.p99],
        ] as const) {
          const exact = sorted[Math.ceil(values.length * part) - 1]!
          expect(Math.abs(told! - exact)).toBeLessThanOrEqual(exact * 0.02)
        }
        const sum = values.reduce((total, value) => total + value, 0)
        expect(Math.abs(read.mean! - sum / values.length)).toBeLessThanOrEqual((sum / values.length) * 0.02)
        expect(read).toMatchObject({ count: values.length, max: sorted.at(-1) })
      }),
    )
  })

  it('takes what is below zero for zero, and what is beyond hours for the longest', () => {
    expect(Histogram.read([filled([-5])], startMs)).toMatchObject({ count: 1, mean: 0, p50: 0, max: 0 })
    expect(Histogram.read([filled([1e12])], startMs)).toMatchObject({ count: 1, max: 1e12 })
  })

  it('keeps the window and ten seconds at most', () => {
    const histogram = filled([7])
    expect(Histogram.read([histogram], startMs + 60_000).count).toBe(1)
    expect(Histogram.read([histogram], startMs + 70_000).count).toBe(0)
  })

  it('forgets what lies in the future when the clock goes back', () => {
    const histogram = filled([7])
    histogram.add(3, startMs - 3_600_000)
    expect(Histogram.read([histogram], startMs - 3_600_000)).toMatchObject({ count: 1, max: 3 })
  })

  it('reads several as one', () => {
    expect(Histogram.read([filled([1, 2]), filled([3])], startMs)).toMatchObject({
      count: 3,
      mean: 2,
      max: 3,
    })
  })
})
