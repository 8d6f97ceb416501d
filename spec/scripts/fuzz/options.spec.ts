/** The command line of the fuzz. */
import { parseFuzzOptions, usage } from '../../../scripts/fuzz/options'

describe('npm run fuzz', () => {
  it('runs a million frames and 400,000 numbers, with another seed each time', () => {
    expect(parseFuzzOptions([], 5)).toMatchObject({
      runs: 1_000_000,
      numbers: 400_000,
      seed: 5,
      only: undefined,
    })
    expect(parseFuzzOptions([], 2 ** 31 + 5).seed).toBe(5)
  })

  it('takes the number of runs, the seed, and one case to repeat', () => {
    expect(parseFuzzOptions(['--runs', '50_000', '--seed', '9'], 5)).toMatchObject({
      runs: 50_000,
      numbers: 20_000,
      seed: 9,
    })
    expect(parseFuzzOptions(['--case', 'frame:77'], 5).only).toEqual({ kind: 'frame', index: 77 })
    expect(parseFuzzOptions(['--help'], 5).help).toBe(true)
  })

  it.each([
    ['--runs', 'many'],
    ['--runs', '1.5'],
    ['--seed', ''],
    ['--case', '77'],
    ['--case', 'frames:77'],
  ])('refuses %s %s', (option, value) => {
    expect(() => parseFuzzOptions([`${option}=${value}`], 5)).toThrow(option)
    expect(usage).toContain(option)
  })
})
