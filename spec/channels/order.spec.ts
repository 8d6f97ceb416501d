import { ClockOffset } from '../../src/channels/clock-offset'
import type { OrderVerdict } from '../../src/channels/order'
import { CandleOrder, StateOrder, TradeOrder } from '../../src/channels/order'
import { virtualStartMs } from '../../src/testing'
import { candleEvent, tickerEvent, tradeEvent } from './support/events'
import fc from '../support/seeded-fast-check'

/** Short for a row: R is REALTIME, S a SNAPSHOT; the number is its stamp, after `@` the time of receipt, `/` an epoch. */
function parse(row: string) {
  const [, kind, ms, , received, , epoch] = /^([RS])(-?\d+)(@(\d+))?(\/(\d+))?$/.exec(row) ?? []
  return {
    ms: Number(ms),
    receivedMs: Number(received ?? ms),
    epoch: Number(epoch ?? 1),
    stream_type: kind === 'S' ? 'SNAPSHOT' : 'REALTIME',
  }
}

function stateOrder() {
  const stepped: number[] = []
  const order = new StateOrder({
    clock: new ClockOffset(),
    stepped: ({ received_at }) => stepped.push(received_at - virtualStartMs),
  })
  const judge = (row: string): OrderVerdict => {
    const { stream_type, ...at } = parse(row)
    return order.judge(tickerEvent(at, { stream_type }))
  }
  return { order, judge, stepped }
}

const times = <T>(count: number, value: T): T[] => Array<T>(count).fill(value)

describe('StateOrder', () => {
  it.each<[string, string, string]>([
    ['rising', 'R1 R2 R3', 'pass pass pass'],
    ['equal', 'R1 R1 R1', 'pass pass pass'],
    ['one or two behind', 'R9 R8 R7 R9', 'pass stale stale pass'],
    ['behind, but not in a row', 'R9 R8 R9 R8 R9 R8', 'pass stale pass stale pass stale'],
    ['three in a row behind', 'R9000 R1 R3 R2 R2 R3', 'pass stale stale pass stale pass'],
    ['two seconds behind', 'R9000@0 R1@1 R1@2000 R2@2002', 'pass stale stale pass'],
    ['two seconds, by two frames', 'R9000@0 R1@1 R1@2001', 'pass stale pass'],
    ['the same snapshot again', 'R5 S5 S4', 'pass duplicate duplicate'],
    ['a later snapshot', 'R5 S6 R5 R6', 'pass pass stale pass'],
    ['first snapshot of all', 'S5 S5 R5', 'pass duplicate pass'],
    ['first of an epoch, older', 'R5 S4/2 S4/2 R5/2', 'pass stale duplicate pass'],
    ['first of an epoch, the same', 'R5 S5/2 S5/2', 'pass pass duplicate'],
    ['first of an epoch, newer', 'R5 S6/2 R6/2', 'pass pass pass'],
    ['first of an epoch, REALTIME', 'R5 R4/2 R6/2 S6/2', 'pass stale pass duplicate'],
    ['a snapshot does not end a run of late frames', 'R9 R1 R2 S9 R3', 'pass stale stale duplicate pass'],
    ['over 60 s ahead', 'R5 R65001@0 R5 R6', 'pass pass pass pass'],
    ['60 s ahead', 'R5 R60000@0 R5', 'pass pass stale'],
    ['a snapshot from the future', 'S70000@0 R5 R6', 'pass pass pass'],
  ])('%s', (_, rows, verdicts) => {
    const { judge } = stateOrder()
    expect(rows.split(' ').map(judge).join(' ')).toBe(verdicts)
  })

  it('tells of a step once, with the event that is delivered by it', () => {
    const { judge, stepped } = stateOrder()
    for (const row of 'R9000@0 R1@1 R2@2 R3@3 R4@4 R5@5 R6@6'.split(' ')) judge(row)
    expect(stepped).toEqual([3])
  })

  it('C5.4 keeps the order again eight frames after a clock that had gone back for minutes came right', () => {
    const { judge } = stateOrder()
    const go = (fromMs: number, count: number, behindMs: number): OrderVerdict[] =>
      Array.from({ length: count }, (_, index) =>
        judge(`R${fromMs + index * 10 - behindMs}@${fromMs + index * 10}`),
      )
    go(100_000, 64, 0)
    go(101_000, 200, 90_000)
    expect(go(110_000, 8, 0)).toEqual(times(8, 'pass'))
    expect([judge('R110080@110080'), judge('R109000@110081'), judge('R110090@110090')]).toEqual([
      'pass',
      'stale',
      'pass',
    ])
  })

  it('goes on from the newest of the frames that were behind', () => {
    const { judge } = stateOrder()
    expect('R9000 R10 R30 R20 R29 R30'.split(' ').map(judge)).toEqual([
      'pass',
      'stale',
      'stale',
      'pass',
      'stale',
      'pass',
    ])
  })

  const stamps = fc.array(
    fc.record({
      ms: fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 100_000 }), fc.constant(9e14)),
      waitMs: fc.integer({ min: 0, max: 1500 }),
      snapshot: fc.boolean(),
      newEpoch: fc.boolean(),
    }),
    { maxLength: 80 },
  )

  it('never passes a lower REALTIME stamp, but by a reset and after a stamp from the future', () => {
    fc.assert(
      fc.property(stamps, (given) => {
        const { order, stepped } = stateOrder()
        let receivedMs = 0
        let epoch = 1
        let highest = -Infinity
        for (const { ms, waitMs, snapshot, newEpoch } of given) {
          receivedMs += waitMs
          if (newEpoch) epoch++
          const stream_type = snapshot ? 'SNAPSHOT' : 'REALTIME'
          const steps = stepped.length
          const passed = order.judge(tickerEvent({ ms, receivedMs, epoch }, { stream_type })) === 'pass'
          if (stepped.length > steps) highest = ms
          if (!passed) continue
          expect(ms).toBeGreaterThanOrEqual(highest)
          // The clocks of these specs agree, but for what the estimate makes of absurd lags: a stamp far ahead is none.
          if (ms - receivedMs <= 60_000) highest = Math.max(highest, ms)
        }
      }),
    )
  })

  it('passes at least one of any three REALTIME frames in a row', () => {
    fc.assert(
      fc.property(stamps, (given) => {
        const { order } = stateOrder()
        let receivedMs = 0
        let withheld = 0
        for (const { ms, waitMs } of given) {
          receivedMs += waitMs
          withheld = order.judge(tickerEvent({ ms, receivedMs })) === 'pass' ? 0 : withheld + 1
          expect(withheld).toBeLessThan(3)
        }
      }),
    )
  })
})

