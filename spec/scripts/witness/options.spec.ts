/** The command line of the witness. */
import { parseWitnessOptions, witnessUsage } from '../../../scripts/witness/options'

describe('the options of a witness', () => {
  it('are none but its help', () => {
    expect(parseWitnessOptions([])).toEqual({ help: false })
    expect(parseWitnessOptions(['--help'])).toEqual({ help: true })
    expect(witnessUsage).toContain('--help')
  })

  it.each([
    [['--seed', '1'], "Unknown option '--seed'"],
    [['ccxt'], "Unexpected argument 'ccxt'"],
  ])('refuse %j', (args, message) => {
    expect(() => parseWitnessOptions(args)).toThrow(message)
  })
})
