/** C7 with back-fill, at the level of a hub: what each consumer gets, in which order, and when. */
import { Subject } from 'rxjs'
import type { GapEvent } from '../../../src/channels/gap-event'
import { aCandle, virtualStartMs } from '../../../src/testing'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'

/** Everybody is there, the session is stable, trade 1 was seen, and the line is cut; a new one stands 400 ms later. */
function cutAfterOne(history: Parameters<typeof fillWorld>[0] = {}) {
  const world = fillWorld({ answerMs: () => 100, ...history })
  return {
    ...world,
    cut: () => {
      world.pass(11_000)
      world.publish(1)
      world.pass(100)
      world.exchange.cut()
    },
    back: () => world.pass(400),
  }
}

describe('trades, after a reconnect', () => {
  it("C7 'ordered': what was missed comes before what came after it, which is pending meanwhile", () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ answerMs: () => 500 })
    const { words, consumer: it } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(200)
    publish(4)
    pass(50)
    expect(words()).toEqual(['1', 'opened'])
    expect(it.tally).toMatchObject({ offered: 3, delivered: 1, pending: 2 })
    pass(1000)
    expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3', '4'])
    expect(it.tally).toMatchObject({ offered: 4, delivered: 4, pending: 0 })
  })

  it("C7 'late': what came after it goes on at once", () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ answerMs: () => 500 })
    const { words } = consumer({ backfill: 'late', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(200)
    publish(4)
    pass(1000)
    expect(words()).toEqual(['1', 'opened', '3', '4', '(2)', 'closed'])
  })

  it('C7 a consumer without back-fill gets what it got, and gaps$ says whose gap was closed', () => {
    const { consumer, publish, pass, cut, back, gaps, past } = cutAfterOne()
    const plain = consumer({ gaps: true })
    consumer({ backfill: 'ordered', name: 'first' })
    consumer({ backfill: 'late', name: 'second' })
    cut()
    publish(2)
    publish(3)
    back()
    pass(1000)
    expect(plain.words()).toEqual(['1', 'opened', 'abandoned', '3'])
    expect(gaps.map(({ phase, consumer: name, count }) => [phase, name, count])).toEqual([
      ['opened', undefined, undefined],
      ['abandoned', undefined, undefined],
      ['closed', 'first', 1],
      ['closed', 'second', 1],
    ])
    expect(new Set(gaps.map(({ id }) => id)).size).toBe(1)
    // One walk for both.
    expect(past.asked.length).toBeLessThan(5)
  })

  it('C7 closed only with a page that has the first trade of the epoch: asked again after 500 ms, five times', () => {
    const { consumer, publish, pass, cut, back, past, gaps } = cutAfterOne({
      answerMs: () => 0,
      lagMs: 60_000,
    })
    consumer({ backfill: 'ordered' })
    cut()
    publish(2)
    back()
    pass(4000)
    // The first page of each walk. The day before is asked for as well: of today nothing is there.
    const walksMs = past.askedMs.filter((_, index) => !('daysAgo' in past.asked[index]!))
    expect(walksMs.map((ms) => ms - walksMs[0]!)).toEqual([0, 500, 1000, 1500, 2000, 2500])
    expect(gaps.at(-1)).toMatchObject({ phase: 'abandoned', reason: 'edge-unproven' })
  })

  it('C7 a gap whose history comes late is closed when it is there', () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ lagMs: 900 })
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(3000)
    expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3'])
  })

  it('C7 REST that fails: what was fetched is delivered, the gap abandoned', () => {
    let pages = 0
    const { consumer, publish, pass, cut, back } = cutAfterOne({ pageSize: 1, fails: () => ++pages > 2 })
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    pass(1)
    publish(3)
    pass(1)
    publish(4)
    back()
    pass(1000)
    expect(words()).toEqual(['1', 'opened', '(3)', 'abandoned rest-failed', '4'])
  })

  it('C7 what goes further back than the history is abandoned at its edge', () => {
    const { consumer, publish, pass, gaps, exchange } = fillWorld()
    publish(1, 9 * 86_400_000)
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    pass(11_000)
    exchange.cut()
    publish(2, 3 * 86_400_000)
    publish(3)
    pass(2000)
    expect(gaps.at(-1)).toMatchObject({ phase: 'abandoned', reason: 'too-old' })
    expect(words()).toEqual(['1', 'opened', '(2)', 'abandoned too-old', '3'])
  })

  it('C7 a second loss while the first is being filled is a gap of its own, behind it', () => {
    const { consumer, publish, pass, cut, back, exchange } = cutAfterOne({ answerMs: () => 3000 })
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(2500)
    publish(4)
    exchange.cut()
    publish(5)
    publish(6)
    pass(60_000)
    expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3', '4', 'opened', '(5)', 'closed', '6'])
  })

  it('C5.3 a trade that was fetched and comes late by the socket is delivered once; one that REST lacks is delivered', () => {
    const { consumer, publish, pass, cut, back, exchange } = cutAfterOne()
    const filled = consumer({ backfill: 'ordered' })
    const plain = consumer({})
    cut()
    const late = publish(2)
    publish(3)
    back()
    pass(1000)
    exchange.emit(late)
    exchange.emit({ ...late, sequential_id: '99' })
    expect(filled.words()).toEqual(['1', '(2)', '3', '99'])
    expect(plain.words()).toEqual(['1', '3', '2', '99'])
  })

  it('C5.3 the newest of what was fetched begins a session long after, when another code was filled meanwhile', () => {
    const { consumer, publish, pass, exchange } = fillWorld({ answerMs: () => 1000 })
    const { words } = consumer({ backfill: 'ordered' }, ['KRW-BTC', 'KRW-ETH'])
    publish(51, 0, { code: 'KRW-ETH' })
    publish(1)
    pass(11_000)
    exchange.cut()
    publish(2)
    pass(400)
    // Executed, and the line is lost before it comes.
    exchange.refuse(503)
    exchange.cut()
    publish(3)
    pass(70_000)
    publish(52, 0, { code: 'KRW-ETH' })
    // Its first frame comes before that of the other code, and its gap is filled before.
    const speak = exchange.silence('KRW-BTC')
    exchange.accept()
    pass(70_000)
    speak()
    exchange.cut()
    pass(5000)
    expect(words()).toEqual(['51', '1', '(3)', '2', '52'])
  })

  it('C7 trades that the exchange stamps before the last one are fetched; since more may be older, the gap is not closed', () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne()
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    publish(0, 90_000)
    cut()
    publish(2)
    pass(100)
    // The clock of execution goes a minute back.
    publish(3, 60_000)
    publish(4, 60_000)
    back()
    pass(5000)
    expect(words()).toEqual(['0', '1', 'opened', '(3)', '(2)', 'abandoned edge-unproven', '4'])
  })

  it('C7 a trade that may be of a gap that was given up, or of this one, is not given: the gap is not closed', () => {
    let isDown = true
    const { consumer, publish, pass, cut, back, exchange } = cutAfterOne({ fails: () => isDown })
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    publish(0, 90_000)
    cut()
    // The clock of execution goes a minute back, so that the gap is given up for all times between.
    publish(2, 60_000)
    publish(3, 60_000)
    back()
    pass(5000)
    isDown = false
    publish(4, 60_000)
    expect(words().slice(-3)).toEqual(['abandoned rest-failed', '3', '4'])
    pass(12_000)
    publish(5, 60_000)
    exchange.refuse(503)
    exchange.cut()
    // And three seconds more, for which nothing speaks when the line is back.
    publish(6, 63_000)
    pass(2000)
    publish(7, 63_000)
    pass(2000)
    publish(8, 63_000)
    pass(4000)
    exchange.accept()
    pass(30_000)
    publish(9, 63_000)
    pass(5000)
    expect(words().slice(-6)).toEqual(['5', 'opened', '(7)', 'abandoned edge-unproven', '8', '9'])
  })

  it('C7 trades stamped after the first one that the socket does not bring were missed: by a clock that went back', () => {
    const { consumer, publish, pass, cut } = cutAfterOne()
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2, -30_000)
    publish(3)
    pass(1500)
    expect(words()).toEqual(['1', 'opened'])
    pass(5000)
    expect(words()).toEqual(['1', 'opened', '(2)', 'abandoned edge-unproven', '3'])
  })

  it('C7 trades after the first one that a slow answer has are left to the socket, which has brought them', () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ answerMs: () => 12_000 })
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(3000)
    publish(4)
    pass(120_000)
    expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3', '4'])
  })

  it('C7 back-filled trades are in the order of execution, then of the id as a number', () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ pageSize: 2 })
    const { words } = consumer({ backfill: 'ordered' })
    cut()
    publish(9)
    publish(10)
    publish(7, 5)
    publish(8, 3)
    pass(5)
    publish(11)
    back()
    pass(3000)
    expect(words()).toEqual(['1', '(7)', '(8)', '(9)', '(10)', '11'])
  })

  it("C7 only: 'realtime' is given the trade that it is not shown as a SNAPSHOT", () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne()
    const { words } = consumer({ backfill: 'ordered', only: 'realtime' })
    cut()
    publish(2)
    publish(3)
    back()
    pass(1000)
    expect(words()).toEqual(['1', '(2)', '(3)'])
  })

  it('C7 more than 10,000 held: they are delivered, and what was missed comes late', () => {
    const { consumer, publish, pass, cut, back } = cutAfterOne({ answerMs: () => 1000 })
    const { words, consumer: it } = consumer({ backfill: 'ordered', gaps: true })
    cut()
    publish(2)
    publish(3)
    back()
    pass(300)
    for (let n = 0; n < 9_999; n++) publish(100 + n)
    expect(it.tally).toMatchObject({ delivered: 1, pending: 10_000 })
    publish(50_000)
    expect(it.tally).toMatchObject({ delivered: 10_002, pending: 0, dropped: 0 })
    pass(60_000)
    expect(words().slice(-3)).toEqual(['50000', '(2)', 'closed'])
  })

  it('C7 nothing is fetched for, or told to, who has left', () => {
    const { consumer, publish, pass, cut, back, gaps, past } = cutAfterOne({ answerMs: () => 1000 })
    const { consumer: it } = consumer({ backfill: 'ordered' })
    consumer({})
    cut()
    publish(2)
    back()
    pass(200)
    const asked = past.asked.length
    expect(asked).toBe(1)
    it.unsubscribe()
    expect(it.tally).toMatchObject({ pending: 0, discarded: 1 })
    pass(10_000)
    expect(past.asked).toHaveLength(asked)
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened', 'abandoned'])
  })

  it('C6.2 the end of all while a gap is being filled: what is held is discarded', () => {
    const { consumer, publish, pass, cut, back, hub } = cutAfterOne({ answerMs: () => 1000 })
    const { consumer: it, log } = consumer({ backfill: 'ordered' })
    cut()
    publish(2)
    back()
    pass(200)
    hub.end()
    expect(log).toEqual(['complete'])
    expect(it.tally).toMatchObject({ offered: 2, delivered: 1, discarded: 1, pending: 0 })
  })

  it('C7 a stream that ends with an error before its gaps are filled: each is abandoned before what came after it', () => {
    const { consumer, publish, pass, cut, back, exchange, gaps } = cutAfterOne({ answerMs: () => 60_000 })
    const ordered = consumer({ backfill: 'ordered', gaps: true, name: 'ordered' })
    const late = consumer({ backfill: 'late', gaps: true, name: 'late' })
    cut()
    publish(2)
    publish(3)
    back()
    exchange.cut()
    publish(4)
    pass(3000)
    publish(5)
    exchange.refuse(401)
    exchange.cut()
    pass(20_000)
    const abandoned = 'abandoned stream-ended'
    expect(ordered.words()).toEqual(['1', 'opened', abandoned, '3', 'opened', abandoned, '4', '5', 'opened'])
    expect(late.words()).toEqual(['1', 'opened', '3', 'opened', '4', '5', 'opened', abandoned, abandoned])
    expect([...ordered.log, ...late.log]).toHaveLength(2)
    expect(ordered.consumer.tally).toMatchObject({ delivered: 4, pending: 0, discarded: 0 })
    expect(gaps.filter(({ phase }) => phase === 'abandoned').map(({ consumer: name }) => name)).toEqual([
      'ordered',
      'ordered',
      'late',
      'late',
    ])
  })

  it('C7 a consumer that came during the loss has nothing to be filled, and is told why', () => {
    const { consumer, publish, pass, cut, back, gaps } = cutAfterOne()
    consumer({ backfill: 'late' })
    cut()
    publish(2)
    const { words } = consumer({ backfill: 'ordered', gaps: true })
    publish(3)
    back()
    pass(1000)
    expect(words()).toEqual(['abandoned joined-late', '3'])
    // To all it is the gap of whoever was there.
    expect(gaps.map(({ phase, reason }) => [phase, reason])).toContainEqual(['abandoned', undefined])
  })
})

