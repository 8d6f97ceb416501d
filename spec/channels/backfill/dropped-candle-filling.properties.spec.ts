/**
 * The promises of C5.2, C6.2 and C7 for candles with back-fill, under random markets and consumers that fall behind, with
 * every policy of a full buffer, cuts, and a history that lags, answers slowly, in short pages, or fails.
 */
import { Subject } from 'rxjs'
import { seededRandom } from '../../../src/base/seeded-random'
import type { AnyConsumerOptions } from '../../../src/channels/consumer-options'
import type { Delivered } from '../../../src/channels/consumer-config'
import type { GapEvent } from '../../../src/channels/gap-event'
import type { CandleFrame } from '../../../src/protocol/candle'
import { aCandle } from '../../../src/testing'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'
import fc from '../../support/seeded-fast-check'

const step = fc.record({
  what: fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom('tick', 'both', 'double', 'burst') },
    { weight: 5, arbitrary: fc.constantFrom('wait', 'settle', 'turn') },
    { weight: 1, arbitrary: fc.constantFrom('cut') },
  ),
  ms: fc.integer({ min: 0, max: 1500 }),
})

const settings = fc.record({
  steps: fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
  seed: fc.integer(),
  pageSize: fc.constantFrom(1, 2, 7, 200),
  lagMs: fc.constantFrom(0, 0, 150, 900),
  answerMs: fc.constantFrom(0, 40, 400),
  failing: fc.constantFrom(0, 0, 0, 0.2),
  aheadMs: fc.constantFrom(0, 0, 3000, -3000),
})

const both = ['KRW-BTC', 'KRW-ETH']
const consumers: readonly (AnyConsumerOptions & {
  readonly name: string
  readonly codes?: readonly string[]
})[] = [
  { name: 'quick', backfill: 'ordered' },
  { name: 'plain slow', buffer: { capacity: 2 } },
  { name: 'ordered slow', backfill: 'ordered', buffer: { capacity: 2 } },
  { name: 'ordered slow of one', backfill: 'ordered', buffer: { capacity: 2 }, codes: ['KRW-ETH'] },
  { name: 'late slow', backfill: 'late', buffer: { capacity: 2 } },
  { name: 'late slow, little', backfill: 'late', buffer: { capacity: 1 } },
  { name: 'ordered slow realtime', backfill: 'ordered', only: 'realtime', buffer: { capacity: 1 } },
  { name: 'ordered slow oldest', backfill: 'ordered', buffer: { capacity: 3, overflow: 'drop-oldest' } },
  { name: 'late slow newest', backfill: 'late', buffer: { capacity: 2, overflow: 'drop-newest' } },
  { name: 'ordered turns', backfill: 'ordered', buffer: { capacity: 2 } },
  { name: 'late turns', backfill: 'late', buffer: { capacity: 2 } },
]

const same = (actual: unknown, expected: unknown): void => {
  if (actual !== expected) expect(actual).toEqual(expected)
}

