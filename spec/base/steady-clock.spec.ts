import { virtualTime } from '../support/virtual-time'
import { steadyClock } from '../../src/base/steady-clock'
import fc from '../support/seeded-fast-check'

/** A clock that says what it is set to. */
function settable(startMs: number): { set(nowMs: number): void; now: () => number } {
  let nowMs = startMs
  const { environment } = virtualTime()
  return {
    set: (setMs) => {
      nowMs = setMs
    },
    now: steadyClock({ ...environment, now: () => nowMs }),
  }
}

describe('steadyClock', () => {
  it('says what the environment says while that goes forward', () => {
    const clock = settable(1000)
    expect(clock.now()).toBe(1000)
    clock.set(1500)
    expect(clock.now()).toBe(1500)
  })

  it('goes on from where it was when the clock is set back', () => {
    const clock = settable(3_600_000)
    expect(clock.now()).toBe(3_600_000)
    clock.set(0)
    expect(clock.now()).toBe(3_600_000)
    clock.set(250)
    expect(clock.now()).toBe(3_600_250)
    clock.set(100)
    expect(clock.now()).toBe(3_600_250)
    clock.set(160)
    expect(clock.now()).toBe(3_600_310)
  })

  it('never goes back, and misses no step forward', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10_000, max: 10_000 })), (steps) => {
        let atMs = 0
        const clock = settable(atMs)
        let expected = clock.now()
        for (const step of steps) {
          clock.set((atMs += step))
          expected += Math.max(0, step)
          expect(clock.now()).toBe(expected)
        }
      }),
    )
  })
})
