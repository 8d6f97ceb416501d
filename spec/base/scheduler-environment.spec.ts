import { TestScheduler } from 'rxjs/testing'
import { schedulerEnvironment, seededChance, virtualStartMs } from '../../src/base/scheduler-environment'

describe('schedulerEnvironment', () => {
  it('takes its time from the scheduler, beginning on 2026-11-23', () => {
    const scheduler = new TestScheduler(() => {})
    const seen: number[] = []
    const { now, timer$ } = schedulerEnvironment(scheduler)
    expect(new Date(now()).toISOString()).toBe('2026-11-23T00:00:00.000Z')
    timer$(5_000).subscribe({ next: () => seen.push(now() - virtualStartMs), complete: () => seen.push(-1) })
    const cancelled = timer$(1_000).subscribe(() => seen.push(1_000))
    cancelled.unsubscribe()
    scheduler.run(() => {})
    expect(seen).toEqual([5_000, -1])
  })

  it('begins where it is told', () => {
    expect(schedulerEnvironment(new TestScheduler(() => {}), 1, 42).now()).toBe(42)
  })
})

describe('seededChance', () => {
  it('C14.1 gives the same numbers and ids for the same seed, ids being unique and apart from the numbers', () => {
    const one = seededChance(1)
    const other = seededChance(1)
    // Drawing numbers moves no id.
    expect([one.random(), one.random()]).toHaveLength(2)
    const ids = [one.newId(), one.newId()]
    expect([other.newId(), other.newId()]).toEqual(ids)
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(seededChance(2).newId()).not.toBe(ids[0])
  })
})