describe('trades, after an overflow', () => {
  function overflowed(backfill: 'ordered' | 'late') {
    const world = fillWorld({ answerMs: () => 100 })
    const notifier = new Subject<void>()
    const work: ManualWork[] = []
    const slow = world.consumer({ backfill, gaps: true, buffer: { capacity: 2 } }, ['KRW-BTC'], (event) =>
      event.type === 'gap' ? undefined : (work[work.length] = new ManualWork()),
    )
    const other = world.consumer({ backfill })
    world.pass(20_000)
    for (const id of [1, 2, 3, 4, 5]) world.publish(id)
    const settle = (): void => {
      for (const each of work.splice(0)) each.succeed()
    }
    return { ...world, slow, other, notifier, settle }
  }

  it("C7 'ordered': what was dropped is fetched for that consumer alone, in its place", () => {
    const { slow, other, settle, pass, gaps } = overflowed('ordered')
    settle()
    expect(slow.words()).toEqual(['1', 'opened'])
    for (let n = 0; n < 10; n++) {
      pass(100)
      settle()
    }
    expect(slow.words()).toEqual(['1', 'opened', '(2)', '(3)', 'closed', '4', '5'])
    expect(other.words()).toEqual(['1', '2', '3', '4', '5'])
    expect(gaps.map(({ phase, cause, count }) => [phase, cause, count])).toEqual([
      ['opened', 'overflow', 2],
      ['closed', 'overflow', 2],
    ])
    expect(slow.consumer.tally).toMatchObject({ offered: 7, delivered: 5, dropped: 2, pending: 0 })
  })

  it("C7 'late': behind what waited", () => {
    const { slow, settle, pass } = overflowed('late')
    for (let n = 0; n < 10; n++) {
      pass(100)
      settle()
    }
    expect(slow.words()).toEqual(['1', 'opened', '4', '5', '(2)', '(3)', 'closed'])
  })

  it('C7 what is dropped while that is being fetched is told, not fetched', () => {
    const { slow, settle, publish, gaps, pass } = overflowed('late')
    settle()
    for (const id of [6, 7, 8, 9]) publish(id)
    for (let n = 0; n < 10; n++) {
      settle()
      pass(100)
    }
    expect(slow.words().filter((word) => word.startsWith('abandoned'))).toEqual(['abandoned too-slow'])
    expect(gaps.filter(({ reason }: GapEvent) => reason === 'too-slow')).toHaveLength(1)
  })
})

