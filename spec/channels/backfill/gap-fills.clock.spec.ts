/** C5, C7: candles that are filled back, by an exchange whose clock steps or whose stamps are wrong. */
import type { CandleFrame } from '../../../src/protocol/candle'
import { aCandle } from '../../../src/testing'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'

const hourMs = 3_600_000
const periodMs = 4 * hourMs

/** Candles of four hours, each state with its number as the price, by a clock that is `aheadMs` ahead of ours. */
function candleClock(startMs: number, backfill: 'ordered' | 'late' = 'ordered') {
  const world = fillWorld({ answerMs: () => 50 }, startMs)
  // Others share its fill: each frame comes to all of them.
  for (let n = 0; n < 2; n++) world.consumer({ backfill }, ['KRW-BTC'], () => undefined, 'candle.240m')
  const filled = world.consumer({ backfill, gaps: true }, ['KRW-BTC'], () => undefined, 'candle.240m')
  const plain = world.consumer({}, ['KRW-BTC'], () => undefined, 'candle.240m')
  const clock = { aheadMs: 0, price: 0 }
  const known = new Map<string, CandleFrame>()
  /** By the socket, if there is a line, and into the history; `stamped` is what the socket makes of the stamp. */
  const emit = (stamped: (atMs: number) => number = (atMs) => atMs): void => {
    const timestamp = world.now() + clock.aheadMs
    const startsMs = Math.floor(timestamp / periodMs) * periodMs
    const frame = aCandle('240m', {
      timestamp,
      trade_price: ++clock.price,
      candle_date_time_utc: new Date(startsMs).toISOString().slice(0, 19),
    })
    known.set(frame.candle_date_time_utc, frame)
    world.past.setCandles([...known.values()])
    world.exchange.emit({ ...frame, timestamp: stamped(timestamp) })
  }
  const words = (): string[] =>
    filled.got.map((event) => {
      if (event.type === 'gap') return event.phase
      const { trade_price, source } = event as CandleFrame & { source: string }
      return source === 'rest' ? `(${trade_price})` : String(trade_price)
    })
  world.pass(11_000)
  return { ...world, filled, plain, clock, emit, words }
}

describe('a clock that goes back after a fill', () => {
  it.each(['ordered', 'late'] as const)('C5.4 does not silence who was filled, %s', (backfill) => {
    const { emit, pass, exchange, clock, plain, words } = candleClock(2 * hourMs, backfill)
    emit()
    pass(1000)
    exchange.cut()
    emit()
    pass(1000)
    emit()
    pass(5000)
    expect(words().filter((word) => word.startsWith('('))).toEqual([])
    clock.aheadMs = -hourMs
    for (let n = 0; n < 10; n++) {
      pass(1000)
      emit()
    }
    const last = String(clock.price)
    expect(plain.got.at(-1)).toMatchObject({ trade_price: clock.price })
    expect(words().at(-1)).toBe(last)
  })

  it('C5.4 nor who has dropped what was fetched', () => {
    const world = fillWorld({ answerMs: () => 50 }, 2 * hourMs)
    const works: ManualWork[] = []
    const slow = world.consumer(
      { backfill: 'ordered', gaps: true, buffer: { capacity: 1, overflow: 'drop-newest' } },
      ['KRW-BTC'],
      (event) => (event.type === 'gap' ? undefined : (works[works.length] = new ManualWork())),
      'candle.240m',
    )
    world.pass(11_000)
    let price = 0
    const emit = (aheadMs = 0): void => {
      const frame = aCandle('240m', { timestamp: world.now() + aheadMs, trade_price: ++price })
      world.past.setCandles([frame])
      world.exchange.emit(frame)
    }
    const drain = (): void => {
      for (let n = 0; n < 10; n++) {
        for (const work of works.splice(0)) work.succeed()
        world.pass(100)
      }
    }
    for (let n = 0; n < 4; n++) emit()
    drain()
    expect(slow.words()).toContain('closed')
    for (let n = 0; n < 6; n++) {
      emit(-hourMs)
      drain()
    }
    expect(slow.got.at(-1)).toMatchObject({ trade_price: price, source: 'socket' })
  })

  it('C5.2 a straggler is no step: an older state of what was fetched is withheld', () => {
    const { emit, pass, exchange, words, now, filled } = candleClock(2 * hourMs)
    emit()
    pass(1000)
    exchange.cut()
    emit()
    pass(1000)
    const straggler = now() - 500
    emit()
    pass(3000)
    const before = words().length
    emit(() => straggler)
    pass(10)
    emit()
    expect(words().slice(before)).toHaveLength(1)
    expect(filled.log).toEqual([])
  })
})

