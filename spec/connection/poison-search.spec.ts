import type { Findings } from '../../src/connection/poison-search'
import { PoisonSearch } from '../../src/connection/poison-search'
import type { ServerError } from '../../src/protocol/control'
import fc from '../support/seeded-fast-check'

interface Key {
  readonly id: string
}

/** One refusal is proof. */
const atOnce = (): boolean => true
const error: ServerError = { name: 'INVALID_PARAM', message: 'nope' }
const keys = (...ids: string[]): Key[] => ids.map((id) => ({ id }))
const many = (count: number): Key[] => keys(...Array.from({ length: count }, (_, i) => `ticker KRW-C${i}`))
const ids = (of: readonly Key[]): string[] => of.map(({ id }) => id).sort()

/** Probes until the search is over; `judge` says whether a message with these passes. */
function run(
  search: PoisonSearch<Key>,
  judge: (probed: readonly string[]) => boolean,
  first?: Findings<Key>,
) {
  const innocent: string[] = []
  const guilty: string[] = []
  const together: string[][] = []
  const probes: string[][] = []
  const note = (found: Findings<Key>): void => {
    innocent.push(...ids(found.innocent))
    guilty.push(...found.guilty.map(({ key }) => key.id))
    together.push(...found.together.map((group) => ids(group.keys)))
  }
  if (first !== undefined) note(first)
  for (let next = search.next(); next !== undefined; next = search.next()) {
    const probed = ids(next)
    probes.push(probed)
    note(judge(probed) ? search.passed() : search.refused(error))
    if (probes.length > 10_000) throw new Error('endless')
  }
  return { innocent: innocent.sort(), guilty: guilty.sort(), together, probes }
}

/** A set of keys with some of them guilty. */
const suspects = fc.uniqueArray(fc.nat(999), { minLength: 2, maxLength: 200 }).chain((numbers) =>
  fc.tuple(
    fc.constant(numbers.map((n) => ({ id: `trade KRW-C${n}` }))),
    fc.subarray(
      numbers.map((n) => `trade KRW-C${n}`),
      { maxLength: Math.min(8, numbers.length) },
    ),
  ),
)

