import { deviation, ema, emaOf, rsi, sma } from '../../../src/simulator/indicators/series'

const none = undefined

describe('series', () => {
  it('sma is the mean of the last ones, when there are enough', () => {
    expect(sma([1, 2, 3, 7], 3)).toEqual([none, none, 2, 4])
    expect(sma([1], 3)).toEqual([none])
  })

  it('ema begins with the mean and moves by 2 / (period + 1) of the way', () => {
    expect(ema([1, 2, 3, 8], 3)).toEqual([none, none, 2, 5])
    expect(emaOf([none, 1, 2, 3, 8], 3)).toEqual([none, none, none, 2, 5])
    expect(emaOf([none, none], 3)).toEqual([none, none])
  })

  it('deviation is that of the population', () => {
    expect(deviation([2, 4, 4, 4, 5, 5, 7, 9], 8).at(-1)).toBe(2)
  })

  it('rsi begins with simple averages and smooths as Wilder did', () => {
    // Gains of 2 and 0, losses of 0 and 1: averages of 1 and 0.5; then a gain of 1.
    const [first, second, third, fourth] = rsi([10, 12, 11, 12], 2)
    expect([first, second]).toEqual([none, none])
    expect(third).toBeCloseTo((100 * 1) / 1.5, 10)
    expect(fourth).toBeCloseTo((100 * 1) / 1.25, 10)
  })

  it('rsi is 100 where it only rose, 0 where it only fell, 50 where nothing moved', () => {
    expect(rsi([1, 2, 3], 2).at(-1)).toBe(100)
    expect(rsi([3, 2, 1], 2).at(-1)).toBe(0)
    expect(rsi([1, 1, 1], 2).at(-1)).toBe(50)
  })
})
