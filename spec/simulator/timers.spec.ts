import { NEVER, Subject } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import type { Environment } from '../../src/base/environment'
import { realEnvironment } from '../../src/base/environment'
import { schedulerEnvironment } from '../../src/base/scheduler-environment'
import { createTimers, OwnTimers } from '../../src/simulator/timers'

describe('createTimers', () => {
  it('starts timers that hold the process only while a client holds its socket', () => {
    const referenced: (boolean | undefined)[] = []
    const environment: Environment = {
      now: () => 0,
      timer$: (_delayMs, options) => {
        referenced.push(options?.referenced)
        return NEVER
      },
      random: () => 0,
      newId: () => '',
    }
    let held = false
    const timers = createTimers(environment, () => held)
    timers.after(1, () => {})
    held = true
    timers.after(1, () => {})
    expect(referenced).toEqual([false, true])
  })

  it('waits for what comes in a month, and does not spin until then', () => {
    jest.useFakeTimers()
    try {
      const monthMs = 30 * 24 * 3_600_000
      let fired = 0
      const timers = createTimers(realEnvironment, () => true)
      timers.after(monthMs, () => fired++)
      jest.advanceTimersByTime(monthMs - 1)
      expect(fired).toBe(0)
      jest.advanceTimersByTime(1)
      expect(fired).toBe(1)
    } finally {
      jest.useRealTimers()
    }
  })

  it('is idle when nothing is due, however much is to come', async () => {
    let nowMs = 0
    const fires: Subject<void>[] = []
    const environment: Environment = {
      now: () => nowMs,
      timer$: () => {
        const fire = new Subject<void>()
        fires.push(fire)
        return fire
      },
      random: () => 0,
      newId: () => '',
    }
    const timers = createTimers(environment, () => true)
    const done: string[] = []
    timers.after(1_000, () => done.push('late'))
    await timers.idle()

    timers.after(0, () => timers.after(0, () => done.push('second')))
    const cancelled = timers.after(0, () => done.push('never'))
    const idle = timers.idle().then(() => done.push('idle'))
    fires[1]?.next()
    await Promise.resolve()
    cancelled()
    await Promise.resolve()
    expect(done).toEqual([])
    fires[3]?.next()
    await idle
    expect(done).toEqual(['second', 'idle'])

    nowMs = 1_000
    const ended = timers.idle()
    timers.end()
    await ended
    expect(fires[0]?.observed).toBe(false)
    timers.after(0, () => done.push('after the end'))()
    expect(fires).toHaveLength(4)
  })
})

describe('OwnTimers', () => {
  it('end together', () => {
    const scheduler = new TestScheduler(() => {})
    const environment = schedulerEnvironment(scheduler)
    const timers = createTimers(environment, () => true)
    const [mine, other] = [new OwnTimers(timers), new OwnTimers(timers)]
    const fired: string[] = []
    expect(mine.now()).toBe(environment.now())
    mine.after(1, () => fired.push('mine 1'))
    mine.after(3, () => fired.push('mine 3'))
    other.after(3, () => fired.push('other 3'))
    scheduler.schedule(() => mine.end(), 2)
    scheduler.run(() => {})
    expect(fired).toEqual(['mine 1', 'other 3'])
  })
})