describe('PoisonSearch', () => {
  it('C9.6 finds any guilty ones and blames no other, within 2·k·log2(n) probes and a few', () => {
    fc.assert(
      fc.property(suspects, fc.boolean(), ([all, guilty], isProven) => {
        fc.pre(!isProven || guilty.length > 0)
        const search = new PoisonSearch<Key>(atOnce)
        const first = search.suspect(all, isProven ? error : undefined)
        const found = run(search, (probed) => !probed.some((id) => guilty.includes(id)), first)
        expect(found.guilty).toEqual([...guilty].sort())
        expect(found.innocent).toEqual(ids(all).filter((id) => !guilty.includes(id)))
        expect(found.together).toEqual([])
        expect(found.probes.length).toBeLessThanOrEqual(
          2 * guilty.length * Math.ceil(Math.log2(all.length)) + 1,
        )
        expect(search.suspects.size).toBe(0)
      }),
    )
  })

  it('C9.6 frees the most at once first', () => {
    const search = new PoisonSearch<Key>(atOnce)
    const first = search.suspect(many(16), error)
    const { probes } = run(search, (probed) => !probed.includes('ticker KRW-C0'), first)
    expect(probes.map((probed) => probed.length)).toEqual([8, 8, 4, 4, 2, 2, 1, 1])
  })

  it('C9.6 probes a single new entry that was refused before it is guilty', () => {
    const search = new PoisonSearch<Key>(atOnce)
    expect(search.suspect(keys('a'), error).guilty).toEqual([])
    expect(search.next()).toEqual(keys('a'))
    expect(search.refused(error).guilty).toEqual([{ key: { id: 'a' }, error }])
  })

  it('C9.6 probes a single entry that was not alone in what was refused', () => {
    const search = new PoisonSearch<Key>(atOnce)
    expect(search.suspect(keys('ticker KRW-NOPE')).guilty).toEqual([])
    expect(run(search, () => true)).toMatchObject({ innocent: ['ticker KRW-NOPE'], guilty: [] })
  })

  it('C9.6 tells of a set that fails only together, and blames nobody', () => {
    const search = new PoisonSearch<Key>(atOnce)
    const first = search.suspect(many(4), error)
    const found = run(search, (probed) => probed.length < 3, first)
    expect(found).toMatchObject({ guilty: [], together: [ids(many(4))] })
    expect(found.innocent).toEqual(ids(many(4)))
  })

  it('C9.6 tells of the smallest set that fails together only', () => {
    const search = new PoisonSearch<Key>(atOnce)
    const pair = ['ticker KRW-C0', 'ticker KRW-C1']
    const first = search.suspect(many(8), error)
    const found = run(search, (probed) => !pair.every((id) => probed.includes(id)), first)
    expect(found).toMatchObject({ guilty: [], together: [pair] })
  })

  it('C9.6 tries first what the words of the exchange name', () => {
    const search = new PoisonSearch<Key>(atOnce)
    const all = [...many(100), ...keys('candle.1s KRW-BTC', 'candle.1m KRW-BTC')]
    const first = search.suspect(all, {
      name: 'INVALID_PARAM',
      message: 'candle.1s 은 지원하지 않는 타입입니다.',
    })
    const { probes, guilty } = run(search, (probed) => !probed.includes('candle.1s KRW-BTC'), first)
    expect(guilty).toEqual(['candle.1s KRW-BTC'])
    expect(probes).toHaveLength(2)
  })

  it('C9.6 asks alone again where once is no proof, at once, and lets go who passes then', () => {
    const asked = new Map<string, number>()
    const twice = (id: string): boolean => {
      asked.set(id, (asked.get(id) ?? 0) + 1)
      return asked.get(id) === 2
    }
    const search = new PoisonSearch<Key>(twice)
    const first = search.suspect(keys('a', 'b', 'c', 'd'), error)
    let times = 0
    const found = run(
      search,
      (probed) => !probed.includes('b') && (!probed.includes('c') || ++times > 2),
      first,
    )
    expect(found).toMatchObject({ guilty: ['b'], innocent: ['a', 'c', 'd'] })
    expect(found.probes).toEqual([['a', 'b'], ['c', 'd'], ['a'], ['b'], ['b'], ['c'], ['c'], ['d']])
  })

  it('takes the words for a hint only', () => {
    const search = new PoisonSearch<Key>(atOnce)
    const first = search.suspect(many(8), { name: 'INVALID_PARAM', message: 'KRW-C3?' })
    const found = run(search, (probed) => !probed.includes('ticker KRW-C7'), first)
    expect(found.guilty).toEqual(['ticker KRW-C7'])
  })

  it('C9.6 drops what nobody wants any more, and still blames no innocent one', () => {
    fc.assert(
      fc.property(suspects, fc.array(fc.nat(400), { maxLength: 60 }), ([all, guilty], leaving) => {
        fc.pre(guilty.length > 0)
        const search = new PoisonSearch<Key>(atOnce)
        const wanted = new Set(ids(all))
        const blamed: string[] = []
        const freed: string[] = []
        const note = (found: Findings<Key>): void => {
          blamed.push(...found.guilty.map(({ key }) => key.id))
          freed.push(...ids(found.innocent))
          expect(found.together).toEqual([])
        }
        note(search.suspect(all, error))
        const left = [...leaving]
        const someLeave = (): void => {
          const index = left.pop()
          const id = index === undefined ? undefined : ids(all)[index % all.length]
          if (id === undefined || !wanted.delete(id)) return
          note(search.retain((each) => wanted.has(each)))
          expect(search.has(id)).toBe(false)
        }
        for (let next = search.next(); next !== undefined; next = search.next()) {
          const probed = ids(next)
          // In the middle of a probe.
          someLeave()
          note(probed.some((id) => guilty.includes(id)) ? search.refused(error) : search.passed())
        }
        expect(blamed.filter((id) => !guilty.includes(id))).toEqual([])
        const found = new Set([...blamed, ...freed])
        expect([...wanted].filter((id) => !found.has(id))).toEqual([])
      }),
    )
  })

  it('goes on where it was after a probe that broke', () => {
    const search = new PoisonSearch<Key>(atOnce)
    search.suspect(many(4), error)
    expect(search.next()).toEqual(search.next())
  })

  it('takes no verdict that is on nothing', () => {
    const search = new PoisonSearch<Key>(atOnce)
    search.suspect(many(2), error)
    search.next()
    search.retain(() => false)
    expect(search.refused(error)).toEqual({ innocent: [], guilty: [], together: [] })
    expect(search.passed()).toEqual({ innocent: [], guilty: [], together: [] })
    expect(search.next()).toBeUndefined()
  })

  it('suspects nobody twice', () => {
    const search = new PoisonSearch<Key>(atOnce)
    search.suspect(many(4), error)
    search.suspect(many(5), error)
    expect(run(search, () => true).innocent).toEqual(ids(many(5)))
  })
})
