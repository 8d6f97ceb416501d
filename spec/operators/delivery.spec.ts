import { NEVER, Subject, VirtualTimeScheduler } from 'rxjs'
import { Delivery, type DeliveryOptions, type Tally } from '../../src/operators/delivery'
import { ManualWork } from './support'

const none: Tally = {
  offered: 0,
  delivered: 0,
  failed: 0,
  coalesced: 0,
  dropped: 0,
  discarded: 0,
  pending: 0,
}

/** A delivery to a handler that writes down what it gets; `work` makes it asynchronous. */
function build(options: Partial<DeliveryOptions<string>> = {}) {
  const log: string[] = []
  const delivery: Delivery<string> = new Delivery<string>({
    deliver: (value) => {
      log.push(value)
    },
    capacity: 2,
    overflow: 'drop-oldest',
    onDrained: () => log.push('drained'),
    onOverflow: () => log.push('overflow'),
    ...options,
  })
  const offer = (...values: string[]): void => values.forEach((value) => delivery.offer(value))
  return { log, delivery, offer }
}

/** A handler that is busy with each value until the test settles it. */
function buildBusy(options: Partial<DeliveryOptions<string>> = {}) {
  const works: ManualWork[] = []
  const built = build({
    deliver: (value) => {
      built.log.push(value)
      works.push(new ManualWork())
      return works.at(-1)
    },
    ...options,
  })
  return { ...built, works, settle: () => works.shift()?.succeed() }
}

