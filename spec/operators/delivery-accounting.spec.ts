/** C6.2 as a property: under any schedule of offers, settlements, readiness and leaving, and inside every callback. */
import { Subject } from 'rxjs'
import { Delivery, type Overflow } from '../../src/operators/delivery'
import { FlatModel } from './flat-model'
import { ManualWork } from './support'
import fc from '../support/seeded-fast-check'

type Command = 'offer' | 'succeed' | 'fail' | 'ready' | 'notice' | 'wait' | 'finish' | 'discard' | 'cut'
interface Step {
  readonly command: Command
  readonly key: number
}

const policies: readonly Overflow[] = ['drop-oldest', 'drop-newest', 'coalesce', 'error']
const step = (...commands: Command[]): fc.Arbitrary<Step> =>
  fc.record({ command: fc.constantFrom(...commands), key: fc.integer({ min: 0, max: 3 }) })
const settings = (overflow: fc.Arbitrary<Overflow>) =>
  fc.record({
    overflow,
    capacity: fc.integer({ min: 1, max: 4 }),
    always: fc.boolean(),
    maxAgeMs: fc.constantFrom(1, 3, 1000),
  })

/** `expect` costs more than all the rest of a run, and most checks hold. */
function same<T>(actual: T, expected: T): void {
  if (actual !== expected) expect(actual).toBe(expected)
}

describe('Delivery, at any moment', () => {
  it('C6.2 offered = delivered + failed + coalesced + dropped + discarded + pending', () => {
    const steps = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: step('offer') },
        { weight: 4, arbitrary: step('succeed', 'ready') },
        { weight: 2, arbitrary: step('fail', 'notice', 'wait') },
        { weight: 1, arbitrary: fc.constant<Step>({ command: 'wait', key: 0 }) },
      ),
      { maxLength: 60, size: 'max' },
    )
    const ending = fc.constantFrom<Command>('finish', 'discard', 'cut')
    fc.assert(
      fc.property(
        settings(fc.constantFrom(...policies)),
        steps,
        ending,
        steps,
        (options, before, end, after) => {
          const seen = { offered: 0, delivered: 0, failed: 0, dropped: 0, runs: 0, ended: 0 }
          const readySubject = new Subject<void>()
          const works: ManualWork[] = []
          let nowMs = 0

          const check = (): void => {
            const { offered, delivered, failed, coalesced, dropped, discarded, pending } = delivery.tally
            same(offered, delivered + failed + coalesced + dropped + discarded + pending)
            same(offered, seen.offered)
            same(dropped, seen.dropped)
            same(failed, seen.failed)
            same(delivery.backlog <= options.capacity, true)
            same([0, 1].includes(pending - delivery.backlog), true)
          }
          const offer = (value: number): void => {
            seen.offered++
            delivery.offer(value)
          }
          const delivery: Delivery<number> = new Delivery<number>({
            ...options,
            ready: options.always ? 'always' : readySubject,
            now: () => nowMs,
            keyOf: (value) => value % 4,
            deliver: (value) => {
              check()
              if (value % 11 === 10) offer(value + 1)
              if (value % 5 === 1 && value >= 0) seen.failed++
              if (value % 5 === 1 && value >= 0) throw new Error('handler')
              if (value % 2 === 0) return undefined
              works.push(new ManualWork())
              return works.at(-1)
            },
            onDrop: (value) => {
              seen.dropped++
              check()
              if (value % 7 === 6) offer(value + 1)
              if (value % 3 === 2) throw new Error('onDrop')
            },
            onDropRun: ({ count }) => {
              seen.runs += count
              check()
              return count % 2 === 0 ? undefined : -2
            },
            onFailure: check,
            onDrained: () => {
              seen.ended++
              same(delivery.tally.pending, 0)
            },
            onOverflow: () => {
              seen.ended++
              same(delivery.tally.pending, 0)
            },
            onFault: check,
          })
          let next = 0
          const run = ({ command, key }: Step): void => {
            if (command === 'offer') offer((next += 4) + key)
            else if (command === 'succeed') works.shift()?.succeed()
            else if (command === 'fail') {
              const before = delivery.tally
              const work = works.shift()
              // Only the promise of a value is in the account, and only the first word of one that was not cut.
              const counts = work !== undefined && before.pending > delivery.backlog
              if (counts) seen.failed++
              work?.fail(new Error('work'))
            } else if (command === 'ready') readySubject.next()
            else if (command === 'notice') delivery.notice(-1)
            else if (command === 'wait') nowMs += key
            else if (command === 'finish') delivery.finish()
            else delivery.discard(command === 'cut')
            check()
          }
          before.forEach(run)
          run({ command: end, key: 0 })
          after.forEach(run)
          for (let quiet = 0; quiet < 3; quiet = works.length + delivery.backlog === 0 ? quiet + 1 : 0) {
            run({ command: 'ready', key: 0 })
            run({ command: 'succeed', key: 0 })
          }
          same(delivery.tally.pending, 0)
          same(seen.ended <= 1, true)
          if (end === 'finish') expect(seen.ended).toBe(1)
          if (options.overflow !== 'error') expect(seen.runs).toBe(seen.dropped)
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('delivers, drops and reports what a flat list would', () => {
    const steps = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: step('offer') },
        { weight: 4, arbitrary: step('succeed', 'ready') },
        { weight: 1, arbitrary: step('notice', 'wait') },
      ),
      { maxLength: 80, size: 'max' },
    )
    fc.assert(
      fc.property(
        settings(fc.constantFrom('drop-oldest', 'drop-newest', 'coalesce')),
        steps,
        (options, script) => {
          const isSlow = (text: string): boolean => text.length % 2 === 0
          const model = new FlatModel(options, isSlow)
          const readySubject = new Subject<void>()
          const heard: string[] = []
          const keys = new Map<string, number>()
          let work: ManualWork | undefined
          const delivery = new Delivery<string>({
            ...options,
            ready: options.always ? 'always' : readySubject,
            now: () => model.nowMs,
            keyOf: (text) => keys.get(text),
            deliver: (text) => {
              heard.push(text)
              if (isSlow(text)) work = new ManualWork()
              return work
            },
            onDropRun: ({ first, count, reason }) => `${reason} ${first} x${count}`,
          })
          script.forEach(({ command, key }, n) => {
            if (command === 'offer') {
              keys.set(`${n}`, key)
              delivery.offer(`${n}`)
              model.offer(`${n}`, key)
            } else if (command === 'notice') {
              delivery.notice(`notice ${n}`)
              model.notice(`notice ${n}`)
            } else if (command === 'wait') {
              model.nowMs += key
            } else if (command === 'ready') {
              readySubject.next()
              model.ready()
            } else if (work !== undefined) {
              const settled = work
              work = undefined
              settled.succeed()
              model.settle()
            }
            same(heard.join(), model.heard.join())
            same(delivery.backlog, model.waiting)
            same(delivery.tally.dropped, model.dropped)
            same(delivery.tally.coalesced, model.coalesced)
          })
        },
      ),
      { numRuns: 3000 },
    )
  })
})
