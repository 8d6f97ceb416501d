/** The command line of the storm. */
import { parseStormOptions, stormUsage } from '../../../scripts/storm/options'

const clients = ['upbit-rx', 'ccxt']

describe('the options of a storm', () => {
  it('are everyone for ten seconds by default', () => {
    expect(parseStormOptions([], clients)).toEqual({
      help: false,
      seconds: 10,
      only: [],
      peers: true,
      json: undefined,
    })
  })

  it('take ours alone, some clients, a length and a file', () => {
    const args = ['--ours', '--only', 'upbit-rx', '--seconds', '3', '--json', 'out.json']
    expect(parseStormOptions(args, clients)).toEqual({
      help: false,
      seconds: 3,
      only: ['upbit-rx'],
      peers: false,
      json: 'out.json',
    })
  })

  it.each([
    [['--only', 'nobody'], 'no such client: nobody'],
    [['--seconds', '0'], "--seconds is from 1 to 120, not '0'"],
    [['--seconds', 'ten'], "--seconds is from 1 to 120, not 'ten'"],
  ])('refuse %j', (args, message) => {
    expect(() => parseStormOptions(args, clients)).toThrow(message)
  })

  it('are all in the help', () => {
    for (const option of ['--ours', '--only', '--seconds', '--json', '--help']) {
      expect(stormUsage(clients)).toContain(option)
    }
  })
})