describe('candles, after a reconnect', () => {
  const minute = (n: number, trade_price: number, atMs = 30_000) =>
    aCandle('1m', {
      candle_date_time_utc: new Date(virtualStartMs + n * 60_000).toISOString().slice(0, 19),
      timestamp: virtualStartMs + n * 60_000 + atMs,
      trade_price,
    })

  function candles(backfill: 'ordered' | 'late') {
    const world = fillWorld({ answerMs: () => 100 })
    const it = world.consumer({ backfill, gaps: true }, ['KRW-BTC'], () => undefined, 'candle.1m')
    world.pass(61_000)
    world.exchange.emit(minute(0, 1))
    world.exchange.emit(minute(1, 2, 10))
    world.exchange.refuse(503)
    world.exchange.cut()
    world.pass(180_000)
    world.past.setCandles([minute(0, 1), minute(1, 20, 50_000), minute(3, 30), minute(4, 40, 10)])
    world.exchange.accept()
    world.pass(100_000)
    return { ...world, it }
  }

  it("C5.2 'ordered': finished periods, then the live one; periods without a trade have none", () => {
    const { it, exchange, pass } = candles('ordered')
    exchange.emit(minute(4, 41, 20))
    exchange.emit(minute(4, 42, 25))
    pass(1000)
    expect(it.words()).toEqual(['00:00', '00:01', 'opened', '(00:01)', '(00:03)', 'closed', '00:04'])
    expect(it.got[3]).toMatchObject({ trade_price: 20, source: 'rest' })
    expect(it.consumer.tally).toMatchObject({ offered: 6, delivered: 5, coalesced: 1 })
  })

  it("C5.2 'late': behind the live one", () => {
    const { it, exchange, pass } = candles('late')
    exchange.emit(minute(4, 41, 20))
    pass(1000)
    expect(it.words()).toEqual(['00:00', '00:01', 'opened', '00:04', '(00:01)', '(00:03)', 'closed'])
  })

  it('C5.2 the present period only if it is newer, and an older frame of it is withheld then', () => {
    const { it, exchange, pass } = candles('late')
    exchange.emit(minute(4, 39, 5))
    pass(1000)
    exchange.emit(minute(4, 38, 7))
    exchange.emit(minute(4, 41, 20))
    expect(it.words().slice(3)).toEqual(['00:04', '(00:01)', '(00:03)', '(00:04)', 'closed', '00:04'])
    expect(it.got.at(-1)).toMatchObject({ trade_price: 41 })
  })

  it("C5.2 'ordered': a newer state of REST does not come before one of its period that is held", () => {
    const { it, exchange, past, pass } = candles('ordered')
    past.setCandles([minute(0, 1), minute(1, 20, 50_000), minute(4, 49, 25)])
    exchange.emit(minute(4, 41, 20))
    pass(1000)
    exchange.emit(minute(4, 49, 25))
    expect(it.got.flatMap((event) => ('trade_price' in event ? [event.trade_price] : []))).toEqual([
      1, 2, 20, 41, 49,
    ])
  })

  it("C5.2 only: 'realtime' is given the present period that it is not shown as a SNAPSHOT", () => {
    const world = fillWorld({ answerMs: () => 100 })
    const { consumer, exchange, pass, past } = world
    const options = { backfill: 'ordered', only: 'realtime' } as const
    const { got, words } = consumer(options, ['KRW-BTC'], () => undefined, 'candle.1m')
    pass(11_000)
    exchange.emit(minute(0, 1, 5000))
    exchange.cut()
    past.setCandles([minute(0, 2, 9000)])
    exchange.snapshot({ ...minute(0, 2, 9000), stream_type: 'SNAPSHOT' })
    pass(2000)
    expect(words()).toEqual(['00:00', '(00:00)'])
    expect(got.at(-1)).toMatchObject({ trade_price: 2 })
  })

  it('C7 is closed only when the history has the period that the new session began with, or a later one', () => {
    const { it, exchange, past, pass } = candles('late')
    exchange.emit(minute(5, 50, 20))
    pass(1000)
    expect(past.asked).toHaveLength(2)
    expect(it.words().slice(2)).toEqual(['opened', '00:05'])
    past.publishCandle(minute(4, 45, 59_000))
    past.publishCandle(minute(6, 60, 10))
    pass(1000)
    expect(past.asked).toHaveLength(3)
    expect(it.words().slice(4)).toEqual(['(00:01)', '(00:03)', '(00:04)', '(00:06)', 'closed'])
    expect(it.got.at(-3)).toMatchObject({ trade_price: 45 })
  })

  it('C7 is abandoned after five times more, half a second apart; what the history had is given', () => {
    const { it, exchange, past, pass, now } = candles('ordered')
    exchange.emit(minute(5, 50, 20))
    const fromMs = now()
    pass(10_000)
    expect(past.askedMs.map((atMs) => atMs - fromMs)).toEqual([0, 600, 1200, 1800, 2400, 3000])
    expect(it.words().slice(2)).toEqual([
      'opened',
      '(00:01)',
      '(00:03)',
      '(00:04)',
      'abandoned edge-unproven',
      '00:05',
    ])
  })

  it('C7 a late frame of a period before the cut is no edge', () => {
    const { it, exchange, past, pass } = candles('late')
    past.setCandles([minute(0, 1)])
    exchange.emit(minute(0, 1, 59_000))
    pass(10_000)
    expect(past.asked).toHaveLength(6)
    expect(it.words().at(-1)).toBe('abandoned edge-unproven')
  })

  it('C7 a history that has nothing yet proves nothing either', () => {
    const { it, exchange, past, pass } = candles('late')
    past.setCandles([])
    exchange.emit(minute(4, 40, 20))
    pass(10_000)
    expect(past.asked).toHaveLength(6)
    expect(it.words().slice(2)).toEqual(['opened', '00:04', 'abandoned edge-unproven'])
  })

  it('C7 the edge is looked for on the newest page only, and the pages before follow it', () => {
    const world = fillWorld({ answerMs: () => 100, pageSize: 2 })
    const it = world.consumer({ backfill: 'ordered', gaps: true }, ['KRW-BTC'], () => undefined, 'candle.1m')
    world.pass(61_000)
    world.exchange.emit(minute(1, 2, 10))
    world.exchange.refuse(503)
    world.exchange.cut()
    world.pass(180_000)
    world.past.setCandles([0, 1, 2, 3].map((n) => minute(n, n)))
    world.exchange.accept()
    world.pass(100_000)
    world.exchange.emit(minute(5, 50, 20))
    world.pass(200)
    world.past.publishCandle(minute(4, 4))
    world.past.publishCandle(minute(5, 5, 10))
    world.pass(2000)
    expect(it.words()).toEqual([
      '00:01',
      'opened',
      '(00:01)',
      '(00:02)',
      '(00:03)',
      '(00:04)',
      'closed',
      '00:05',
    ])
    // Twice the newest page, then what is before it.
    expect(world.past.asked.map((page) => ('to' in page ? page.to : undefined))).toEqual([
      undefined,
      undefined,
      minute(4, 0).candle_date_time_utc + 'Z',
      minute(2, 0).candle_date_time_utc + 'Z',
    ])
  })

  it('C7 asks for the periods since the last complete one', () => {
    const { exchange, pass, past } = candles('late')
    past.publishCandle(minute(5, 1, 10))
    exchange.emit(minute(5, 1, 20))
    pass(1000)
    // 00:00 was complete; now it is 00:05.
    expect(past.asked).toEqual([{ code: 'KRW-BTC', unit: '1m', count: 7 }])
  })
})

