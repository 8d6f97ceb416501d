import { announcementCategories } from '../../src/protocol/announcement'
import { checkCategories } from '../../src/protocol/check-categories'

describe('checkCategories', () => {
  it('gives every category once, in order', () => {
    expect(checkCategories([...announcementCategories, 'trade'], 'categories')).toEqual(
      announcementCategories,
    )
  })

  it.each([
    [['notice', 'trading'], 'categories[1]', "Did you mean 'trade'?"],
    [['walet'], 'categories[0]', "Did you mean 'wallet'?"],
    [['toString'], 'categories[0]', 'Write one of these.'],
    [[5], 'categories[0]', 'Write one of these.'],
    [[], 'categories', 'Leave it out for all of them.'],
  ])('refuses %j with what was meant', (value, option, nextStep) => {
    expect(() => checkCategories(value, 'categories')).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option, nextStep }) as Error,
    )
  })

  it.each([undefined, 'trade', {}, 5])('refuses %j, which is no list', (value) => {
    expect(() => checkCategories(value, 'categories')).toThrow(/`categories` is .*; allowed: a list/)
  })
})
