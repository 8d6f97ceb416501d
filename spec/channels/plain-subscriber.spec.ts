/* eslint-disable rxjs-x/no-redundant-notify -- what comes after an end is the point */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Observer, Subscriber } from 'rxjs'
import { config, Observable, Subject, Subscription } from 'rxjs'
import { PlainSubscriber } from '../../src/channels/plain-subscriber'

type Play = (subscriber: Subscriber<number>, note: (what: string) => void) => void

/** What a function hears of a source, and what rxjs reports, with `PlainSubscriber` or with rxjs's own. */
function hear(own: boolean, play: Play): string[] {
  const before = { ...config }
  const log: string[] = []
  const note = (what: string): number => log.push(what)
  jest.useFakeTimers()
  try {
    config.onUnhandledError = (error) => note(`unhandled ${String(error)}`)
    config.onStoppedNotification = ({ kind }) => note(`stopped ${kind}`)
    const handler = (value: number): void => {
      note(`${value}`)
      if (value < 0) throw new Error(`${value}`)
    }
    const source = new Observable<number>((subscriber) => {
      play(subscriber, note)
      return () => note('teardown')
    })
    const subscription = source.subscribe(own ? new PlainSubscriber({ next: handler }) : handler)
    note(`closed ${subscription.closed}`)
    subscription.unsubscribe()
    note(`closed ${subscription.closed}`)
    jest.runAllTimers()
  } finally {
    jest.useRealTimers()
    Object.assign(config, before)
  }
  return log
}

describe('PlainSubscriber', () => {
  it.each<[string, Play]>([
    ['values', (subscriber) => [1, 2].forEach((value) => subscriber.next(value))],
    ['a function that throws', (subscriber) => [1, -1, 2].forEach((value) => subscriber.next(value))],
    [
      'an end, and what comes after it',
      (subscriber, note) => {
        subscriber.next(1)
        subscriber.complete()
        note('completed')
        subscriber.next(2)
        subscriber.error(new Error('late'))
        subscriber.complete()
      },
    ],
    [
      'an error that nobody takes, and what comes after it',
      (subscriber, note) => {
        subscriber.error(new Error('broken'))
        note('told')
        subscriber.next(2)
        subscriber.error(new Error('again'))
        subscriber.complete()
      },
    ],
    [
      'leaving from inside, and what comes after it',
      (subscriber) => {
        subscriber.next(1)
        subscriber.unsubscribe()
        subscriber.next(2)
      },
    ],
  ])('C4.7 does with %s what rxjs does', (_, play) => {
    const heard = hear(true, play)
    expect(heard).toEqual(hear(false, play))
    expect(heard.length).toBeGreaterThan(2)
  })

  it('is a subscription like any other', () => {
    const subject = new Subject<number>()
    const got: number[] = []
    const parent = new Subscription()
    parent.add(subject.subscribe(new PlainSubscriber<number>({ next: (value) => got.push(value) })))
    subject.next(1)
    parent.unsubscribe()
    subject.next(2)
    expect(got).toEqual([1])
    expect(subject.observed).toBe(false)
  })

  it.each<[string, Partial<Observer<number>>]>([
    ['nothing', {}],
    ['an error', { error: () => undefined }],
    ['all that it can hear', { next() {}, error() {}, complete() {} }],
  ])('C4.7 calls an observer that takes %s as rxjs does, on itself', (_, shape) => {
    const listen = (own: boolean): string[] => {
      const log: string[] = []
      const names = Object.keys(shape) as (keyof Observer<number>)[]
      const observer = Object.fromEntries(
        names.map((name) => [
          name,
          function (this: unknown, value: unknown) {
            log.push(`${name} ${String(value)} ${this === observer}`)
            throw new Error(`of ${name}`)
          },
        ]),
      ) as Partial<Observer<number>>
      for (const end of ['error', 'complete'] as const) {
        const subject = new Subject<number>()
        const subscription = subject.subscribe(own ? new PlainSubscriber(observer) : observer)
        subscription.add(() => void log.push('teardown'))
        subject.next(1)
        if (end === 'error') subject.error('broken')
        else subject.complete()
        log.push(`closed ${subscription.closed}`)
      }
      return log
    }
    const before = config.onUnhandledError
    const unhandled: string[][] = [[], []]
    jest.useFakeTimers()
    try {
      const logs = [true, false].map((own, index) => {
        config.onUnhandledError = (error) => void unhandled[index]!.push(String(error))
        const log = listen(own)
        jest.runAllTimers()
        return log
      })
      expect(logs[0]).toEqual(logs[1])
      expect(unhandled[0]).toEqual(unhandled[1])
      expect(unhandled[0]!.length).toBeGreaterThan(0)
    } finally {
      jest.useRealTimers()
      config.onUnhandledError = before
    }
  })

  it('C4.7 reports an error that nobody takes, though the teardown throws', () => {
    const before = config.onUnhandledError
    const unhandled: string[] = []
    jest.useFakeTimers()
    try {
      config.onUnhandledError = (error) => void unhandled.push(String(error))
      const subscriber = new PlainSubscriber<number>({})
      subscriber.add(() => {
        throw new Error('teardown')
      })
      expect(() => subscriber.error('the cause')).toThrow(/teardown/)
      jest.runAllTimers()
    } finally {
      jest.useRealTimers()
      config.onUnhandledError = before
    }
    expect(unhandled).toEqual(['the cause'])
  })

  it('lets go of its observer when it is over', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const subscribed = (): { readonly subscription: Subscription; readonly held: WeakRef<object> } => {
      const observer = { next() {} }
      const subscription = new Subject<number>().subscribe(new PlainSubscriber(observer))
      return { subscription, held: new WeakRef(observer) }
    }
    const { subscription, held } = subscribed()
    subscription.unsubscribe()
    // What was looked at in this turn is held until its end.
    await new Promise((resolve) => setImmediate(resolve))
    collectGarbage()
    expect(held.deref()).toBeUndefined()
    expect(subscription.closed).toBe(true)
  })
})
