import { sparkline } from '../../../src/cli/board/sparkline'

describe('sparkline', () => {
  it('spans the height of a letter from the lowest to the highest', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  })

  it('shows the newest that fit, over their own span', () => {
    expect(sparkline([1000, 1, 2, 1], 3)).toBe('▁█▁')
  })

  it('is flat where nothing moved', () => {
    expect(sparkline([5, 5, 5], 8)).toBe('▁▁▁')
  })

  it('is empty where nothing is known', () => {
    expect(sparkline([], 8)).toBe('')
  })
})
