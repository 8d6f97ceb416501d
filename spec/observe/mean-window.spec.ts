import { MeanWindow } from '../../src/observe/mean-window'

describe('MeanWindow', () => {
  it('is the mean of the present half minute and the one before', () => {
    const mean = new MeanWindow()
    expect(mean.mean(0)).toBeUndefined()
    mean.add(10, 0)
    mean.add(20, 29_999)
    mean.add(60, 30_000)
    expect(mean.mean(59_999)).toBe(30)
    expect(mean.mean(60_000)).toBe(60)
    expect(mean.mean(90_000)).toBeUndefined()
  })
})
