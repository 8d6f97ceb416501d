/**
 * The promises of C5.3, C6.2 and C7 with back-fill, under random markets, cuts, slow consumers, midnights and a history
 * that lags, answers slowly, in short pages, or fails.
 */
import { Subject } from 'rxjs'
import type { AnyConsumerOptions } from '../../../src/channels/consumer-options'
import type { Delivered } from '../../../src/channels/consumer-config'
import type { GapEvent } from '../../../src/channels/gap-event'
import type { TradePoint } from '../../../src/channels/backfill/trade-rows'
import { isLater } from '../../../src/channels/backfill/trade-rows'
import { seededRandom } from '../../../src/base/seeded-random'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'
import fc from '../../support/seeded-fast-check'

interface Step {
  readonly what: 'trade' | 'late' | 'burst' | 'cut' | 'wait' | 'settle' | 'turn' | 'join' | 'step'
  readonly ms: number
}

interface Published {
  readonly id: string
  readonly atMs: number
  readonly executedMs: number
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom<Step['what']>('trade', 'trade', 'late', 'burst') },
    { weight: 4, arbitrary: fc.constantFrom<Step['what']>('wait', 'settle', 'turn') },
    { weight: 1, arbitrary: fc.constantFrom<Step['what']>('cut', 'cut', 'join') },
    { weight: 1, arbitrary: fc.constantFrom<Step['what']>('step') },
  ),
  ms: fc.integer({ min: 0, max: 1500 }),
})

const settings = fc.record({
  steps: fc.array(step, { minLength: 20, maxLength: 120, size: 'max' }),
  seed: fc.integer(),
  pageSize: fc.constantFrom(1, 2, 7, 500),
  lagMs: fc.constantFrom(0, 150, 900),
  answerMs: fc.constantFrom(0, 40, 400),
  failing: fc.constantFrom(0, 0, 0, 0.2),
  startMs: fc.constantFrom(0, 86_400_000 - 20_000, 86_400_000 - 60_000),
  aheadMs: fc.constantFrom(0, 0, 3000, -3000),
  /** What a step of the clock of execution may be. */
  stepsMs: fc.constantFrom([0], [-1500, 1500], [-5000, 4000, 2500], [-60_000, 20_000, 61_000]),
})

const consumers = [
  { name: 'ordered', backfill: 'ordered' },
  { name: 'late', backfill: 'late' },
  { name: 'plain' },
  { name: 'realtime', backfill: 'ordered', only: 'realtime' },
  { name: 'slow', backfill: 'ordered', buffer: { capacity: 2 } },
  { name: 'slow late', backfill: 'late', buffer: { capacity: 2 } },
  { name: 'ordered', backfill: 'ordered', deliver: 'turns' },
  { name: 'ordered', backfill: 'ordered', deliver: 'task' },
  { name: 'slow turns', backfill: 'ordered', deliver: 'turns' },
] as const

const same = (actual: unknown, expected: unknown): void => {
  if (actual !== expected) expect(actual).toEqual(expected)
}

