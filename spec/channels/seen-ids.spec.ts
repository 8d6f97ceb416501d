/** Which ids are known: none twice, none new withheld, and a bounded number of them. */
import { SeenIds } from '../../src/channels/seen-ids'
import fc from '../support/seeded-fast-check'

describe('SeenIds', () => {
  it.each<[string, string, string]>([
    ['rising', '1 2 3', 'new new new'],
    ['falling', '3 2 1', 'new new new'],
    ['again, the newest and an older one', '1 2 2 1 3 3', 'new new known known new known'],
    ['by length, not by text', '9 10 9 10', 'new new known known'],
    ['beyond 2^53', '17640288000000001 17640288000000002 17640288000000001', 'new new known'],
    ['none at all', '0 0', 'new known'],
  ])('%s', (_, ids, verdicts) => {
    const seen = new SeenIds()
    const told = ids.split(' ').map((id) => (seen.add(id) ? 'new' : 'known'))
    expect(told.join(' ')).toBe(verdicts)
  })

  it('C5.3 tells each id once, whatever the order, as a set does that forgets nothing', () => {
    const ids = fc.array(fc.bigInt({ min: 0n, max: 300n }).map(String), { maxLength: 500 })
    fc.assert(
      fc.property(ids, (given) => {
        const seen = new SeenIds()
        const all = new Set<string>()
        for (const id of given) {
          expect(seen.add(id)).toBe(!all.has(id))
          all.add(id)
        }
      }),
    )
  })

  it.each<[string, (index: number) => number]>([
    ['falling', (index) => 20_000 - index],
    ['rising', (index) => index + 1],
    ['to and fro', (index) => (index % 2 === 0 ? index + 1 : 40_000 - index)],
  ])('C5.3 remembers at least the last 4,096 of ids %s, and not all', (_, idAt) => {
    const ids = Array.from({ length: 20_000 }, (_unused, index) => String(idAt(index)))
    const seen = new SeenIds()
    for (const id of ids) expect(seen.add(id)).toBe(true)
    for (const id of ids.slice(-4096)) expect(seen.add(id)).toBe(false)
  })

  it('forgets the oldest', () => {
    const seen = new SeenIds()
    for (let id = 20_000; id > 0; id--) seen.add(String(id))
    expect(seen.add('19999')).toBe(true)
  })
})
