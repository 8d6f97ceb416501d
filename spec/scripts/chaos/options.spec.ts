/** The command line of the chaos. */
import { faultKinds } from '../../../scripts/chaos/fault-kinds'
import { chaosUsage, parseChaosOptions } from '../../../scripts/chaos/options'

describe('the options of a chaos', () => {
  it('are both parts with a fresh seed by default, at least 500 faults each', () => {
    const { faults, ...options } = parseChaosOptions([], 12)
    expect(options).toEqual({
      help: false,
      seed: 12,
      parts: ['virtual', 'sockets'],
      seconds: 75,
      speed: 5,
      only: [],
      json: undefined,
      brief: false,
    })
    expect(faults('virtual')).toBeGreaterThanOrEqual(500)
    expect(faults('sockets')).toBe(500)
  })

  it('take a seed, a number of faults, a length, kinds and parts', () => {
    const args = '--seed 7 --faults 1,000 --seconds 20 --speed 2 --only cut --only burst --part virtual'
    const { faults, ...options } = parseChaosOptions(args.split(' '), 12)
    expect(options).toMatchObject({
      seed: 7,
      seconds: 20,
      speed: 2,
      only: ['cut', 'burst'],
      parts: ['virtual'],
    })
    expect(faults('virtual')).toBe(1000)
  })

  it('say little where that is asked for', () => {
    expect(parseChaosOptions(['--brief'], 1).brief).toBe(true)
  })

  it('add the network namespaces to the other parts', () => {
    expect(parseChaosOptions(['--netns'], 1).parts).toEqual(['virtual', 'sockets', 'netns'])
    expect(parseChaosOptions(['--part', 'netns', '--netns'], 1).parts).toEqual(['netns'])
  })

  it.each([
    [['--only', 'nothing'], 'no such kind of fault: nothing'],
    [['--part', 'moon'], "--part is virtual, sockets, netns, not 'moon'"],
    [['--faults', '0'], "--faults is a whole number from 1 to 100000, not '0'"],
    [['--seed', 'x'], "--seed is a whole number from 0 to 2147483648, not 'x'"],
  ])('refuse %j', (args, message) => {
    expect(() => parseChaosOptions(args, 1)).toThrow(message)
  })

  it('are all in the help, with every kind of fault', () => {
    for (const option of [
      '--seed',
      '--faults',
      '--seconds',
      '--speed',
      '--only',
      '--part',
      '--netns',
      '--json',
    ]) {
      expect(chaosUsage).toContain(option)
    }
    for (const { name } of faultKinds) expect(chaosUsage).toContain(name)
  })
})
