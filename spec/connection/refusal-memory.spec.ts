import { RefusalMemory } from '../../src/connection/refusal-memory'

function remembering() {
  const clock = { ms: 0 }
  return { clock, memory: new RefusalMemory(() => clock.ms) }
}

describe('RefusalMemory', () => {
  it('C9.6 takes the second refusal for a proof, wherever each was', () => {
    const { memory } = remembering()
    expect(memory.refused('a', 'alone')).toBe(false)
    expect(memory.isProven('a')).toBe(false)
    expect(memory.refused('a', 'in company')).toBe(true)
    expect(memory.isProven('a')).toBe(true)
    expect(memory.refused('b', 'alone')).toBe(false)
  })

  it('C9.6 knows beside what it has to be probed again', () => {
    const { memory } = remembering()
    for (const id of ['a', 'b']) memory.refused(id, 'alone')
    memory.refused('a', 'alone')
    memory.refused('b', 'in company')
    memory.refused('c', 'alone')
    expect(memory.proven).toEqual([
      ['a', 'alone'],
      ['b', 'in company'],
    ])
  })

  it('C9.6 forgets what was refused alone when it passes alone', () => {
    const { memory } = remembering()
    memory.refused('a', 'alone')
    memory.passed('a', 'alone')
    expect(memory.refused('a', 'alone')).toBe(false)
  })

  it('C9.6 keeps one refusal of who passes beside what is accepted, until the main connection accepts it', () => {
    const { memory } = remembering()
    for (const id of ['a', 'b']) {
      memory.refused(id, 'in company')
      memory.refused(id, 'in company')
      memory.passed(id, 'in company')
      expect(memory.isProven(id)).toBe(false)
    }
    memory.accepted(new Set(['b', 'c']))
    expect(memory.refused('a', 'in company')).toBe(true)
    expect(memory.refused('b', 'in company')).toBe(false)
  })

  it('C9.6 lets a group that passed be refused twice, since another of it may have been what for; not for ever', () => {
    const { memory } = remembering()
    expect([1, 2, 3].map(() => memory.refusedAmong('a'))).toEqual([false, false, true])
    expect(memory.proven).toEqual([['a', 'in company']])
  })

  it('C9.6 remembers for ten minutes after the last refusal', () => {
    const { clock, memory } = remembering()
    memory.refused('a', 'alone')
    clock.ms = 500_000
    memory.refused('a', 'alone')
    clock.ms = 1_099_999
    expect(memory.proven).toEqual([['a', 'alone']])
    clock.ms = 1_100_000
    expect(memory.proven).toEqual([])
    expect(memory.refused('a', 'alone')).toBe(false)
  })

  it('holds no more than a thousand', () => {
    const { memory } = remembering()
    for (let i = 0; i < 1000; i++) for (let time = 0; time < 2; time++) memory.refused(`${i}`, 'alone')
    expect(memory.proven).toHaveLength(1000)
    memory.refused('one more', 'alone')
    expect(memory.proven).toEqual([])
    expect(memory.refused('one more', 'alone')).toBe(true)
  })
})
