import { LagClock } from '../../src/observe/lag-clock'

/** Events every 100 ms, each under way for so long, received by a clock that is so far ahead. */
function receive(clock: LagClock, fromMs: number, count: number, underWayMs: number, aheadMs = 0) {
  let lagMs: number | undefined
  for (let i = 0; i < count; i++) {
    const sentMs = fromMs + i * 100
    lagMs = clock.lagMs(sentMs, sentMs + underWayMs + aheadMs)
  }
  return lagMs
}

const startMs = 1_800_000_000_000

describe('LagClock', () => {
  it('says nothing while too few events have come', () => {
    const clock = new LagClock()
    expect(receive(clock, startMs, 7, 30)).toBeUndefined()
    expect(clock.offsetMs).toBeUndefined()
    expect(receive(clock, startMs + 700, 1, 30)).toBe(0)
  })

  it.each([0, 3_600_000, -7_200_000])(
    'tells a late event from the quick ones by a clock %d ms ahead',
    (aheadMs) => {
      const clock = new LagClock()
      expect(receive(clock, startMs, 100, 30, aheadMs)).toBe(0)
      expect(clock.lagMs(startMs + 10_000, startMs + 10_000 + 430 + aheadMs)).toBe(400)
    },
  )

  it('gives the quickest events half the round trip of a ping', () => {
    const clock = new LagClock()
    clock.roundTripMs = 60
    expect(receive(clock, startMs, 100, 30, 5000)).toBe(30)
    expect(clock.offsetMs).toBe(5000)
  })

  it('still calls it lag when all events have been late for nine minutes, and the clock a few after ten', () => {
    const clock = new LagClock()
    receive(clock, startMs, 600, 30)
    expect(receive(clock, startMs + 60_000, 9 * 600, 2030)).toBe(2000)
    expect(receive(clock, startMs + 600_000, 4 * 600, 2030)).toBe(0)
  })

  it('has no lag of a stamp in another unit', () => {
    const clock = new LagClock()
    receive(clock, startMs, 100, 30)
    expect(clock.lagMs(startMs * 1000, startMs)).toBeUndefined()
  })

  it('starts over with a clock that was set back, within some hundred events', () => {
    const clock = new LagClock()
    receive(clock, startMs, 100, 30)
    expect(receive(clock, startMs + 20_000, 2000, 30, -3_600_000)).toBe(0)
  })
})