describe('back-fill, whatever happens', () => {
  it('C7 nobody gets a trade twice, and nobody misses one that no gap tells of', () => {
    const seen = { closed: 0, abandoned: 0, rest: 0, overflows: 0 }
    fc.assert(
      fc.property(settings, ({ steps, seed, failing, answerMs, startMs, stepsMs, ...history }) => {
        const random = seededRandom(seed)
        let isCalm = false
        const here = fillWorld(
          {
            ...history,
            answerMs: () => Math.floor(random() * answerMs),
            fails: () => !isCalm && random() < failing,
          },
          startMs,
        )
        const { exchange, hub, publish, pass } = here
        const works: ManualWork[] = []
        const turns = new Subject<void>()
        const check = (): void => {
          for (const { tally } of members.map(({ consumer }) => consumer)) {
            const { offered, delivered, failed, coalesced, dropped, discarded, pending } = tally
            same(offered, delivered + failed + coalesced + dropped + discarded + pending)
          }
        }
        const members: ReturnType<typeof here.consumer>[] = []
        const join = (options: (typeof consumers)[number]): void => {
          const deliver = 'deliver' in options && options.deliver === 'turns' ? { deliver: turns } : {}
          members.push(
            here.consumer(
              { gaps: true, ...options, ...deliver } as AnyConsumerOptions,
              ['KRW-BTC'],
              (event) => {
                check()
                if (!options.name.startsWith('slow') || event.type === 'gap') return undefined
                works.push(new ManualWork())
                return works.at(-1)
              },
            ),
          )
        }
        const settle = (): void => {
          for (const work of works.splice(0)) work.succeed()
        }
        const published: Published[] = []
        let aheadMs = 0
        let steppedAt = 0
        const trade = (lateMs: number): void => {
          // Ids that tell nothing of the order.
          const id = `17${Math.floor(random() * 1e9)}${published.length}`
          publish(id, lateMs - aheadMs)
          published.push({ id, atMs: here.now(), executedMs: here.now() - lateMs + aheadMs })
        }

        trade(0)
        for (const options of consumers) join(options)
        pass(2000)
        const joinedAt = members.map(() => published.length - 1)
        for (const { what, ms } of steps) {
          if (what === 'trade') trade(0)
          if (what === 'late') trade(Math.floor(random() * 1900))
          if (what === 'burst') for (let n = 0; n < 6; n++) trade(n % 3)
          if (what === 'cut') exchange.cut()
          // Forth and back within one loss could not be told from a calm.
          if (what === 'step' && members[2]!.ids().length > steppedAt && exchange.connections > 0) {
            aheadMs += stepsMs[ms % stepsMs.length]!
            steppedAt = members[2]!.ids().length
          }
          if (what === 'settle') settle()
          if (what === 'turn') turns.next()
          if (what === 'join' && members.length < 11) {
            joinedAt.push(-1)
            join({ name: 'ordered', backfill: 'ordered' })
          }
          pass(ms)
          check()
        }
        isCalm = true
        for (let n = 0; n < 600; n++) {
          pass(1000)
          turns.next()
          while (works.length > 0) settle()
          if (n % 300 === 0) trade(0)
        }
        check()

        members.forEach(({ consumer, got, ids }, index) => {
          same(consumer.tally.pending, 0)
          const all = ids()
          same(new Set(all).size, all.length)
          const gaps = got.filter((event): event is GapEvent => event.type === 'gap')
          const abandoned = gaps.filter(({ phase }) => phase === 'abandoned')
          seen.abandoned += abandoned.length
          seen.closed += gaps.filter(({ phase }) => phase === 'closed').length
          seen.rest += got.filter((event) => event.type === 'trade' && event.source === 'rest').length
          seen.overflows += gaps.filter(({ cause }) => cause === 'overflow').length
          // Every gap that opened has ended.
          const opened = new Set(gaps.filter(({ phase }) => phase === 'opened').map(({ id }) => id))
          const ended = new Set(gaps.filter(({ phase }) => phase !== 'opened').map(({ id }) => id))
          for (const id of opened) same(ended.has(id), true)
          if (joinedAt[index] === -1) return
          const from = joinedAt[index]! + (consumer.skipsSnapshots ? 1 : 0)
          const had = new Set(all)
          const missed = published.slice(from).filter(({ id }) => !had.has(id))
          // Of what was fetched or lost again all that is known may be when it was executed.
          const isTold = ({ atMs, executedMs }: Published): boolean =>
            abandoned.some(
              ({ from_ms, to_ms = Infinity }) =>
                from_ms <= Math.max(atMs, executedMs) && Math.min(atMs, executedMs) <= to_ms,
            )
          same(missed.filter((trade) => !isTold(trade)).length, 0)
        })
        members
          .filter(({ consumer }) => consumer.name === 'ordered' || consumer.name === 'slow turns')
          .forEach(({ got }) => checkOrder(got))
        // By a clock that does not step; and what was dropped is of any time.
        const keeping = members.filter(({ consumer }) => !consumer.name.startsWith('slow'))
        if (stepsMs.length === 1) for (const { got } of keeping) checkOwn(got, published)
        hub.end()
      }),
      { numRuns: 60, endOnFailure: true },
    )
    expect(Math.min(seen.closed, seen.abandoned, seen.rest, seen.overflows)).toBeGreaterThan(100)
  })
})

/** What a gap is filled with is not of one that was abandoned before, nor of before the consumer came: but for lateness. */
function checkOwn(got: readonly Delivered[], published: readonly Published[]): void {
  const byId = new Map(published.map((trade) => [trade.id, trade]))
  const abandoned: GapEvent[] = []
  let first: number | undefined
  let last = -Infinity
  /** By gap that is being filled: the last trade before. The first one is filled first. */
  const lastBefore = new Map<string, number>()
  for (const event of got) {
    if (event.type === 'gap') {
      if (event.cause !== 'disconnect') continue
      if (event.phase === 'opened') lastBefore.set(event.id, last)
      else lastBefore.delete(event.id)
      if (event.phase === 'abandoned') abandoned.push(event)
    } else if (event.type === 'trade' && event.source !== 'rest') {
      first ??= event.trade_timestamp
      last = event.trade_timestamp
    } else if (event.type === 'trade') {
      const { atMs, executedMs } = byId.get(event.sequential_id)!
      if (first !== undefined) same(executedMs >= first - 2000, true)
      const isGivenUp = abandoned.some(({ from_ms, to_ms = 0 }) => from_ms < atMs && atMs < to_ms)
      const [lastMs = -Infinity] = lastBefore.values()
      if (isGivenUp) same(executedMs >= lastMs - 2000, true)
    }
  }
}

/** Back-filled trades are in order among themselves, and before the live ones of the epoch that ended their gap. */
function checkOrder(got: readonly Delivered[]): void {
  let before: TradePoint | undefined
  let gap: GapEvent | undefined
  for (const event of got) {
    if (event.type === 'gap') {
      if (event.phase === 'opened') {
        gap = event
        before = undefined
      }
      continue
    }
    if (event.source !== 'rest' || event.type !== 'trade') {
      before = undefined
      continue
    }
    same(gap === undefined, false)
    if (before !== undefined) same(isLater(event, before), true)
    before = event
  }
  let epoch = 0
  let restSince = false
  for (const event of got) {
    if (event.type === 'gap') continue
    if (event.source === 'rest') restSince = true
    else {
      // The live events around a run of back-filled ones are of different epochs.
      if (restSince) same(event.epoch > epoch, true)
      same(event.epoch >= epoch, true)
      epoch = event.epoch
      restSince = false
    }
  }
}
