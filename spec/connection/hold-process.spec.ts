import { NEVER, Observable, of, Subject, throwError } from 'rxjs'
import type { TimerOptions } from '../../src/base/environment'
import { holdProcess, unreferenced } from '../../src/connection/hold-process'
import { virtualTime } from '../support/virtual-time'

/** Counts the timers that are running and hold the process. */
function watched(): {
  environment: ReturnType<typeof virtualTime>['environment']
  holding(): number
  pass(ms: number): void
} {
  const time = virtualTime()
  let holding = 0
  const environment = {
    ...time.environment,
    timer$: (delayMs: number, options?: TimerOptions) =>
      options?.referenced === false
        ? time.environment.timer$(delayMs)
        : new Observable<void>((subscriber) => {
            holding++
            const timer = time.environment.timer$(delayMs).subscribe(subscriber)
            return () => {
              holding--
              timer.unsubscribe()
            }
          }),
  }
  return { environment, holding: () => holding, pass: (ms) => time.pass(ms) }
}

describe('holdProcess', () => {
  it('C1.6 holds the process while it is subscribed to, for as long as that takes', () => {
    const { environment, holding, pass } = watched()
    const held$ = NEVER.pipe(holdProcess(environment))
    expect(holding()).toBe(0)
    const subscription = held$.subscribe()
    expect(holding()).toBe(1)
    pass(3_600_000)
    expect(holding()).toBe(1)
    subscription.unsubscribe()
    expect(holding()).toBe(0)
  })

  it('C1.6 lets go when the source ends, well or badly', () => {
    const { environment, holding } = watched()
    of(1).pipe(holdProcess(environment)).subscribe()
    throwError(() => new Error('over'))
      .pipe(holdProcess(environment))
      .subscribe({ error: () => {} })
    expect(holding()).toBe(0)
  })

  it('mirrors its source', () => {
    const { environment } = watched()
    const source = new Subject<number>()
    const seen: unknown[] = []
    source.pipe(holdProcess(environment)).subscribe({
      next: (value) => seen.push(value),
      complete: () => seen.push('complete'),
    })
    source.next(1)
    source.next(2)
    source.complete()
    expect(seen).toEqual([1, 2, 'complete'])
  })
})

describe('unreferenced', () => {
  it('C1.6 is the same environment with timers that hold nothing', () => {
    const { environment, holding, pass } = watched()
    const quiet = unreferenced(environment)
    let fired = 0
    quiet.timer$(100).subscribe(() => fired++)
    expect(holding()).toBe(0)
    pass(100)
    expect(fired).toBe(1)
    quiet.timer$(Infinity).subscribe(() => fired++)
    pass(1_000_000_000)
    expect(fired).toBe(1)
    expect(quiet.now()).toBe(environment.now())
    expect(quiet.random()).toBeLessThan(1)
    expect(quiet.newId()).not.toBe(quiet.newId())
  })
})
