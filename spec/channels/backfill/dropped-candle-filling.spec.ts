/** C7: periods of candles that one consumer's full buffer dropped, fetched back for that consumer alone. */
import type { AnyConsumerOptions } from '../../../src/channels/consumer-options'
import type { CandleFrame } from '../../../src/protocol/candle'
import { aCandle, virtualStartMs } from '../../../src/testing'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'

const minute = (n: number, trade_price: number, atMs = 30_000, code = 'KRW-BTC'): CandleFrame =>
  aCandle('1m', {
    code,
    candle_date_time_utc: new Date(virtualStartMs + n * 60_000).toISOString().slice(0, 19),
    timestamp: virtualStartMs + n * 60_000 + atMs,
    trade_price,
  })

const both = ['KRW-BTC', 'KRW-ETH']

/** One who takes a candle at a time, with room for two periods, and one who takes all. */
function candleWorld(
  options: AnyConsumerOptions,
  codes: readonly string[] = ['KRW-BTC'],
  { startMs = 1_800_000, ...history }: { startMs?: number } & Parameters<typeof fillWorld>[0] = {},
) {
  const world = fillWorld({ answerMs: () => 100, ...history }, startMs)
  const works: ManualWork[] = []
  const slow = world.consumer(
    { gaps: true, buffer: { capacity: 2 }, ...options },
    codes,
    (event) => (event.type === 'gap' ? undefined : (works[works.length] = new ManualWork())),
    'candle.1m',
  )
  const other = world.consumer({ backfill: 'ordered', gaps: true }, codes, () => undefined, 'candle.1m')
  world.pass(11_000)
  const known: CandleFrame[] = []
  /** By the socket, and into the history: of each period the newest state. */
  const emit = (frame: CandleFrame): void => {
    known.push(frame)
    world.past.setCandles(
      known.filter(
        ({ code, candle_date_time_utc: period }, at) =>
          !known.slice(at + 1).some((later) => later.code === code && later.candle_date_time_utc === period),
      ),
    )
    world.exchange.emit(frame)
  }
  const settle = (): void => {
    for (const work of works.splice(0)) work.succeed()
  }
  const drain = (): void => {
    for (let n = 0; n < 40; n++) {
      world.pass(100)
      settle()
    }
  }
  const prices = () =>
    slow.got.map((event) => (event.type === 'gap' ? event.phase : (event as CandleFrame).trade_price))
  return { ...world, slow: { ...slow, prices }, other, emit, settle, drain }
}