describe('Delivery', () => {
  describe('to a synchronous handler', () => {
    it('C6.1 delivers at once and queues nothing', () => {
      const { log, delivery, offer } = build()
      offer('a')
      expect(log).toEqual(['a'])
      expect(delivery.tally).toEqual({ ...none, offered: 1, delivered: 1 })
    })

    it('C6.2 counts the value in the handler as pending', () => {
      const seen: Tally[] = []
      const { delivery, offer } = build({ deliver: () => seen.push(delivery.tally) })
      offer('a', 'b')
      expect(seen).toEqual([
        { ...none, offered: 1, pending: 1 },
        { ...none, offered: 2, delivered: 1, pending: 1 },
      ])
    })

    it('C4.6 delivers what its callback offers after the current value', () => {
      const { log, offer } = build({
        deliver: (value) => {
          if (value === 'a') offer('b', 'c')
          log.push(value)
        },
      })
      offer('a', 'd')
      expect(log).toEqual(['a', 'b', 'c', 'd'])
    })

    it('counts a throwing handler as failed, tells it, and goes on', () => {
      const failures: unknown[] = []
      const { log, delivery, offer } = build({
        deliver: (value) => {
          if (value === 'b') throw new Error('no')
          log.push(value)
        },
        onFailure: (error, value) => failures.push([(error as Error).message, value, delivery.tally]),
      })
      offer('a', 'b', 'c')
      expect(log).toEqual(['a', 'c'])
      expect(failures).toEqual([['no', 'b', { ...none, offered: 2, delivered: 1, failed: 1 }]])
    })

    it('takes objects that are no thenables for a plain return', () => {
      const { delivery, offer } = build({ deliver: (value) => (value === 'a' ? null : { then: 1 }) })
      offer('a', 'b')
      expect(delivery.tally.delivered).toBe(2)
    })
  })

  describe('to an asynchronous handler', () => {
    it('C6.1 gives the next value after the promise has resolved', () => {
      const { log, delivery, offer, settle } = buildBusy()
      offer('a', 'b')
      expect(log).toEqual(['a'])
      expect(delivery.tally).toEqual({ ...none, offered: 2, pending: 2 })
      expect(delivery.backlog).toBe(1)
      settle()
      expect(log).toEqual(['a', 'b'])
      expect(delivery.tally).toEqual({ ...none, offered: 2, delivered: 1, pending: 1 })
    })

    it('works with native promises', async () => {
      const { log, delivery, offer } = build({
        deliver: async (value) => {
          await Promise.resolve()
          log.push(value)
          if (value === 'b') throw new Error('no')
        },
      })
      offer('a', 'b', 'c')
      await new Promise((resolve) => setImmediate(resolve))
      expect(log).toEqual(['a', 'b', 'c'])
      expect(delivery.tally).toEqual({ ...none, offered: 3, delivered: 2, failed: 1 })
    })

    it('C6.2 counts a rejection as failed and goes on', () => {
      const onFailure = jest.fn()
      const { log, delivery, offer, works } = buildBusy({ onFailure })
      offer('a', 'b')
      works[0]?.fail('broken')
      expect(onFailure).toHaveBeenCalledWith('broken', 'a')
      expect(log).toEqual(['a', 'b'])
      expect(delivery.tally).toEqual({ ...none, offered: 2, failed: 1, pending: 1 })
    })

    it('C4.6 delivers what the report of a rejection offers after what waits already', () => {
      const { log, offer, works } = buildBusy({ onFailure: () => offer('c') })
      offer('a', 'b')
      works[0]?.fail('broken')
      works[1]?.succeed()
      expect(log).toEqual(['a', 'b', 'c'])
    })

    it('believes a thenable that settles twice only once', () => {
      const { log, delivery, offer, works } = buildBusy()
      offer('a', 'b', 'c')
      works[0]?.succeed()
      works[0]?.succeed()
      works[0]?.fail('late')
      expect(log).toEqual(['a', 'b'])
      expect(delivery.tally).toEqual({ ...none, offered: 3, delivered: 1, pending: 2 })
    })

    it('goes on without growing the stack when thenables settle at once', () => {
      const holdSubject = new Subject<void>()
      const { delivery } = build({
        capacity: 50_000,
        ready: holdSubject,
        deliver: () => ({ then: (resolve: () => void) => resolve() }),
      })
      for (let n = 0; n < 50_000; n++) delivery.offer('x')
      holdSubject.next()
      expect(delivery.tally).toEqual({ ...none, offered: 50_000, delivered: 50_000 })
    })

    it('counts a thenable whose `then` throws as failed', () => {
      const onFailure = jest.fn()
      const then = (): never => {
        throw new Error('no promise')
      }
      const { delivery, offer } = build({ deliver: () => ({ then }), onFailure })
      offer('a')
      expect(onFailure).toHaveBeenCalledWith(new Error('no promise'), 'a')
      expect(delivery.tally).toEqual({ ...none, offered: 1, failed: 1 })
    })

    it('delivers what came while a thenable settled at once, and only then is idle', () => {
      const { log, offer } = build({
        deliver: (value) => {
          log.push(value)
          if (value === 'a') offer('b')
          return { then: (resolve: () => void) => resolve() }
        },
      })
      offer('a', 'c')
      expect(log).toEqual(['a', 'b', 'c'])
    })
  })

  describe('that takes over', () => {
    it('C6.2 goes on with the account of what was delivered before', () => {
      const { log, delivery, offer } = build()
      delivery.takeOver(3, false)
      expect(delivery.tally).toEqual({ ...none, offered: 3, delivered: 3 })
      offer('a')
      expect(log).toEqual(['a'])
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 4 })
    })

    it('C4.6 in the middle of a call: what comes waits until that has returned', () => {
      const { log, delivery, offer } = build()
      delivery.takeOver(3, true)
      offer('b')
      delivery.finish()
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 2, pending: 2 })
      expect(log).toEqual([])
      delivery.returned('a', undefined)
      expect(log).toEqual(['b', 'drained'])
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 4 })
    })

    it('C6.1 at a promise: the next value follows when it has settled', () => {
      const onFailure = jest.fn()
      const { log, delivery, offer } = build({ onFailure })
      const work = new ManualWork()
      delivery.takeOver(1, true)
      delivery.returned('a', work)
      offer('b')
      expect(log).toEqual([])
      work.fail('broken')
      expect(onFailure).toHaveBeenCalledWith('broken', 'a')
      expect(log).toEqual(['b'])
      expect(delivery.tally).toEqual({ ...none, offered: 2, delivered: 1, failed: 1 })
    })

    it('C4.7 at an exception', () => {
      const onFailure = jest.fn()
      const { delivery } = build({ onFailure })
      delivery.takeOver(1, true)
      delivery.threw('a', 'broken')
      expect(onFailure).toHaveBeenCalledWith('broken', 'a')
      expect(delivery.tally).toEqual({ ...none, offered: 1, failed: 1 })
    })
  })

  describe('when full', () => {
    it('drop-oldest drops the value that waited longest', () => {
      const onDrop = jest.fn()
      const { log, delivery, offer, settle } = buildBusy({ onDrop })
      offer('a', 'b', 'c', 'd')
      expect(onDrop.mock.calls).toEqual([['b', 'overflow']])
      expect(delivery.tally).toEqual({ ...none, offered: 4, dropped: 1, pending: 3 })
      settle()
      settle()
      expect(log).toEqual(['a', 'c', 'd'])
    })

    it('drop-newest drops the value that comes', () => {
      const onDrop = jest.fn()
      const { log, offer, settle } = buildBusy({ overflow: 'drop-newest', onDrop })
      offer('a', 'b', 'c', 'd')
      expect(onDrop.mock.calls).toEqual([['d', 'overflow']])
      settle()
      settle()
      expect(log).toEqual(['a', 'b', 'c'])
    })

    it('C6.1 coalesce keeps the newest of a key in the order in which keys came', () => {
      const { log, delivery, offer, settle } = buildBusy({ overflow: 'coalesce', keyOf: ([key]) => key })
      offer('a1', 'b1', 'c1', 'b2')
      expect(delivery.tally).toEqual({ ...none, offered: 4, coalesced: 1, pending: 3 })
      settle()
      settle()
      expect(log).toEqual(['a1', 'b2', 'c1'])
    })

    it('C6.1 coalesce counts keys, and a new key on a full buffer drops the oldest key', () => {
      const onDrop = jest.fn()
      const { log, offer, settle } = buildBusy({ overflow: 'coalesce', keyOf: ([key]) => key, onDrop })
      offer('a1', 'b1', 'c1', 'b2', 'd1')
      expect(onDrop.mock.calls).toEqual([['b2', 'overflow']])
      settle()
      settle()
      expect(log).toEqual(['a1', 'c1', 'd1'])
    })

    it('coalesce without keys lets only the newest wait', () => {
      const { log, offer, settle } = buildBusy({ overflow: 'coalesce', capacity: 8 })
      offer('a', 'b', 'c')
      settle()
      expect(log).toEqual(['a', 'c'])
    })

    it('C6.2 error drops the overflowing value, delivers the backlog, then tells once', () => {
      const onOverflow = jest.fn()
      const { log, delivery, offer, settle } = buildBusy({ overflow: 'error', onOverflow })
      offer('a', 'b', 'c', 'd', 'e')
      expect(delivery.tally).toEqual({ ...none, offered: 5, dropped: 2, pending: 3 })
      delivery.notice('!')
      delivery.finish()
      settle()
      settle()
      expect(onOverflow).not.toHaveBeenCalled()
      settle()
      expect(log).toEqual(['a', 'b', 'c'])
      expect(onOverflow.mock.calls).toEqual([[expect.objectContaining({ code: 'BUFFER_OVERFLOW' })]])
      offer('f')
      expect(delivery.tally).toEqual({ ...none, offered: 6, delivered: 3, dropped: 3 })
      delivery.discard()
      offer('g')
      expect(delivery.tally.dropped).toBe(4)
      expect(onOverflow).toHaveBeenCalledTimes(1)
    })

    it('counts a value whose key cannot be told as failed, and keeps the rest', () => {
      const onFailure = jest.fn()
      const { log, delivery, offer, settle } = buildBusy({
        overflow: 'coalesce',
        keyOf: (value) => {
          if (value === 'b') throw new Error('no key')
          return value
        },
        onFailure,
      })
      offer('a', 'b', 'c')
      expect(onFailure).toHaveBeenCalledWith(new Error('no key'), 'b')
      expect(delivery.tally).toEqual({ ...none, offered: 3, failed: 1, pending: 2 })
      settle()
      expect(log).toEqual(['a', 'c'])
    })

    it('turns a value away whose key function ended the delivery', () => {
      const { delivery, offer } = buildBusy({ overflow: 'coalesce', keyOf: () => delivery.discard() })
      offer('a', 'b')
      expect(delivery.tally).toEqual({ ...none, offered: 2, discarded: 1, pending: 1 })
    })

    it('drops the oldest of a million without walking over them (a linear drop would outlast the test)', () => {
      const { delivery } = build({ capacity: 1_000_000, ready: NEVER })
      for (let n = 0; n < 1_200_000; n++) delivery.offer('x')
      expect(delivery.tally).toMatchObject({ dropped: 200_000, pending: 1_000_000 })
    })
  })

  describe('with a readiness', () => {
    it('moves the whole backlog in one turn of a scheduler', () => {
      const scheduler = new VirtualTimeScheduler()
      const { log, offer } = build({ ready: scheduler })
      offer('a', 'b')
      expect(log).toEqual([])
      scheduler.flush()
      expect(log).toEqual(['a', 'b'])
    })

    it('leaves what is offered during a turn for the next one', () => {
      const pulseSubject = new Subject<void>()
      const { log, offer } = build({
        ready: pulseSubject,
        deliver: (value) => {
          log.push(value)
          if (value === 'a') offer('c')
        },
      })
      offer('a', 'b')
      pulseSubject.next()
      expect(log).toEqual(['a', 'b'])
      pulseSubject.next()
      expect(log).toEqual(['a', 'b', 'c'])
    })

    it('does not save up an emission for a backlog that comes later', () => {
      const pulseSubject = new Subject<void>()
      const { log, offer } = build({ ready: pulseSubject })
      pulseSubject.next()
      offer('a')
      expect(log).toEqual([])
    })

    it('asks a function for a turn whenever a backlog begins', () => {
      const turnSubject = new Subject<void>()
      const ready = jest.fn(() => turnSubject)
      const { log, offer } = build({ ready })
      offer('a', 'b')
      expect(ready).toHaveBeenCalledTimes(1)
      turnSubject.next()
      expect(log).toEqual(['a', 'b'])
      offer('c')
      expect(ready).toHaveBeenCalledTimes(2)
    })

    it('hands on what was released while a promise was pending when that settles', () => {
      const pulseSubject = new Subject<void>()
      const { log, offer, settle } = buildBusy({ ready: pulseSubject })
      offer('a', 'b')
      pulseSubject.next()
      offer('c')
      settle()
      expect(log).toEqual(['a', 'b'])
      settle()
      expect(log).toEqual(['a', 'b'])
    })

    it('delivers at once after the notifier has completed', () => {
      const pulseSubject = new Subject<void>()
      const { log, offer } = build({ ready: pulseSubject })
      offer('a')
      pulseSubject.complete()
      offer('b')
      expect(log).toEqual(['a', 'b'])
    })

    it('tells an error of the notifier, and loses nothing by it', () => {
      const pulseSubject = new Subject<void>()
      const onFault = jest.fn()
      const { log, offer } = build({ ready: pulseSubject, onFault })
      offer('a')
      pulseSubject.error('broken')
      expect(onFault).toHaveBeenCalledWith('broken')
      expect(log).toEqual(['a'])
    })
  })

  describe('with a largest age', () => {
    function buildTimed(options: Partial<DeliveryOptions<string>> = {}) {
      const clock = { ms: 0 }
      return { clock, ...buildBusy({ maxAgeMs: 10, now: () => clock.ms, ...options }) }
    }

    it('C6.1 drops values that are older when their turn comes', () => {
      const onDrop = jest.fn()
      const { clock, log, delivery, offer, settle } = buildTimed({ onDrop, capacity: 4 })
      offer('a', 'b', 'c')
      clock.ms = 11
      offer('d')
      settle()
      expect(log).toEqual(['a', 'd'])
      expect(onDrop.mock.calls).toEqual([
        ['b', 'expired'],
        ['c', 'expired'],
      ])
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 1, dropped: 2, pending: 1 })
    })

    it('delivers a value of exactly that age', () => {
      const { clock, log, offer, settle } = buildTimed()
      offer('a', 'b')
      clock.ms = 10
      settle()
      expect(log).toEqual(['a', 'b'])
    })

    it('takes the age of the newest value of a key', () => {
      const { clock, log, offer, settle } = buildTimed({ overflow: 'coalesce' })
      offer('a', 'b')
      clock.ms = 8
      offer('c')
      clock.ms = 15
      settle()
      expect(log).toEqual(['a', 'c'])
    })

    it('tells a run of expired values before the value that follows, or at the end of the move', () => {
      const { clock, log, offer, settle } = buildTimed({
        capacity: 4,
        onDropRun: ({ first, last, count, reason }) => `${reason} ${first}-${last} ${count}`,
      })
      offer('a', 'b', 'c')
      clock.ms = 11
      settle()
      expect(log).toEqual(['a', 'expired b-c 2'])
    })

    it('keeps runs of different reasons apart', () => {
      const { clock, log, offer, settle } = buildTimed({
        onDropRun: ({ first, reason }) => `${reason} ${first}`,
      })
      offer('a', 'b', 'c', 'd')
      clock.ms = 11
      offer('e')
      settle()
      settle()
      settle()
      expect(log).toEqual(['a', 'overflow b', 'expired d', 'e'])
    })

    it('tells a run even when the value behind it has expired too', () => {
      const pulseSubject = new Subject<void>()
      const clock = { ms: 0 }
      const { log, delivery, offer } = build({
        capacity: 1,
        ready: pulseSubject,
        maxAgeMs: 10,
        now: () => clock.ms,
        onDropRun: ({ first, reason }) => `${reason} ${first}`,
      })
      offer('a', 'b')
      delivery.finish()
      clock.ms = 11
      pulseSubject.next()
      expect(log).toEqual(['overflow a', 'expired b', 'drained'])
    })

    it('holds nothing to be old when no clock was given', () => {
      const { log, offer, settle } = buildBusy({ maxAgeMs: 1 })
      offer('a', 'b')
      settle()
      expect(log).toEqual(['a', 'b'])
    })
  })

  describe('notices', () => {
    it('come behind all that waits, use no capacity and are in no account', () => {
      const { log, delivery, offer, settle } = buildBusy()
      offer('a', 'b', 'c')
      delivery.notice('!')
      expect(delivery.tally).toEqual({ ...none, offered: 3, pending: 3 })
      settle()
      settle()
      settle()
      expect(log).toEqual(['a', 'b', 'c', '!'])
      expect(delivery.tally).toEqual({ ...none, offered: 3, delivered: 3 })
      offer('d')
      expect(log).toHaveLength(4)
      settle()
      expect(log).toEqual(['a', 'b', 'c', '!', 'd'])
    })

    it('come at once to a handler that is idle', () => {
      const { log, delivery } = build()
      delivery.notice('!')
      expect(log).toEqual(['!'])
      expect(delivery.tally).toEqual(none)
    })

    it('wait for readiness like values', () => {
      const pulseSubject = new Subject<void>()
      const { log, delivery } = build({ ready: pulseSubject })
      delivery.notice('!')
      expect(log).toEqual([])
      pulseSubject.next()
      expect(log).toEqual(['!'])
    })

    it('are never dropped, however many values are', () => {
      const { log, delivery, offer, settle } = buildBusy({ onDropRun: ({ count }) => `lost ${count}` })
      offer('a', 'b')
      delivery.notice('!')
      offer('c', 'd', 'e')
      for (let n = 0; n < 5; n++) settle()
      expect(log).toEqual(['a', 'lost 2', '!', 'd', 'e'])
    })

    it('are not overtaken by a value that is coalesced with one before them', () => {
      const { log, delivery, offer, settle } = buildBusy({ overflow: 'coalesce' })
      offer('a', 'b')
      delivery.notice('!')
      offer('c')
      expect(delivery.tally).toEqual({ ...none, offered: 3, coalesced: 1, pending: 2 })
      for (let n = 0; n < 3; n++) settle()
      expect(log).toEqual(['a', '!', 'c'])
    })

    it('report a failing handler and stay out of the account', () => {
      const onFailure = jest.fn()
      const { delivery } = build({
        deliver: () => {
          throw new Error('no')
        },
        onFailure,
      })
      delivery.notice('!')
      expect(onFailure).toHaveBeenCalledWith(new Error('no'), '!')
      expect(delivery.tally).toEqual(none)
    })

    it('end with the delivery', () => {
      const { log, delivery } = build()
      delivery.finish()
      delivery.notice('!')
      expect(log).toEqual(['drained'])
    })
  })

  describe('runs of drops', () => {
    const onDropRun: DeliveryOptions<string>['onDropRun'] = ({ first, last, count }) =>
      `(${first}-${last} ${count})`

    it('C7 are one notice where the first dropped value stood, under drop-oldest', () => {
      const { log, delivery, offer, settle } = buildBusy({ onDropRun })
      offer('a', 'b', 'c', 'd', 'e')
      for (let n = 0; n < 4; n++) settle()
      expect(log).toEqual(['a', '(b-c 2)', 'd', 'e'])
      expect(delivery.tally).toEqual({ ...none, offered: 5, delivered: 3, dropped: 2 })
    })

    it('C7 are one notice where the first dropped value stood, under drop-newest', () => {
      const { log, offer, settle } = buildBusy({ onDropRun, overflow: 'drop-newest' })
      offer('a', 'b', 'c', 'd', 'e')
      settle()
      offer('f', 'g')
      for (let n = 0; n < 6; n++) settle()
      expect(log).toEqual(['a', 'b', 'c', '(d-e 2)', 'f', '(g-g 1)'])
    })

    it('are told without a notice when none is returned', () => {
      const runs: number[] = []
      const { log, offer, settle } = buildBusy({
        onDropRun: ({ count }) => {
          runs.push(count)
          return undefined
        },
      })
      offer('a', 'b', 'c', 'd')
      settle()
      expect([log, runs]).toEqual([['a', 'c'], [1]])
    })

    it('begin anew after a run was told', () => {
      const { log, offer, settle } = buildBusy({ onDropRun, capacity: 1 })
      offer('a', 'b', 'c')
      settle()
      offer('d', 'e')
      for (let n = 0; n < 4; n++) settle()
      expect(log).toEqual(['a', '(b-b 1)', '(c-d 2)', 'e'])
    })

    it('end a delivery that overflowed, before its error', () => {
      const { log, offer, settle } = buildBusy({ onDropRun, overflow: 'error' })
      offer('a', 'b', 'c', 'd', 'e')
      for (let n = 0; n < 4; n++) settle()
      expect(log).toEqual(['a', 'b', 'c', '(d-e 2)', 'overflow'])
    })

    it('are told, and not delivered, when the consumer leaves before', () => {
      const told = jest.fn(() => 'notice')
      const { log, delivery, offer } = buildBusy({ onDropRun: told })
      offer('a', 'b', 'c', 'd')
      delivery.discard()
      expect(told).toHaveBeenCalledTimes(1)
      expect(log).toEqual(['a'])
    })

    it('are not delivered when the callback itself ends the delivery', () => {
      const { log, delivery, offer, settle } = buildBusy({
        onDropRun: () => {
          delivery.discard()
          return 'notice'
        },
      })
      offer('a', 'b', 'c', 'd')
      settle()
      expect(log).toEqual(['a'])
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 1, dropped: 1, discarded: 2 })
    })
  })

  describe('ends', () => {
    it('after the backlog, once', () => {
      const { log, delivery, offer, settle } = buildBusy()
      offer('a', 'b')
      delivery.finish()
      delivery.finish()
      settle()
      expect(log).toEqual(['a', 'b'])
      settle()
      expect(log).toEqual(['a', 'b', 'drained'])
    })

    it('waits for readiness before it ends', () => {
      const pulseSubject = new Subject<void>()
      const { log, delivery, offer } = build({ ready: pulseSubject })
      offer('a')
      delivery.finish()
      expect(log).toEqual([])
      pulseSubject.next()
      expect(log).toEqual(['a', 'drained'])
      expect(pulseSubject.observed).toBe(false)
    })

    it('inside its own handler', () => {
      const { log, delivery, offer } = build({
        deliver: (value) => {
          offer('b')
          delivery.finish()
          log.push(value)
        },
      })
      offer('a')
      expect(log).toEqual(['a', 'b', 'drained'])
    })

    it('counts what comes after the end as discarded', () => {
      const { delivery, offer } = build()
      delivery.finish()
      offer('a')
      expect(delivery.tally).toEqual({ ...none, offered: 1, discarded: 1 })
      delivery.discard()
      expect(delivery.tally).toEqual({ ...none, offered: 1, discarded: 1 })
    })

    it('C6.2 leaving turns the queue into discarded; the promise stays pending until it settles', () => {
      const { log, delivery, offer, settle } = buildBusy()
      offer('a', 'b', 'c')
      delivery.discard()
      expect(delivery.tally).toEqual({ ...none, offered: 3, discarded: 2, pending: 1 })
      settle()
      offer('d')
      expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 1, discarded: 3 })
      expect(log).toEqual(['a'])
    })

    it('counts work that the caller cut as discarded, whatever it says later', () => {
      const { delivery, offer, works } = buildBusy()
      offer('a', 'b')
      delivery.discard(true)
      works[0]?.succeed()
      expect(delivery.tally).toEqual({ ...none, offered: 2, discarded: 2 })
    })

    it('keeps a notice that was cut out of the account', () => {
      const { delivery } = buildBusy()
      delivery.notice('!')
      delivery.discard(true)
      expect(delivery.tally).toEqual(none)
    })

    it('leaving inside the handler discards the rest and counts the value as delivered', () => {
      const { log, delivery, offer } = build({
        deliver: (value) => {
          log.push(value)
          offer('b')
          delivery.discard(true)
        },
      })
      offer('a')
      expect(log).toEqual(['a'])
      expect(delivery.tally).toEqual({ ...none, offered: 2, delivered: 1, discarded: 1 })
    })
  })

  describe('a callback that throws', () => {
    const thrower = (): never => {
      throw new Error('callback')
    }

    it.each(['onDrop', 'onDropRun', 'onFailure', 'onOverflow', 'onDrained'] as const)(
      'C6.2 %s reaches onFault and leaves account and order as they are',
      (name) => {
        const onFault = jest.fn()
        const { log, delivery, offer, works } = buildBusy({
          overflow: name === 'onOverflow' ? 'error' : 'drop-oldest',
          onFault,
          [name]: thrower,
        })
        offer('a', 'b', 'c', 'd')
        works[0]?.fail('broken')
        works[1]?.succeed()
        works[2]?.succeed()
        delivery.finish()
        expect(onFault.mock.calls).toEqual([[new Error('callback')]])
        expect(log.filter((word) => word.length === 1)).toHaveLength(3)
        expect(delivery.tally).toEqual({ ...none, offered: 4, delivered: 2, failed: 1, dropped: 1 })
      },
    )
  })
})