describe('back-fill of candles, whatever happens', () => {
  it('C7 nobody misses the end of a period that no gap tells of, and no state comes after a newer one', () => {
    const seen = { closed: 0, abandoned: 0, rest: 0, refilled: 0 }
    fc.assert(
      fc.property(settings, ({ steps, seed, failing, answerMs, ...history }) => {
        const random = seededRandom(seed)
        let isCalm = false
        let isCut = false
        const {
          consumer: join,
          exchange,
          hub,
          now,
          pass,
          past,
        } = fillWorld({
          ...history,
          answerMs: () => Math.floor(random() * answerMs),
          fails: () => !isCalm && random() < failing,
        })
        const works: ManualWork[] = []
        const turns = new Subject<void>()
        const check = (): void => {
          for (const { consumer } of members) {
            const { offered, delivered, failed, coalesced, dropped, discarded, pending } = consumer.tally
            same(offered, delivered + failed + coalesced + dropped + discarded + pending)
          }
        }
        const members: ReturnType<typeof join>[] = []
        const works$ = (isSlow: boolean) => (event: Delivered) => {
          check()
          return isSlow && event.type !== 'gap' ? (works[works.length] = new ManualWork()) : undefined
        }
        for (const { codes = both, ...options } of consumers) {
          const deliver = options.name.includes('turns') ? { deliver: turns } : {}
          const isSlow = options.name.includes('slow')
          members.push(join({ gaps: true, ...options, ...deliver }, codes, works$(isSlow), 'candle.1s'))
        }
        const settle = (): void => {
          for (const work of works.splice(0)) work.succeed()
        }
        const published: CandleFrame[] = []
        /** A trade: the next state of the present period, by the exchange's clock. */
        const tick = (code: string): void => {
          const timestamp = now() + history.aheadMs
          const frame = aCandle('1s', {
            code,
            candle_date_time_utc: new Date(timestamp).toISOString().slice(0, 19),
            timestamp,
            trade_price: published.length + 1,
          })
          published.push(frame)
          past.publishCandle(frame)
          exchange.snapshot({ ...frame, stream_type: 'SNAPSHOT' })
          exchange.emit(frame)
        }

        pass(2000)
        for (const { what, ms } of steps) {
          const code = both[ms % 2]!
          if (what === 'tick') tick(code)
          if (what === 'both') for (const each of both) tick(each)
          if (what === 'double') for (let n = 0; n < 2; n++) tick(code)
          if (what === 'burst') {
            for (let n = 0; n < 6; n++) {
              tick(both[n % 2]!)
              pass(300)
            }
          }
          // A history that lags does not tell that it does.
          if (what === 'cut' && history.lagMs === 0) {
            isCut = true
            exchange.cut()
          }
          if (what === 'settle') settle()
          if (what === 'turn') turns.next()
          pass(ms)
          check()
        }
        isCalm = true
        for (let n = 0; n < 150; n++) {
          pass(1000)
          turns.next()
          while (works.length > 0) settle()
          if (n % 50 === 0) for (const each of both) tick(each)
        }
        check()

        members.forEach(({ consumer, got }, index) => {
          same(consumer.tally.pending, 0)
          const { name, codes = both } = consumers[index]!
          const gaps = got.filter((event): event is GapEvent => event.type === 'gap')
          const abandoned = gaps.filter(({ phase }) => phase === 'abandoned')
          const own = gaps.filter(
            ({ phase, cause, count = 0 }) => phase === 'closed' && cause === 'overflow' && count > 0,
          )
          seen.abandoned += abandoned.length
          seen.closed += gaps.filter(({ phase }) => phase === 'closed').length
          seen.rest += got.filter((event) => event.type !== 'gap' && event.source === 'rest').length
          seen.refilled += own.length
          const opened = new Set(gaps.filter(({ phase }) => phase === 'opened').map(({ id }) => id))
          const ended = new Set(gaps.filter(({ phase }) => phase !== 'opened').map(({ id }) => id))
          for (const id of opened) same(ended.has(id), true)
          const states = checkOrder(got, name.startsWith('ordered') && !isCut)
          // Of who does not ask for it only the run is told, by its first and last.
          if (name.startsWith('plain')) return
          for (const [key, frame] of lastOf(published, codes)) {
            const { timestamp } = frame
            // The first state may be a SNAPSHOT that was not asked for.
            if (
              name.includes('realtime') &&
              timestamp === published.find(({ code }) => code === frame.code)?.timestamp
            )
              continue
            const isTold = abandoned.some(
              ({ from_ms, to_ms = Infinity }) =>
                from_ms - Math.abs(history.aheadMs) <= timestamp &&
                timestamp <= to_ms + Math.abs(history.aheadMs),
            )
            if (!isTold) same(`${name} ${key} ${states.get(key)}`, `${name} ${key} ${timestamp}`)
          }
        })
        hub.end()
      }),
      { numRuns: 15, endOnFailure: true },
    )
    expect(Math.min(seen.closed, seen.abandoned, seen.rest, seen.refilled)).toBeGreaterThan(100)
  })
})

/** By code and period: the last state. */
function lastOf(published: readonly CandleFrame[], codes: readonly string[]): Map<string, CandleFrame> {
  const own = published.filter(({ code }) => codes.includes(code))
  return new Map(own.map((frame) => [keyOf(frame), frame]))
}

function keyOf({ code, candle_date_time_utc }: Pick<CandleFrame, 'code' | 'candle_date_time_utc'>): string {
  return `${code} ${candle_date_time_utc}`
}

/** No state of a period comes after a newer one, nor, in order, one of an earlier period. Says the last state of each. */
function checkOrder(got: readonly Delivered[], isOrdered: boolean): Map<string, number> {
  const states = new Map<string, number>()
  const newest = new Map<string, string>()
  for (const event of got) {
    if (!('candle_date_time_utc' in event)) continue
    const { code, candle_date_time_utc: period, timestamp } = event
    same(timestamp >= (states.get(keyOf(event)) ?? 0), true)
    states.set(keyOf(event), timestamp)
    if (isOrdered) same(period >= (newest.get(code) ?? ''), true)
    newest.set(code, period)
  }
  return states
}
