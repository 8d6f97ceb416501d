import { Busiest, BusiestWindow } from '../../src/simulator/busiest'
import fc from '../support/seeded-fast-check'

describe('BusiestWindow', () => {
  it('is the largest number in any window of the period, wherever it begins', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (gaps) => {
        const times: number[] = []
        for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap)
        const window = new BusiestWindow(1_000)
        for (const time of times) window.add(time)
        const inWindow = (from: number): number =>
          times.filter((time) => time >= from && time < from + 1_000).length
        expect(window.count).toBe(Math.max(0, ...times.map(inWindow)))
      }),
    )
  })
})

describe('Busiest', () => {
  it('counts connections, scopes and groups apart, and remembers those that have ended', () => {
    const busiest = new Busiest()
    for (const ms of [0, 1, 2]) busiest.message(1, ms)
    busiest.connectionEnded(1)
    for (const ms of [3, 4]) busiest.message(2, ms)
    for (const ms of [0, 999, 1_000, 9_999]) busiest.dial(ms)
    for (const ms of [0, 1]) busiest.call('ticker', 'a', ms)
    busiest.call('ticker', 'b', 2)
    busiest.call('origin', 'a', 0)
    busiest.call('origin', 'a', 9_000)
    expect(busiest.windows).toEqual({
      dials: { perSecond: 2, perTenSeconds: 4 },
      messages: { perSecond: 3, perMinute: 3 },
      rest: { ticker: 2, origin: 2 },
    })
  })
})
