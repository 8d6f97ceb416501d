import { SecondCounts } from '../../src/observe/second-counts'

describe('SecondCounts', () => {
  it('counts the last minute, and all', () => {
    const counts = new SecondCounts()
    for (let second = 0; second < 120; second++) counts.add(second * 1000)
    expect(counts.recent(119_999)).toBe(60)
    expect(counts.recent(149_000)).toBe(30)
    expect(counts.recent(1_000_000)).toBe(0)
    expect(counts.all).toBe(120)
  })

  it('has nothing in the last minute of a clock that went back', () => {
    const counts = new SecondCounts()
    counts.add(1_000_000)
    expect(counts.recent(900_000)).toBe(0)
  })
})
