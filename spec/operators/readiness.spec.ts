import { BehaviorSubject, EMPTY, NEVER, of, queueScheduler, Subject, throwError } from 'rxjs'
import { VirtualTimeScheduler } from 'rxjs'
import { Readiness, type Ready } from '../../src/operators/readiness'

function watch(ready: Exclude<Ready, 'always'>) {
  const told: unknown[] = []
  const readiness = new Readiness(ready, {
    onTurn: () => told.push('turn'),
    onAlways: () => told.push('always'),
    onFault: (error) => told.push(error),
  })
  return { told, readiness }
}

describe('Readiness', () => {
  describe('of a scheduler', () => {
    it('asks for one turn, however much arrives before it', () => {
      const scheduler = new VirtualTimeScheduler()
      const { told, readiness } = watch(scheduler)
      expect(scheduler.actions).toHaveLength(0)
      readiness.arrived()
      readiness.arrived()
      expect(scheduler.actions).toHaveLength(1)
      scheduler.flush()
      expect(told).toEqual(['turn'])
      readiness.arrived()
      scheduler.flush()
      expect(told).toEqual(['turn', 'turn'])
    })

    it('takes a turn that comes before the call has returned', () => {
      const { told, readiness } = watch(queueScheduler)
      readiness.arrived()
      readiness.arrived()
      expect(told).toEqual(['turn', 'turn'])
    })

    it('takes no turn after it was stopped', () => {
      const scheduler = new VirtualTimeScheduler()
      const { told, readiness } = watch(scheduler)
      readiness.arrived()
      readiness.stop()
      readiness.arrived()
      scheduler.flush()
      expect(told).toEqual([])
    })

    it('tells a scheduler that throws, and then holds nothing back', () => {
      const refusal = new Error('shut down')
      const { told, readiness } = watch({
        now: () => 0,
        schedule: () => {
          throw refusal
        },
      })
      readiness.arrived()
      expect(told).toEqual([refusal, 'always'])
    })
  })

  describe('of an Observable', () => {
    it('subscribes at once and takes each emission, whether something arrived or not', () => {
      const pulseSubject = new Subject<number>()
      const { told, readiness } = watch(pulseSubject)
      expect(pulseSubject.observed).toBe(true)
      pulseSubject.next(1)
      readiness.arrived()
      pulseSubject.next(2)
      expect(told).toEqual(['turn', 'turn'])
      readiness.stop()
      expect(pulseSubject.observed).toBe(false)
    })

    it('takes an emission during the subscription', () => {
      expect(watch(new BehaviorSubject(0)).told).toEqual(['turn'])
    })

    it('holds nothing back once it has completed', () => {
      expect(watch(of(1)).told).toEqual(['turn', 'always'])
      expect(watch(EMPTY).told).toEqual(['always'])
    })

    it('tells its error, and then holds nothing back', () => {
      expect(watch(throwError(() => 'broken')).told).toEqual(['broken', 'always'])
    })
  })

  describe('of a function', () => {
    it('asks only when something arrived, and again only after the answer', () => {
      const answerSubject = new Subject<number>()
      const ask = jest.fn(() => answerSubject)
      const { told, readiness } = watch(ask)
      expect(ask).toHaveBeenCalledTimes(0)
      readiness.arrived()
      readiness.arrived()
      expect(ask).toHaveBeenCalledTimes(1)
      answerSubject.next(1)
      answerSubject.next(2)
      expect(told).toEqual(['turn'])
      expect(answerSubject.observed).toBe(false)
      readiness.arrived()
      expect(ask).toHaveBeenCalledTimes(2)
    })

    it('takes a completion for the answer, so that nothing is stuck', () => {
      const { told, readiness } = watch(() => EMPTY)
      readiness.arrived()
      expect(told).toEqual(['turn'])
    })

    it('tells an error of the answer or of the function, and then holds nothing back', () => {
      const failing = watch(() => throwError(() => 'broken'))
      failing.readiness.arrived()
      expect(failing.told).toEqual(['broken', 'always'])
      const throwing = watch(() => {
        throw new Error('no answer')
      })
      throwing.readiness.arrived()
      expect(throwing.told).toEqual([new Error('no answer'), 'always'])
    })

    it('leaves the answer when it is stopped', () => {
      const answerSubject = new Subject<void>()
      const { readiness } = watch(() => answerSubject)
      readiness.arrived()
      readiness.stop()
      expect(answerSubject.observed).toBe(false)
      expect(() => watch(() => NEVER).readiness.stop()).not.toThrow()
    })
  })
})
