import { TallySum } from '../../src/channels/tally-sum'
import fc from '../support/seeded-fast-check'

const fields = ['offered', 'delivered', 'failed', 'coalesced', 'dropped', 'discarded', 'pending'] as const

describe('TallySum', () => {
  it('adds field by field', () => {
    const tally = fc.record(
      Object.fromEntries(fields.map((field) => [field, fc.nat()])) as Record<
        (typeof fields)[number],
        fc.Arbitrary<number>
      >,
    )
    fc.assert(
      fc.property(fc.array(tally), (tallies) => {
        const sum = new TallySum()
        for (const each of tallies) sum.add(each)
        for (const field of fields)
          expect(sum[field]).toBe(tallies.reduce((total, each) => total + each[field], 0))
      }),
    )
  })
})
