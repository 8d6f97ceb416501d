import { virtualTime } from '../support/virtual-time'
import { Alarm } from '../../src/rate-limit/alarm'

describe('Alarm', () => {
  it('rings once, at the time that was set last, and never when that is no time', () => {
    const time = virtualTime()
    const rungAtMs: number[] = []
    const alarm = new Alarm(time.environment, () => void rungAtMs.push(time.nowMs))
    alarm.set(500, 0, false)
    alarm.set(800, 0, false)
    time.pass(5000)
    expect(rungAtMs).toEqual([800])
    alarm.set(6000, 5000, true)
    alarm.set(Infinity, 5000, true)
    time.pass(5000)
    expect(rungAtMs).toEqual([800])
  })

  it('sets a timer only where the time, or whether it keeps the process alive, is another one', () => {
    const time = virtualTime()
    const timers: (boolean | undefined)[] = []
    const environment = {
      ...time.environment,
      timer$: (...[delayMs, options]: Parameters<typeof time.environment.timer$>) => {
        timers.push(options?.referenced)
        return time.environment.timer$(delayMs, options)
      },
    }
    const alarm = new Alarm(environment, () => {})
    for (const referenced of [false, false, true, true]) alarm.set(500, 0, referenced)
    expect(timers).toEqual([false, true])
    time.pass(500)
    alarm.set(500, 0, true)
    expect(timers).toHaveLength(3)
  })
})
