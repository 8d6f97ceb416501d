/** The guard against regressions: what counts as worse, what as noise, and that a missing figure is no pass. */
import type { Figures } from '../../../bench/guard/compare'
import { afterSecondLook, compare, faults, suspects } from '../../../bench/guard/compare'

const names = [{ name: 'socket' }, { name: 'heap' }]
const recorded = { socket: 1.2, heap: 4000 }

const judgements = (compared: ReturnType<typeof compare>): readonly string[] =>
  compared.map(({ judgement }) => judgement)

describe('figures against those on record', () => {
  it('are as recorded within 25 %, in either direction', () => {
    expect(judgements(compare(names, recorded, { socket: 1.5, heap: 3000 }))).toEqual([
      'as recorded',
      'as recorded',
    ])
    expect(judgements(compare(names, recorded, { socket: 1.51, heap: 2990 }))).toEqual(['worse', 'better'])
  })

  it('tell the change as a share of what was recorded', () => {
    const [socket, heap] = compare(names, recorded, { socket: 1.8, heap: 4000 })
    expect(socket).toMatchObject({ name: 'socket', now: 1.8, recorded: 1.2, again: false })
    expect(socket!.change).toBeCloseTo(0.5)
    expect(heap!.change).toBe(0)
  })

  it('of what both sides share most are held against 1, where the record is below', () => {
    const paced = [{ name: 'paced', goesTo1: true }]
    const judge = (before: number, now: number): unknown =>
      compare(paced, { paced: before }, { paced: now })[0]!.judgement
    expect([judge(0.7, 1.25), judge(0.7, 1.26), judge(1.2, 1.5), judge(1.2, 1.51)]).toEqual([
      'as recorded',
      'worse',
      'as recorded',
      'worse',
    ])
    expect(judge(0.7, 0.5)).toBe('better')
  })

  it('are a fault when they are worse, not when they are better', () => {
    const compared = compare(names, recorded, { socket: 2, heap: 1 })
    expect(faults(compared).map(({ name }) => name)).toEqual(['socket'])
  })

  it.each([undefined, NaN, 0, Infinity])('are a fault when there is none: %s', (none) => {
    const now: Figures = none === undefined ? { heap: 4000 } : { socket: none, heap: 4000 }
    const compared = compare(names, recorded, now)
    expect(judgements(compared)).toEqual(['not measured', 'as recorded'])
    expect(faults(compared)).toHaveLength(1)
    // Nothing to measure again: a second look is for noise.
    expect(suspects(compared)).toEqual([])
    const unknown = compare(names, now, recorded)
    expect(judgements(unknown)).toEqual(['not recorded', 'as recorded'])
    expect(faults(unknown)).toHaveLength(1)
  })
})

describe('a second look', () => {
  const first = compare(names, recorded, { socket: 2, heap: 4100 })
  const after = (second: Figures): ReturnType<typeof compare> =>
    afterSecondLook(first, compare([{ name: 'socket' }], recorded, second, true))

  it('is asked for what looks worse alone', () => {
    expect(suspects(first)).toEqual(['socket'])
    expect(suspects(compare(names, recorded, recorded))).toEqual([])
  })

  it('clears what is as recorded then, and says that it was the second', () => {
    const compared = after({ socket: 1.3 })
    expect(compared).toMatchObject([
      { judgement: 'as recorded', now: 1.3, again: true },
      { judgement: 'as recorded', now: 4100, again: false },
    ])
    expect(faults(compared)).toEqual([])
  })

  it('makes a regression of what is worse again, and of what could not be measured again', () => {
    expect(faults(after({ socket: 1.6 }))).toMatchObject([{ name: 'socket', judgement: 'worse' }])
    expect(faults(after({}))).toMatchObject([{ name: 'socket', judgement: 'not measured' }])
  })
})