describe('candles, after an overflow', () => {
  it("C7 'ordered': the periods that were dropped are fetched for that consumer alone, in their place", () => {
    const { slow, other, emit, settle, drain, gaps, past } = candleWorld({ backfill: 'ordered' })
    for (const n of [0, 1, 2, 3, 4]) emit(minute(n, n))
    settle()
    expect(slow.words()).toEqual(['00:00', 'opened'])
    drain()
    expect(slow.words()).toEqual(['00:00', 'opened', '(00:01)', '(00:02)', 'closed', '00:03', '00:04'])
    expect(slow.got[2]).toMatchObject({ trade_price: 1, source: 'rest', epoch: 0 })
    expect(other.words()).toEqual(['00:00', '00:01', '00:02', '00:03', '00:04'])
    expect(past.asked).toEqual([{ code: 'KRW-BTC', unit: '1m', count: 3, to: '2026-11-23T00:03:00Z' }])
    expect(gaps.map(({ phase, cause, count }) => [phase, cause, count])).toEqual([
      ['opened', 'overflow', 2],
      ['closed', 'overflow', 2],
    ])
    expect(slow.consumer.tally).toMatchObject({ offered: 7, delivered: 5, dropped: 2, pending: 0 })
  })

  it("C7 'late': behind what waited", () => {
    const { slow, emit, drain } = candleWorld({ backfill: 'late' })
    for (const n of [0, 1, 2, 3, 4]) emit(minute(n, n))
    drain()
    expect(slow.words()).toEqual(['00:00', 'opened', '00:03', '00:04', '(00:01)', '(00:02)', 'closed'])
  })

  it('C7 without back-fill they stay missing', () => {
    const { slow, emit, drain, past } = candleWorld({})
    for (const n of [0, 1, 2, 3]) emit(minute(n, n))
    drain()
    expect(slow.words()).toEqual(['00:00', 'abandoned', '00:02', '00:03'])
    expect(past.asked).toHaveLength(0)
  })

  it('C7 codes are told apart, each fetched by itself', () => {
    const { slow, emit, drain, past } = candleWorld({ backfill: 'ordered' }, both)
    emit(minute(0, 1))
    emit(minute(0, 2, 30_000, 'KRW-ETH'))
    emit(minute(1, 3))
    emit(minute(1, 4, 30_000, 'KRW-ETH'))
    emit(minute(2, 5))
    drain()
    expect(slow.prices()).toEqual([1, 'opened', 2, 3, 'closed', 4, 5])
    expect(past.asked.map(({ code }) => code)).toEqual(['KRW-ETH', 'KRW-BTC'])
  })

  it('C5.2 a period whose state came anew, after it was dropped, is not missing', () => {
    const { slow, emit, drain, past } = candleWorld({ backfill: 'ordered' }, both)
    emit(minute(0, 1))
    emit(minute(0, 2, 30_000, 'KRW-ETH'))
    emit(minute(1, 3))
    // Each drops the oldest: ETH's 00:00, BTC's 00:01 and 00:02, of which the first two come again.
    emit(minute(2, 4))
    emit(minute(0, 5, 40_000, 'KRW-ETH'))
    emit(minute(1, 6, 40_000))
    drain()
    expect(slow.prices()).toEqual([1, 'opened', 4, 'closed', 5, 6])
    expect(past.asked).toMatchObject([{ code: 'KRW-BTC', to: '2026-11-23T00:03:00Z' }])
  })

  it("C5.2 with 'drop-oldest' states of one period that a newer one follows are not missing: nothing is fetched", () => {
    const { slow, emit, drain, past, gaps } = candleWorld({
      backfill: 'ordered',
      buffer: { capacity: 1, overflow: 'drop-oldest' },
    })
    for (const n of [1, 2, 3, 4]) emit(minute(0, n, n * 1000))
    drain()
    expect(slow.prices()).toEqual([1, 'opened', 'closed', 4])
    expect(past.asked).toHaveLength(0)
    expect(gaps.at(-1)).toMatchObject({ phase: 'closed', count: 0 })
  })

  it("C7 with 'drop-newest' the newest state is fetched, behind what waited", () => {
    const { slow, emit, drain } = candleWorld({
      backfill: 'ordered',
      buffer: { capacity: 1, overflow: 'drop-newest' },
    })
    for (const n of [1, 2, 3, 4]) emit(minute(0, n, n * 1000))
    drain()
    expect(slow.prices()).toEqual([1, 2, 'opened', 4, 'closed'])
  })

  it('C5.2 one that comes anew while it is being fetched is not given again, and an older frame is withheld', () => {
    const { slow, emit, settle, drain, exchange, pass } = candleWorld({ backfill: 'late' }, both)
    emit(minute(0, 1))
    emit(minute(0, 2, 30_000, 'KRW-ETH'))
    emit(minute(1, 3))
    emit(minute(2, 4))
    settle()
    pass(50)
    emit(minute(0, 5, 40_000, 'KRW-ETH'))
    drain()
    exchange.emit(minute(0, 6, 35_000, 'KRW-ETH'))
    drain()
    expect(
      slow.got.flatMap((event) => ('trade_price' in event ? [[event.source, event.trade_price]] : [])),
    ).toEqual([
      ['socket', 1],
      ['socket', 3],
      ['socket', 4],
      ['socket', 5],
    ])
  })

  it('C7 the present period too, and then an older frame of it by the socket is withheld', () => {
    const { slow, emit, settle, drain, exchange, past } = candleWorld({ backfill: 'late' }, both, {
      startMs: 0,
    })
    emit(minute(0, 1, 5000))
    emit(minute(0, 2, 5000, 'KRW-ETH'))
    emit(minute(1, 3, 5000))
    emit(minute(2, 4, 5000))
    past.setCandles([minute(0, 20, 9000, 'KRW-ETH')])
    settle()
    drain()
    exchange.emit(minute(0, 19, 8000, 'KRW-ETH'))
    exchange.emit(minute(0, 21, 9500, 'KRW-ETH'))
    drain()
    expect(slow.prices()).toEqual([1, 'opened', 3, 4, 20, 'closed', 21])
  })

  it('C7 closed only when the history is as new as what was dropped: asked again five times', () => {
    const { slow, emit, drain, past, pass, settle } = candleWorld({ backfill: 'ordered' }, undefined, {
      startMs: 80_000,
    })
    for (const n of [0, 1, 2, 3]) emit(minute(n, n))
    past.setCandles([minute(0, 0), minute(1, 0.5, 20_000)])
    settle()
    pass(2000)
    expect(slow.words()).toEqual(['00:00', 'opened'])
    past.setCandles([minute(1, 1.5, 50_000)])
    drain()
    expect(slow.words()).toEqual(['00:00', 'opened', '(00:01)', 'closed', '00:02', '00:03'])
    expect(slow.got[2]).toMatchObject({ trade_price: 1.5 })
  })

  it('C7 what the history does not show is abandoned, and the rest is given', () => {
    const { slow, emit, drain, past } = candleWorld({ backfill: 'ordered' }, undefined, { startMs: 140_000 })
    for (const n of [0, 1, 2, 3, 4]) emit(minute(n, n))
    past.setCandles([minute(0, 0), minute(1, 1), minute(2, 0.5, 20_000)])
    drain()
    expect(slow.words()).toEqual(['00:00', 'opened', '(00:01)', 'abandoned edge-unproven', '00:03', '00:04'])
    // For both at first, then for the one alone.
    expect(past.asked.map(({ count }) => count)).toEqual([3, 2, 2, 2, 2, 2])
  })

  it('C7 REST that fails is the reason', () => {
    const { slow, emit, drain } = candleWorld({ backfill: 'late' }, ['KRW-BTC'], { fails: () => true })
    for (const n of [0, 1, 2, 3]) emit(minute(n, n))
    drain()
    expect(slow.words()).toEqual(['00:00', 'opened', '00:02', '00:03', 'abandoned rest-failed'])
  })

  it('C7 what is dropped while that is being fetched is told, not fetched', () => {
    const { slow, emit, settle, drain, past } = candleWorld({ backfill: 'late' })
    for (const n of [0, 1, 2, 3]) emit(minute(n, n))
    settle()
    for (const n of [4, 5, 6]) emit(minute(n, n))
    drain()
    expect(slow.words().filter((word) => word.startsWith('abandoned'))).toEqual(['abandoned too-slow'])
    expect(past.asked).toHaveLength(1)
  })

  it('C7 what maxAgeMs dropped is not fetched: it is too old for who asked for that', () => {
    const { slow, emit, settle, drain, past, pass } = candleWorld({
      backfill: 'ordered',
      buffer: { maxAgeMs: 1000 },
    })
    for (const n of [0, 1, 2]) emit(minute(n, n))
    pass(2000)
    settle()
    drain()
    expect(slow.words()).toEqual(['00:00', 'abandoned'])
    expect(past.asked).toHaveLength(0)
  })

  it('C7 more periods than a page has are fetched page by page', () => {
    const { slow, emit, drain, past } = candleWorld({ backfill: 'ordered' }, ['KRW-BTC'], { pageSize: 3 })
    for (let n = 0; n < 12; n++) emit(minute(n, n))
    drain()
    expect(slow.words().slice(2, 11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `(00:0${n})`))
    expect(past.asked.map((page) => ('to' in page ? page.to?.slice(11, 16) : ''))).toEqual([
      '00:10',
      '00:07',
      '00:04',
    ])
  })
})

describe('candles of several codes, after a reconnect', () => {
  it('C5.2 what was fetched of one code withholds nothing of another', () => {
    const world = fillWorld({ answerMs: () => 100 })
    const { consumer, exchange, pass, past } = world
    const { got } = consumer({ backfill: 'late' }, both, () => undefined, 'candle.1m')
    pass(11_000)
    exchange.emit(minute(0, 1, 5000))
    exchange.emit(minute(0, 2, 5000, 'KRW-ETH'))
    exchange.cut()
    past.setCandles([minute(0, 30, 40_000), minute(0, 4, 6000, 'KRW-ETH')])
    pass(2000)
    exchange.emit(minute(0, 3, 20_000))
    exchange.emit(minute(0, 4, 6000, 'KRW-ETH'))
    pass(1000)
    exchange.emit(minute(0, 5, 30_000, 'KRW-ETH'))
    expect(got.at(-1)).toMatchObject({ code: 'KRW-ETH', trade_price: 5 })
  })
})
