import { Backlog } from '../../src/operators/backlog'

const options = { capacity: 2, overflow: 'drop-oldest', runs: true } as const

describe('Backlog', () => {
  it('lets nothing move before it is released, and then only what was there', () => {
    const backlog = new Backlog<string>(options)
    backlog.admit('a', undefined)
    expect(backlog.take()).toBe('nothing')
    backlog.release()
    backlog.admit('b', undefined)
    expect([backlog.take(), backlog.taken]).toEqual(['value', 'a'])
    expect(backlog.take()).toBe('nothing')
    backlog.releaseForever()
    expect([backlog.take(), backlog.taken, backlog.empty]).toEqual(['value', 'b', true])
  })

  it('places a run of displaced values before the value that follows it', () => {
    const backlog = new Backlog<string>(options)
    backlog.releaseForever()
    for (const value of ['a', 'b', 'c', 'd']) backlog.admit(value, undefined)
    expect(backlog.lost).toBe('b')
    expect(backlog.take()).toBe('run')
    expect(backlog.takenRun).toMatchObject({ first: 'a', last: 'b', count: 2, reason: 'overflow' })
    expect([backlog.take(), backlog.taken]).toEqual(['value', 'c'])
  })

  it('keeps no run when nobody asks for runs', () => {
    const backlog = new Backlog<string>({ ...options, overflow: 'drop-newest', runs: false })
    backlog.releaseForever()
    expect(['a', 'b', 'c'].map((value) => backlog.admit(value, undefined))).toEqual([
      'kept',
      'kept',
      'refused',
    ])
    expect([backlog.take(), backlog.take(), backlog.take(), backlog.empty]).toEqual([
      'value',
      'value',
      'nothing',
      true,
    ])
  })

  it('hands over the unreached runs, front first, when it is cleared', () => {
    const backlog = new Backlog<string>(options)
    for (const value of ['a', 'b', 'c']) backlog.admit(value, undefined)
    backlog.notice('!')
    backlog.refuse('z')
    expect(backlog.clear()).toMatchObject([{ first: 'a' }, { first: 'z' }])
    expect([backlog.size, backlog.empty]).toEqual([0, true])
  })
})
