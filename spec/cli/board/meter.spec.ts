import { Meter } from '../../../src/cli/board/meter'

describe('Meter', () => {
  it('knows no rate before two looks at the counter', () => {
    const meter = new Meter()
    expect(meter.perSecond).toBe(0)
    meter.count(50, 1000)
    expect(meter.perSecond).toBe(0)
    meter.count(50, 1000)
    expect(meter.perSecond).toBe(0)
  })

  it('measures over the last two seconds', () => {
    const meter = new Meter()
    // 100 a second for ten seconds, then 10 a second.
    for (let tick = 0; tick <= 100; tick++) meter.count(tick * 10, tick * 100)
    expect(meter.perSecond).toBe(100)
    for (let tick = 1; tick <= 10; tick++) meter.count(1000 + tick, 10_000 + tick * 100)
    expect(meter.perSecond).toBeCloseTo((1010 - 900) / 2)
    for (let tick = 11; tick <= 20; tick++) meter.count(1000 + tick, 10_000 + tick * 100)
    expect(meter.perSecond).toBe(10)
  })

  it('goes to zero when nothing comes any more', () => {
    const meter = new Meter()
    meter.count(0, 0)
    meter.count(500, 1000)
    meter.count(500, 4000)
    meter.count(500, 6000)
    expect(meter.perSecond).toBe(0)
  })

  it('smooths the lag, whichever clock is ahead', () => {
    const meter = new Meter()
    expect(meter.lagMs).toBeUndefined()
    meter.lag(100)
    expect(meter.lagMs).toBe(100)
    meter.lag(0)
    expect(meter.lagMs).toBeCloseTo(90)
    for (let i = 0; i < 200; i++) meter.lag(-20)
    expect(meter.lagMs).toBeCloseTo(-20)
  })
})
