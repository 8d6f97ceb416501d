import { isBag } from '../../src/protocol/bag'
import { NumberText } from '../../src/protocol/number-text'

describe('isBag', () => {
  it('takes objects of either parse, and nothing else that JSON has', () => {
    for (const value of [{}, { a: 1 }, Object.create(null)]) expect(isBag(value)).toBe(true)
    for (const value of [null, undefined, [], [{}], 'text', 5, true]) expect(isBag(value)).toBe(false)
  })

  it('takes no number of the slow parse for an object', () => {
    expect(isBag(new NumberText('5'))).toBe(false)
  })
})
