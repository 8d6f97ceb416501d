import { NEVER, Subject } from 'rxjs'
import { ProbeTurns } from '../../src/connection/probe-turns'
import { record } from '../support/recorder'

describe('ProbeTurns', () => {
  it('C1.1 runs one at a time, in the order in which they came', () => {
    const turns = new ProbeTurns()
    const works = [new Subject<number>(), new Subject<number>(), new Subject<number>()]
    const runs = works.map((work) => record(turns.inTurn$(work)))
    const running = (): boolean[] => works.map(({ observed }) => observed)
    expect(running()).toEqual([true, false, false])
    works[0]?.complete()
    expect(running()).toEqual([false, true, false])
    works[1]?.next(1)
    works[1]?.error('over')
    expect(running()).toEqual([false, false, true])
    expect(runs.map(({ end }) => end)).toEqual(['complete', 'error', 'open'])
    expect(runs[1]?.values).toEqual([1])
  })

  it('a turn ends with the unsubscription, and so does the wait for one', () => {
    const turns = new ProbeTurns()
    const first = record(turns.inTurn$(NEVER))
    const left = record(turns.inTurn$(NEVER))
    const workSubject = new Subject<void>()
    record(turns.inTurn$(workSubject))
    left.subscription.unsubscribe()
    expect(workSubject.observed).toBe(false)
    first.subscription.unsubscribe()
    expect(workSubject.observed).toBe(true)
  })
})
