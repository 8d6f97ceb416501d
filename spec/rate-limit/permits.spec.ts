import { Permits } from '../../src/rate-limit/permits'
import fc from '../support/seeded-fast-check'

const second = { limit: 2, periodMs: 1000 }
const tenSeconds = { limit: 3, periodMs: 10_000 }

describe('Permits', () => {
  it('are free until they are out', () => {
    const permits = new Permits()
    expect(permits.free(second, 0)).toBe(2)
    permits.take(0)
    expect(permits.free(second, 0)).toBe(1)
    expect(permits.nextMs([second], 0)).toBe(0)
  })

  it('C11.1 return one period after the proof, and never counted from the sending', () => {
    const permits = new Permits()
    const permit = permits.take(0)
    permits.take(0)
    expect(permits.nextMs([second], 60_000)).toBe(Infinity)
    permit.countedAtMs = 60_000
    expect(permits.nextMs([second], 60_000)).toBe(61_010)
    expect(permits.free(second, 61_009)).toBe(0)
    expect(permits.free(second, 61_010)).toBe(1)
  })

  it('count in each window by its own period', () => {
    const permits = new Permits()
    for (const atMs of [0, 0, 1010]) permits.take(atMs, atMs)
    expect(permits.free(second, 3000)).toBe(2)
    expect(permits.nextMs([second, tenSeconds], 3000)).toBe(10_010)
  })

  it('say when the next ones may go at the earliest', () => {
    const permits = new Permits()
    permits.take(0, 0)
    permits.take(0)
    expect(permits.turnsMs([second, tenSeconds], 500, 4)).toEqual([1010, 10_010, 10_510, 11_020])
    expect(permits.turnsMs([second], 500, 2, 5000)).toEqual([5000, 5000])
  })

  it('wait until a lowered limit is kept', () => {
    const permits = new Permits()
    permits.take(0, 0)
    permits.take(0, 500)
    expect(permits.free({ limit: 1, periodMs: 1000 }, 900)).toBe(-1)
    expect(permits.nextMs([{ limit: 1, periodMs: 1000 }], 900)).toBe(1510)
    expect(permits.turnsMs([{ limit: 1, periodMs: 1000 }], 900, 1)).toEqual([1510])
  })

  it('forget what has returned', () => {
    const permits = new Permits()
    permits.take(0, 0)
    expect(permits.forget([second, tenSeconds], 10_009)).toBe(true)
    expect(permits.forget([second, tenSeconds], 10_010)).toBe(false)
    expect(permits.taken).toEqual([])
  })

  it('C11.1 a request is never said to wait where nothing is out, and never longer than for what is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ takenAtMs: fc.nat(5000), proofMs: fc.nat(3000) }), { maxLength: 30 }),
        fc.nat(8000),
        fc.integer({ min: 1, max: 5 }),
        (taken, nowMs, limit) => {
          const permits = new Permits()
          for (const { takenAtMs, proofMs } of taken) permits.take(takenAtMs, takenAtMs + proofMs)
          const windows = [{ limit, periodMs: 1000 }]
          const nextMs = permits.nextMs(windows, nowMs)
          expect(nextMs <= nowMs).toBe(permits.free(windows[0]!, nowMs) > 0)
          // What it says is exact: a permit is free then, and none is a millisecond earlier.
          expect(permits.free(windows[0]!, nextMs)).toBeGreaterThan(0)
          if (nextMs > nowMs) expect(permits.free(windows[0]!, nextMs - 1)).toBeLessThanOrEqual(0)
        },
      ),
    )
  })
})
