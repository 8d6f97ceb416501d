import { ClockOffset } from '../../src/channels/clock-offset'
import { virtualStartMs } from '../../src/testing'
import fc from '../support/seeded-fast-check'

/** An estimate after frames that took `lags` ms each, by a local clock that is `wrongMs` ahead. */
function after(lags: readonly number[], wrongMs = 0): ClockOffset {
  const clock = new ClockOffset()
  lags.forEach((lag, index) => {
    const sentMs = virtualStartMs + index * 10
    clock.observe(sentMs, sentMs + lag + wrongMs)
  })
  return clock
}

const times = (count: number, lag: number): number[] => Array<number>(count).fill(lag)

describe('ClockOffset', () => {
  it('counts the clocks as equal before eight frames have come', () => {
    expect(after(times(7, 300_000)).aheadMs(virtualStartMs, virtualStartMs)).toBe(0)
    expect(after(times(8, 300_000)).aheadMs(virtualStartMs, virtualStartMs)).toBe(300_000)
  })

  it.each([-300_000, -1, 0, 1, 300_000])('learns a local clock that is %i ms ahead', (wrongMs) => {
    const clock = after(times(64, 20), wrongMs)
    // A frame that is sent now comes 20 ms later, and is not from the future.
    expect(clock.aheadMs(virtualStartMs, virtualStartMs + 20 + wrongMs)).toBe(0)
    expect(clock.aheadMs(virtualStartMs + 5000, virtualStartMs + 20 + wrongMs)).toBe(5000)
  })

  it('is the lag of quick frames, whatever slow ones come between', () => {
    const lags = Array.from({ length: 64 }, (_, index) => (index % 4 === 0 ? 20 : 3000))
    expect(after(lags).aheadMs(virtualStartMs, virtualStartMs + 20)).toBe(0)
  })

  it('forgets what is older than 64 frames', () => {
    expect(after([...times(64, 0), ...times(64, 5000)]).aheadMs(virtualStartMs, virtualStartMs)).toBe(5000)
  })

  it.each([0, 8, 27, 60, 63])(
    'C5.4 knows by eight frames of a clock that comes right again (after %i)',
    (before) => {
      const lags = [...times(before, 20), ...times(128, 90_020)]
      expect(after(lags).aheadMs(virtualStartMs, virtualStartMs)).toBe(90_020)
      expect(after([...lags, ...times(8, 20)]).aheadMs(virtualStartMs, virtualStartMs)).toBe(20)
    },
  )

  it('C5.4 takes eight in a row that agree in nothing for faults, and not for a clock', () => {
    const days = Array.from({ length: 8 }, (_, index) => -((index + 1) ** 2) * 86_400_000)
    expect(after([...times(64, 20), ...days]).aheadMs(virtualStartMs, virtualStartMs)).toBe(20)
    expect(after([...times(64, 20), ...days, ...times(8, -90_000)]).aheadMs(0, 0)).toBe(-90_000)
  })

  it('C5.4 takes seven stamps in a row that are far ahead, or many that are not in a row, for faults', () => {
    expect(after([...times(64, 20), ...times(7, -90_000)]).aheadMs(virtualStartMs, virtualStartMs)).toBe(20)
    const odd = Array.from({ length: 640 }, (_, index) => (index % 12 === 7 ? -90_000 : 20))
    expect(after([...times(64, 20), ...odd]).aheadMs(virtualStartMs, virtualStartMs)).toBe(20)
  })

  it.each([
    ['microseconds', virtualStartMs * 1000],
    ['seconds', virtualStartMs / 1000],
  ])('takes nothing from stamps in %s', (_, stamp) => {
    const clock = after(times(8, 20))
    for (let i = 0; i < 100; i++) clock.observe(stamp, virtualStartMs)
    expect(clock.aheadMs(virtualStartMs, virtualStartMs + 20)).toBe(0)
  })

  it('lies within the lags that it has seen', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 8, maxLength: 300 }), (lags) => {
        const estimate = after(lags).aheadMs(0, 0)
        // Until the next renewal an estimate may be of frames that have left the window since.
        const seen = lags.slice(-128)
        expect(estimate).toBeGreaterThanOrEqual(Math.min(...seen))
        expect(estimate).toBeLessThanOrEqual(Math.max(...seen))
      }),
    )
  })
})
