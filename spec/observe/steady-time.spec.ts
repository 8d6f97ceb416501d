import { SteadyTime } from '../../src/observe/steady-time'

describe('SteadyTime', () => {
  it('goes on from where it was when the clock is set back, and with the clock from there', () => {
    const time = new SteadyTime()
    expect([1_000_000, 1_000_500, 400_000, 401_000].map((ms) => time.at(ms))).toEqual([
      1_000_000, 1_000_500, 1_000_500, 1_001_500,
    ])
  })

  it('is not moved by times that were kept for a while, however many', () => {
    const time = new SteadyTime()
    time.at(10_000)
    for (let i = 0; i < 1000; i++) expect([time.at(10_000), time.at(9990)]).toEqual([10_000, 9990])
  })
})