describe('the end of a period that was missed', () => {
  /** Cut in the first period, which goes on without a line; the next one is there when it is back. */
  function missedEnd(world: ReturnType<typeof candleClock>): number {
    const { emit, pass, exchange, clock } = world
    exchange.refuse(503)
    exchange.cut()
    pass(1000)
    emit()
    const last = clock.price
    pass(hourMs)
    exchange.accept()
    pass(60_000)
    emit()
    pass(5000)
    return last
  }

  it('C5.2 is given though the clock went back before', () => {
    const world = candleClock(3 * hourMs + 1_800_000)
    const { emit, pass, clock, words } = world
    pass(600_000)
    emit()
    clock.aheadMs = -600_000
    for (let n = 0; n < 5; n++) {
      pass(1000)
      emit()
    }
    const last = missedEnd(world)
    expect(words().slice(-4)).toEqual(['opened', `(${last})`, 'closed', String(last + 1)])
  })

  it('C5.2 is given though a stamp before was in microseconds', () => {
    const world = candleClock(3 * hourMs + 1_800_000)
    world.emit()
    world.pass(1000)
    world.emit((atMs) => atMs * 1000)
    world.pass(1000)
    const last = missedEnd(world)
    expect(world.words().slice(-4)).toEqual(['opened', `(${last})`, 'closed', String(last + 1)])
  })

  it('C5.2 is given though all stamps before were in microseconds', () => {
    const world = candleClock(3 * hourMs + 1_800_000)
    world.emit((atMs) => atMs * 1000)
    world.pass(1000)
    const last = missedEnd(world)
    expect(world.words().slice(-4)).toEqual(['opened', `(${last})`, 'closed', String(last + 1)])
  })

  it('C5.2 is given whatever its stamp, when the history has a later period', () => {
    const world = candleClock(3 * hourMs + 1_800_000)
    const { emit, pass, words } = world
    emit()
    pass(1000)
    // Published later than all that it includes.
    emit((atMs) => atMs + 30_000)
    const last = missedEnd(world)
    expect(words().slice(-4)).toEqual(['opened', `(${last})`, 'closed', String(last + 1)])
  })

  it('C7 a period that lies far ahead is not taken for the present one', () => {
    const world = candleClock(3 * hourMs + 1_800_000)
    world.emit()
    world.exchange.emit(
      aCandle('240m', { timestamp: world.now(), candle_date_time_utc: '9999-12-31T20:00:00' }),
    )
    world.pass(1000)
    const last = missedEnd(world)
    expect(world.words().slice(-4)).toEqual(['opened', `(${last})`, 'closed', String(last + 1)])
  })
})

describe('a clock that goes back while trades are fetched', () => {
  it('C7 proves nothing of a day that its pages do not have: the gap is abandoned', () => {
    const minuteMs = 60_000
    // A minute before the end of a day, by a clock that is a minute ahead for a while.
    const { publish, consumer, pass, exchange } = fillWorld({ answerMs: () => 100 }, 24 * hourMs - minuteMs)
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    pass(5000)
    publish(1)
    exchange.cut()
    publish(2, -minuteMs)
    publish(3, -minuteMs)
    pass(2000)
    // With the first of the new session the fetch begins.
    publish(4, -minuteMs)
    pass(1000)
    publish(5)
    pass(20_000)
    expect(words()).toEqual(['1', 'opened', 'abandoned edge-unproven', '3', '4', '5'])
  })
})