describe('CandleOrder', () => {
  const minute = 60_000
  const candleOrder = () => {
    const order = new CandleOrder({ clock: new ClockOffset(), stepped: () => {} })
    return (row: string): OrderVerdict => {
      const { stream_type, ...at } = parse(row)
      return order.judge(candleEvent(at, { stream_type }))
    }
  }

  it.each<[string, string, string]>([
    ['within a period', 'R5 R4 R5 R6', 'pass stale pass pass'],
    ['an earlier period, late', `R${minute} R5 R4 R6`, 'pass pass stale pass'],
    ['snapshots of two periods', `S5 S${minute} S5 S${minute}`, 'pass pass duplicate duplicate'],
    ['the first of an epoch of each period', `R5 R${minute} S5/2 S${minute}/2`, 'pass pass pass pass'],
  ])('%s', (_, rows, verdicts) => {
    expect(rows.split(' ').map(candleOrder()).join(' ')).toBe(verdicts)
  })

  it('remembers eight periods', () => {
    const judge = candleOrder()
    const periods = Array.from({ length: 8 }, (_, index) => `R${index * minute + 10}`)
    expect(periods.map(judge)).toEqual(periods.map(() => 'pass'))
    expect(judge('R9')).toBe('stale')
    judge(`R${8 * minute}`)
    expect(judge('R9')).toBe('pass')
  })
})

describe('TradeOrder', () => {
  const judgeAll = (ids: readonly string[]): OrderVerdict[] => {
    const order = new TradeOrder()
    return ids.map((sequential_id) => order.judge(tradeEvent({}, { sequential_id })))
  }

  it.each<[string, string, string]>([
    ['rising', '1 2 3', 'pass pass pass'],
    ['falling', '3 2 1', 'pass pass pass'],
    ['again', '1 1 2 1', 'pass duplicate pass duplicate'],
    ['by length, not by text', '9 10 9 10', 'pass pass duplicate duplicate'],
    ['beyond 2^53', '17640288000000001 17640288000000002 17640288000000001', 'pass pass duplicate'],
  ])('%s', (_, ids, verdicts) => {
    expect(judgeAll(ids.split(' ')).join(' ')).toBe(verdicts)
  })

  it('passes each id once, and withholds none that is new', () => {
    const ids = fc.array(fc.bigInt({ min: 0n, max: 300n }).map(String), { maxLength: 500 })
    fc.assert(
      fc.property(ids, (given) => {
        const seen = new Set<string>()
        const expected = given.map((id) => (seen.has(id) ? 'duplicate' : (seen.add(id), 'pass')))
        expect(judgeAll(given)).toEqual(expected)
      }),
    )
  })

  it('remembers at least the last 4,096 ids, and not all', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => String(20_000 - index))
    const order = new TradeOrder()
    const judge = (id: string): OrderVerdict => order.judge(tradeEvent({}, { sequential_id: id }))
    expect(ids.map(judge).every((verdict) => verdict === 'pass')).toBe(true)
    for (const id of ids.slice(-4096)) expect(judge(id)).toBe('duplicate')
    expect(judge('19999')).toBe('pass')
  })
})
