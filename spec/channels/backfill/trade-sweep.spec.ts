import { of } from 'rxjs'
import { reasonOf } from '../../../src/channels/backfill/fill-stop'
import { sweepTrades$ } from '../../../src/channels/backfill/trade-sweep'
import type { RestTradeEvent } from '../../../src/protocol/rest-event'
import { aTrade, virtualStartMs } from '../../../src/testing'
import { virtualTime } from '../../support/virtual-time'
import type { HistoryOptions } from './support/model-history'
import { ModelHistory } from './support/model-history'

const dayMs = 86_400_000

/** Trade `n` was executed `n` seconds after the beginning, which is midnight. */
function setUp(options: Omit<HistoryOptions, 'environment'> = {}, startMs = 0) {
  const time = virtualTime()
  const history = new ModelHistory({ environment: time.environment, ...options })
  const publish = (n: number): void =>
    history.publish(aTrade({ trade_timestamp: virtualStartMs + n * 1000, sequential_id: String(1000 + n) }))
  time.pass(startMs)
  const sweep = (bottomMs: number) => {
    const got: number[] = []
    const ends: string[] = []
    sweepTrades$(history, time.environment, {
      code: 'KRW-BTC',
      bottomMs: virtualStartMs + bottomMs,
    }).subscribe({
      next: (rows) => got.push(...rows.map(({ sequential_id }) => Number(sequential_id) - 1000)),
      error: (error: unknown) => ends.push(reasonOf(error)),
      complete: () => ends.push('complete'),
    })
    return { got, ends }
  }
  return { time, history, publish, sweep }
}

describe('sweepTrades$', () => {
  it('pages of 500 by the cursor, to one that is old enough', () => {
    const { time, history, publish, sweep } = setUp({}, 3_600_000)
    for (let n = 1000; n <= 2500; n++) publish(n)
    const { got, ends } = sweep(1_900_000)
    time.pass(1)
    expect(got[0]).toBe(2500)
    expect(got.at(-1)).toBe(1501)
    expect(ends).toEqual(['complete'])
    expect(history.asked).toEqual([
      { code: 'KRW-BTC', count: 500 },
      { code: 'KRW-BTC', count: 500, cursor: '3001' },
    ])
  })

  it('goes on with the day before, without a cursor, and stops where that day begins before the bottom', () => {
    const { time, history, publish, sweep } = setUp({ pageSize: 2 }, 2 * dayMs + 60_000)
    const day = dayMs / 1000
    for (const n of [day + 10, day + 20, day + 30, 2 * day + 1]) publish(n)
    const { got, ends } = sweep(dayMs)
    time.pass(1)
    expect(got).toEqual([2 * day + 1, day + 30, day + 20, day + 10])
    expect(ends).toEqual(['complete'])
    expect(history.asked.map(({ ...page }) => ['daysAgo' in page ? page.daysAgo : 0])).toEqual([
      [0],
      [0],
      [1],
      [1],
      [1],
    ])
  })

  it('midnight that passes between two pages: the same day goes on, a day further away', () => {
    const { time, history, publish, sweep } = setUp({ pageSize: 2, answerMs: () => 4000 }, dayMs - 6000)
    const day = dayMs / 1000
    for (let n = 1; n <= 6; n++) publish(day - 60 + n)
    const { got, ends } = sweep(dayMs - 58_000)
    time.pass(60_000)
    expect(got).toEqual([6, 5, 4, 3, 2, 1].map((n) => day - 60 + n))
    expect(ends).toEqual(['complete'])
    expect(history.asked.at(-1)).toMatchObject({ daysAgo: 1, cursor: String(1000 + day - 57) })
  })

  it.each([3000, -3000])('clocks that are %i ms apart at midnight lose nothing', (aheadMs) => {
    const { time, publish, sweep } = setUp({ pageSize: 1, answerMs: () => 900, aheadMs }, dayMs - 4000)
    const day = dayMs / 1000
    for (let n = 1; n <= 6; n++) publish(day - 60 + n)
    const { got, ends } = sweep(dayMs - 58_000)
    time.pass(120_000)
    expect([...new Set(got)].sort((one, other) => other - one)).toEqual(
      [6, 5, 4, 3, 2].map((n) => day - 60 + n),
    )
    expect(ends).toEqual(['complete'])
  })

  it('further back than seven days is too old', () => {
    const { time, sweep, history } = setUp({}, 9 * dayMs + 60_000)
    const { ends } = sweep(0)
    time.pass(1)
    expect(ends).toEqual(['too-old'])
    expect(history.asked).toHaveLength(8)
  })

  it('a page that ends with its own cursor leads nowhere', () => {
    const { time } = setUp()
    const row = { trade_timestamp: virtualStartMs + 50_000, sequential_id: '7' }
    time.pass(60_000)
    const ends: string[] = []
    sweepTrades$({ trades$: () => of([row as RestTradeEvent]), candles$: () => of([]) }, time.environment, {
      code: 'KRW-BTC',
      bottomMs: virtualStartMs,
    }).subscribe({ error: (error: unknown) => ends.push(reasonOf(error)) })
    time.pass(1)
    expect(ends).toEqual(['rest-failed'])
  })
})
