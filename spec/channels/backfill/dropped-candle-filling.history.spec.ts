/** C7: dropped periods of candles, by histories that stamp otherwise than the socket, or lead nowhere. */
import type { Observable } from 'rxjs'
import { map } from 'rxjs'
import type { CandlePage } from '../../../src/channels/backfill-source'
import { DroppedCandleFilling } from '../../../src/channels/backfill/dropped-candle-filling'
import type { GapReason } from '../../../src/channels/gap-event'
import type { RestCandleEvent } from '../../../src/protocol/rest-event'
import { aCandle, virtualStartMs } from '../../../src/testing'
import { virtualTime } from '../../support/virtual-time'

const minuteMs = 60_000
const startMs = (n: number): number => virtualStartMs + n * minuteMs
const period = (n: number): string => new Date(startMs(n)).toISOString().slice(0, 19)

const row = (n: number, atMs = 30_000): RestCandleEvent => ({
  ...aCandle('1m', { candle_date_time_utc: period(n), timestamp: startMs(n) + atMs }),
  epoch: 0,
  received_at: 0,
  source: 'rest',
})

/** What is found of the periods `dropped`, each by its stamp within its minute, `nowMs` after the start. */
function filled(
  dropped: Readonly<Record<number, number>>,
  nowMs: number,
  answer: (page: CandlePage, atMs: number) => readonly RestCandleEvent[],
) {
  const time = virtualTime()
  time.pass(nowMs)
  const asked: CandlePage[] = []
  const candles$ = (page: CandlePage): Observable<readonly RestCandleEvent[]> => {
    asked.push(page)
    return time.environment.timer$(100).pipe(map(() => answer(page, time.nowMs)))
  }
  const filling = new DroppedCandleFilling(
    {
      environment: time.environment,
      source: { candles$, trades$: () => time.environment.timer$(0).pipe(map(() => [])) },
    },
    { code: 'KRW-BTC', unit: '1m' },
    Object.entries(dropped).map(([n, atMs]) => ({
      type: 'candle.1m',
      code: 'KRW-BTC',
      id: period(Number(n)),
      atMs: startMs(Number(n)) + atMs,
    })),
  )
  const ends: (GapReason | undefined)[] = []
  filling.work$.subscribe((reason) => ends.push(reason))
  time.pass(200_000)
  const rows = Array.from({ length: filling.size }, (_, index) => filling.at(index))
  return { asked, ends, rows }
}

describe('the stamps of a history', () => {
  it('C5.2 say nothing of a period that is long finished: its row is given', () => {
    const { ends, rows, asked } = filled({ 10: 30_040 }, 60 * minuteMs, () => [row(10)])
    expect({ ends, rows }).toEqual({ ends: [undefined], rows: [row(10)] })
    expect(asked).toHaveLength(1)
  })

  it('C5.2 nor of one that the history has left behind', () => {
    const { ends, rows } = filled({ 10: 30_040, 11: 500 }, 11 * minuteMs + 1000, () => [
      row(11, 500),
      row(10),
    ])
    expect({ ends, rows }).toEqual({ ends: [undefined], rows: [row(10), row(11, 500)] })
  })

  it('C7 an older state of the present period is not what was dropped: the gap is abandoned', () => {
    const { ends, rows, asked } = filled({ 10: 30_040 }, 10 * minuteMs + 31_000, () => [row(10)])
    expect({ ends, rows }).toEqual({ ends: ['edge-unproven'], rows: [] })
    expect(asked).toHaveLength(6)
  })

  it('C7 a period that has just ended is asked for again, and what the history has then is given', () => {
    const { ends, rows, asked } = filled({ 10: 59_900 }, 11 * minuteMs + 1000, (_page, atMs) =>
      atMs < 11 * minuteMs + 2000 ? [row(10, 50_000)] : [row(10, 59_950)],
    )
    expect({ ends, rows }).toEqual({ ends: [undefined], rows: [row(10, 59_950)] })
    expect(asked.length).toBeGreaterThan(1)
  })

  it('C7 the newest state that was found is given', () => {
    const { ends, rows } = filled({ 10: 30_000, 11: 500 }, 11 * minuteMs + 1000, (_page, atMs) =>
      atMs < 11 * minuteMs + 2000 ? [row(10, 30_000)] : [row(11, 500), row(10, 40_000)],
    )
    expect(ends).toEqual([undefined])
    expect(rows.at(-1)).toEqual(row(11, 500))
  })
})

describe('a history that leads nowhere', () => {
  it('C7 is left at the first page that goes no further back than was asked', () => {
    // What it asks for, it is not told: a cache that does not know `to`.
    const { ends, asked } = filled({ 10: 30_000 }, 600 * minuteMs, () => [row(500), row(499)])
    expect({ ends, asked: asked.length }).toEqual({ ends: ['rest-failed'], asked: 1 })
  })

  it('C7 is left behind pages that led somewhere, and what they had is given', () => {
    const { ends, asked, rows } = filled({ 10: 30_000, 400: 30_000 }, 600 * minuteMs, () => [
      row(400),
      row(399),
    ])
    expect({ ends, asked: asked.length, rows }).toEqual({ ends: ['rest-failed'], asked: 2, rows: [row(400)] })
  })

  it('C7 the newest page may be of periods that our clock has not reached', () => {
    const { ends, rows } = filled({ 10: 30_000 }, 10 * minuteMs + 30_000, ({ to }) =>
      to === undefined ? [row(12), row(11)] : [row(10)],
    )
    expect({ ends, rows }).toEqual({ ends: [undefined], rows: [row(10)] })
  })
})
