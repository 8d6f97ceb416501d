/** The command lines of the measurements: what they mean, and that what they do not know is refused. */
import { loadUsage, parseLoadOptions } from '../../bench/load/options'
import { scenarios } from '../../bench/load/scenarios'
import { parseOptions, usage } from '../../bench/options'

const rows = ['socket', 'heap']

describe('npm run bench', () => {
  it('measures everything with the peers in nine rounds', () => {
    expect(parseOptions([], rows)).toMatchObject({ quick: false, rounds: 9, peers: true, only: [] })
  })

  it('leaves the peers out of a quick look, unless they are asked for', () => {
    expect(parseOptions(['--quick'], rows)).toMatchObject({
      quick: true,
      rounds: 3,
      peers: false,
      record: false,
    })
    expect(parseOptions(['--quick', '--peers', '--only', 'heap'], rows)).toMatchObject({
      peers: true,
      only: ['heap'],
    })
  })

  it('refuses rows and options that it does not know, and a record of a full run', () => {
    expect(() => parseOptions(['--only', 'sockets'], rows)).toThrow('no such row: sockets')
    expect(() => parseOptions(['--fast'], rows)).toThrow('--fast')
    expect(() => parseOptions(['--record'], rows)).toThrow('--quick')
    for (const option of ['--quick', '--peers', '--record', '--only', '--json'])
      expect(usage(rows)).toContain(option)
  })
})

describe('npm run load', () => {
  it('runs every scenario for a minute', () => {
    expect(parseLoadOptions([], scenarios)).toEqual({ help: false, seconds: 60, only: [], json: undefined })
    for (const { name } of scenarios) expect(loadUsage(scenarios)).toContain(name)
  })

  it('runs some of them for so long', () => {
    const args = ['--seconds', '3', '--only', 'books-60000', '--json', 'out.json']
    expect(parseLoadOptions(args, scenarios)).toMatchObject({
      seconds: 3,
      only: ['books-60000'],
      json: 'out.json',
    })
  })

  it.each([['0'], ['-1'], ['soon'], ['3601'], ['']])('refuses %p seconds', (seconds) => {
    expect(() => parseLoadOptions([`--seconds=${seconds}`], scenarios)).toThrow('--seconds')
  })

  it('refuses scenarios that there are not', () => {
    expect(() => parseLoadOptions(['--only', 'books'], scenarios)).toThrow('no such scenario: books')
  })
})
