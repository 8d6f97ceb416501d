/* eslint-disable rxjs-x/no-redundant-notify -- what comes after an end is the point */
import { config, Observable, Subject, Subscription } from 'rxjs'
import type { Subscriber } from 'rxjs'
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
    const subscription = source.subscribe(own ? new PlainSubscriber(handler) : handler)
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
    parent.add(subject.subscribe(new PlainSubscriber<number>((value) => got.push(value))))
    subject.next(1)
    parent.unsubscribe()
    subject.next(2)
    expect(got).toEqual([1])
    expect(subject.observed).toBe(false)
  })

  it('calls its function without `this`', () => {
    const seen: unknown[] = []
    new PlainSubscriber(function (this: unknown) {
      seen.push(this)
    }).next(1)
    expect(seen).toEqual([undefined])
  })
})