describe('trades of before a gap', () => {
  /** Gap 1 lost 2 and 3 and was abandoned; gap 2 lost 7. */
  function abandonedThenCut(options: { inBetween?: (world: ReturnType<typeof fillWorld>) => void } = {}) {
    let isDown = true
    const world = fillWorld({ fails: () => isDown })
    const { publish, pass, exchange } = world
    return {
      ...world,
      run: () => {
        pass(11_000)
        publish(1)
        pass(100)
        exchange.cut()
        publish(2)
        pass(10)
        publish(3)
        publish(4)
        pass(2500)
        publish(5)
        isDown = false
        options.inBetween?.(world)
        pass(1000)
        publish(6)
        pass(100)
        exchange.cut()
        publish(7)
        publish('7late', 1900)
        publish(8)
        pass(4000)
      },
    }
  }

  it.each(['ordered', 'late'] as const)(
    "C7 '%s': what was told to stay missing stays missing, and the next gap counts its own alone",
    (backfill) => {
      const { consumer, run, gaps } = abandonedThenCut()
      const { words, ids } = consumer({ backfill, gaps: true })
      run()
      expect(words().filter((word) => /[a(]/.test(word))).toEqual(['abandoned rest-failed', '(7late)', '(7)'])
      expect([...ids()].sort()).toEqual(['1', '4', '5', '6', '7', '7late', '8'])
      expect(gaps.at(-1)).toMatchObject({ phase: 'closed', count: 2 })
    },
  )

  it('C7 nobody is given what was executed before he came, whoever else was there', () => {
    const second: ReturnType<ReturnType<typeof fillWorld>['consumer']>[] = []
    const { consumer, run } = abandonedThenCut({
      inBetween: ({ consumer: join }) => second.push(join({ backfill: 'ordered', gaps: true })),
    })
    consumer({ backfill: 'ordered' })
    run()
    expect(second[0]?.words()).toEqual(['6', 'opened', '(7late)', '(7)', 'closed', '8'])
  })

  it('C7 nor what was published while nobody was there', () => {
    const { consumer, publish, pass, exchange } = fillWorld()
    const first = consumer({ backfill: 'ordered' })
    pass(11_000)
    publish(1)
    first.consumer.unsubscribe()
    pass(100)
    publish(2)
    pass(3000)
    const { words, consumer: second } = consumer({ backfill: 'ordered', gaps: true })
    publish(3)
    pass(100)
    exchange.cut()
    publish(4)
    publish(5)
    pass(4000)
    expect(words()).toEqual(['3', 'opened', '(4)', 'closed', '5'])
    expect(second.tally.offered).toBe(3)
  })
})
