import { tooManyIndicators } from '../../../src/private/info/too-many-indicators'

describe('tooManyIndicators', () => {
  it.each([
    [
      1,
      100,
      'adds 1 combination of',
      '100 are subscribed, and 0 are left.',
      /^0 are left: unsubscribe from others first/,
    ],
    [
      2,
      99,
      'adds 2 combinations of',
      '99 are subscribed, and 1 is left.',
      /^1 is left: ask for no more, or unsubscribe/,
    ],
    [
      100,
      1,
      'adds 100 combinations of',
      '1 is subscribed, and 99 are left.',
      /^99 are left: ask for no more, or unsubscribe/,
    ],
  ])(
    'of %d more beside %d says how many are in use and how many are left',
    (added, used, adds, rest, step) => {
      const { code, message, nextStep, consumer } = tooManyIndicators('late', added, used)
      expect([code, consumer]).toEqual(['TOO_MANY_INDICATORS', 'late'])
      expect(message).toBe(
        `late ${adds} a market and an indicator; of the 100 that the exchange serves, ${rest}`,
      )
      expect(nextStep).toMatch(step)
    },
  )
})
