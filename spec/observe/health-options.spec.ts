import { checkHealthOptions, healthThresholds } from '../../src/observe/health-options'

describe('checkHealthOptions', () => {
  it('takes any threshold that is one', () => {
    expect(() => checkHealthOptions(undefined)).not.toThrow()
    expect(() =>
      checkHealthOptions({ lagMs: 0, dropRate: 1, downMs: Infinity, ignore: ['LAG'] }),
    ).not.toThrow()
  })

  it.each([
    [{ lag: 1 }, /There is no `health.lag`/],
    [{ lagMs: -1 }, /`health.lagMs` is -1; allowed: a number from 0/],
    [{ dropRate: 2 }, /`health.dropRate` is 2; allowed: a number from 0 to 1/],
    [{ ignore: ['LAG', 'NOISE'] }, /`health.ignore\[1\]` is 'NOISE'; allowed: CREDENTIALS_REFUSED/],
    [{ ignore: 'LAG' }, /`health.ignore` is 'LAG'; allowed: a list of CREDENTIALS_REFUSED/],
    [3, /`health` is 3/],
  ])('C2.2 refuses %j', (options, words) => {
    expect(() => checkHealthOptions(options as object)).toThrow(words)
  })
})

describe('healthThresholds', () => {
  it('is the default where nothing is given', () => {
    expect(healthThresholds({ lagMs: 5 })).toEqual({ ...healthThresholds(), lagMs: 5 })
  })
})
