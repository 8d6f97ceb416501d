/** C7: gaps, seen from outside: one `it` a sentence. */
import { Subject } from 'rxjs'
import type { GapEvent } from '../../src/index'
import { aCandle, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { ManualWork } from '../operators/support'
import { record } from '../support/recorder'
import { world } from '../support/world'

const short = ({ phase, cause, event, code, level, epochs, consumer }: GapEvent): unknown =>
  [phase, cause, event, level === undefined ? code : `${code}@${level}`, epochs.join('-'), consumer]
    .filter((part) => part !== undefined)
    .join(' ')

describe('C7 disconnects', () => {
  it('C7 one opened per (type, code) on the wire when the close is noticed', () => {
    const { upbit, exchange, pass, gaps, now } = world()
    upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    upbit.candle$('KRW-BTC', '1m').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(1000)
    exchange.emit(aTicker())
    const lastSignMs = now()
    pass(500)
    exchange.cut()
    expect(gaps.map(short)).toEqual([
      'opened disconnect ticker KRW-BTC 1-1',
      'opened disconnect ticker KRW-ETH 1-1',
      'opened disconnect trade KRW-BTC 1-1',
      'opened disconnect candle.1m KRW-BTC 1-1',
      'opened disconnect orderbook KRW-BTC@10000 1-1',
    ])
    for (const gap of gaps) expect(gap.from_ms).toBe(lastSignMs)
    expect(new Set(gaps.map(({ id }) => id)).size).toBe(5)
    expect(upbit.accounting().gaps).toBe(5)
  })

  it('C7 states are closed by the first frame of the new epoch', () => {
    const { upbit, exchange, pass, gaps, now } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    pass(1000)
    exchange.cut()
    pass(10_000)
    expect(gaps).toHaveLength(2)
    exchange.emit([aTicker(), anOrderbook(), aTicker(), anOrderbook()])
    expect(gaps.map(short)).toEqual([
      'opened disconnect ticker KRW-BTC 1-1',
      'opened disconnect orderbook KRW-BTC 1-1',
      'closed disconnect ticker KRW-BTC 1-2',
      'closed disconnect orderbook KRW-BTC 1-2',
    ])
    expect(gaps[2]).toMatchObject({ id: gaps[0]?.id, from_ms: gaps[0]?.from_ms, to_ms: now() })
    expect(upbit.accounting().gaps).toBe(2)
  })

  it('C7 C9.7 what the exchange has lost of its subscription is a gap, from when it was last known to be there', () => {
    const { upbit, exchange, pass, gaps, errors, now } = world()
    upbit.ticker$(['KRW-BTC', 'KRW-ETH', 'KRW-NEW']).subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' }), anOrderbook({ level: 10_000 }), aTrade()])
    pass(20_000)
    const askedMs = now()
    exchange.forget({ type: 'ticker', codes: ['KRW-BTC', 'KRW-NEW'] })
    exchange.forget({ type: 'orderbook' })
    exchange.forget({ type: 'trade' })
    pass(400_000)
    expect(errors.map(({ code }) => code)).toContain('SUBSCRIPTION_DRIFT')
    // Of a code that has never spoken nothing can be missing.
    expect(gaps.map(short)).toEqual([
      'opened disconnect ticker KRW-BTC 1-1',
      'opened disconnect orderbook KRW-BTC@10000 1-1',
      'opened disconnect trade KRW-BTC 1-1',
    ])
    for (const { from_ms } of gaps) {
      expect(from_ms).toBeLessThanOrEqual(askedMs)
      expect(from_ms).toBeGreaterThan(askedMs - 15_000)
    }
    const late = record(upbit.ticker$('KRW-BTC'))
    expect(late.values).toEqual([])
    exchange.emit([aTicker(), anOrderbook({ level: 10_000 }), aTrade(), aTicker()])
    expect(gaps.slice(3).map(short)).toEqual([
      'closed disconnect ticker KRW-BTC 1-1',
      'closed disconnect orderbook KRW-BTC@10000 1-1',
      'abandoned disconnect trade KRW-BTC 1-1',
    ])
  })

  it('C7 C9.7 what the exchange had lost when a joiner has everything sent anew is a gap too', () => {
    const { upbit, exchange, pass, gaps, now } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit([aTicker(), aTrade()])
    pass(100_000)
    const lostMs = now()
    exchange.forget({ type: 'trade' })
    pass(5000)
    upbit.ticker$('KRW-ETH').subscribe()
    pass(1000)
    expect(exchange.subscribed('trade', 'KRW-BTC')).toBe(true)
    expect(gaps.map(short)).toEqual(['opened disconnect trade KRW-BTC 1-1'])
    expect(gaps[0]?.from_ms).toBeLessThanOrEqual(lostMs)
    exchange.emit([aTicker(), aTrade({ sequential_id: '2' })])
    expect(gaps.slice(1).map(short)).toEqual(['abandoned disconnect trade KRW-BTC 1-1'])
  })

  it('C7 trades and candles without back-fill are abandoned then, with to_ms', () => {
    const { upbit, exchange, pass, gaps, now } = world()
    upbit.trade$('KRW-BTC').subscribe()
    upbit.candle$('KRW-BTC', '1m').subscribe()
    pass(1000)
    exchange.cut()
    pass(10_000)
    exchange.emit([aTrade(), aCandle('1m')])
    expect(gaps.slice(2).map(short)).toEqual([
      'abandoned disconnect trade KRW-BTC 1-2',
      'abandoned disconnect candle.1m KRW-BTC 1-2',
    ])
    for (const gap of gaps.slice(2)) expect(gap.to_ms).toBe(now())
  })

  it('C7 two sessions lost before an entry spoke again are one gap', () => {
    const { upbit, exchange, pass, gaps } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.cut()
    pass(5000)
    exchange.cut()
    pass(10_000)
    exchange.emit(aTicker())
    expect(gaps.map(short)).toEqual([
      'opened disconnect ticker KRW-BTC 1-1',
      'closed disconnect ticker KRW-BTC 1-3',
    ])
  })

  it('C7 in band with gaps: true, before the first event after it, to the consumers of that entry alone', () => {
    const { upbit, exchange, pass } = world()
    const btc = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    const eth = record(upbit.ticker$(['KRW-ETH', 'KRW-XRP'], { gaps: true }))
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    exchange.cut()
    pass(5000)
    exchange.emit(aTicker({ trade_price: 2 }))
    expect(btc.values.map((event) => (event.type === 'gap' ? short(event) : event.trade_price))).toEqual([
      1,
      'opened disconnect ticker KRW-BTC 1-1',
      'closed disconnect ticker KRW-BTC 1-2',
      2,
    ])
    expect(eth.values.map((event) => (event.type === 'gap' ? short(event) : event.code))).toEqual([
      'opened disconnect ticker KRW-ETH 1-1',
      'opened disconnect ticker KRW-XRP 1-1',
    ])
  })

  it('C7 a consumer of several lanes is told of the connection that was lost', () => {
    const { upbit, exchange, pass, gaps } = world()
    upbit.orderbook$('KRW-BTC').subscribe()
    const stream = record(upbit.orderbook$(['KRW-BTC', 'KRW-ETH'], { level: 10, gaps: true }))
    pass(1000)
    expect(exchange.connections).toBe(2)
    exchange.cut()
    pass(5000)
    exchange.emit([anOrderbook({ level: 10 }), anOrderbook({ level: 10, code: 'KRW-ETH' })])
    const of = (code: string): unknown[] =>
      stream.values
        .filter((event) => event.code === code)
        .map((event) => (event.type === 'gap' ? event.phase : 'book'))
    expect(of('KRW-BTC')).toEqual(['opened', 'closed', 'book'])
    expect(of('KRW-ETH')).toEqual(['opened', 'closed', 'book'])
    expect(gaps.filter(({ phase }) => phase === 'opened')).toHaveLength(3)
  })

  it('C7 a close after an error frame is a gap of cause rejected, for those that were not', () => {
    const { upbit, exchange, pass, gaps } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(2000)
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = record(upbit.ticker$('KRW-XXX', { gaps: true }))
    pass(5000)
    exchange.emit(aTicker())
    // Until its probe it is one of those that wait, and is told so.
    expect(refused).toMatchObject({ end: 'error', values: [{ type: 'gap', phase: 'opened' }] })
    expect(gaps.filter(({ code }) => code === 'KRW-BTC').map(short)).toEqual([
      'opened rejected ticker KRW-BTC 1-1',
      'closed rejected ticker KRW-BTC 1-2',
    ])
  })
})

describe('C7 drops', () => {
  const ids = (...given: number[]) => given.map((id) => aTrade({ sequential_id: `${id}` }))

  function slow(options: { capacity: number; overflow?: 'drop-oldest' | 'drop-newest'; gaps?: boolean }) {
    const here = world()
    const { gaps = true, ...buffer } = options
    const notifier = new Subject<void>()
    const stream = record(
      here.upbit.trade$('KRW-BTC', { name: 'slow', buffer, gaps: gaps as true, deliver: notifier }),
    )
    const other = record(here.upbit.trade$('KRW-BTC', { gaps: true }))
    here.pass(1000)
    const seen = (): unknown[] =>
      stream.values.map((event) =>
        event.type === 'gap' ? `${event.count} lost` : Number(event.sequential_id),
      )
    return { ...here, notifier, stream, other, seen }
  }

  it('C7 a run of consecutive drops is one notice where the first dropped event stood, and names the consumer', () => {
    const { exchange, notifier, seen, gaps, stream } = slow({ capacity: 2 })
    exchange.emit(ids(1, 2, 3, 4, 5))
    notifier.next()
    expect(seen()).toEqual(['3 lost', 4, 5])
    expect(stream.values[0]).toMatchObject({
      type: 'gap',
      phase: 'abandoned',
      cause: 'overflow',
      event: 'trade',
      code: 'KRW-BTC',
      epochs: [1, 1],
      count: 3,
      consumer: 'slow',
      from_ms: expect.any(Number) as number,
      to_ms: expect.any(Number) as number,
    })
    expect(gaps).toEqual([stream.values[0]])
  })

  it('C7 under drop-newest it stands behind what was kept', () => {
    const { exchange, notifier, seen } = slow({ capacity: 2, overflow: 'drop-newest' })
    exchange.emit(ids(1, 2, 3, 4))
    notifier.next()
    exchange.emit(ids(5, 6, 7))
    notifier.next()
    expect(seen()).toEqual([1, 2, '2 lost', 5, 6, '1 lost'])
  })

  it('C7 it goes only to that consumer and to gaps$', () => {
    const { exchange, notifier, other, gaps, upbit } = slow({ capacity: 1 })
    exchange.emit(ids(1, 2, 3))
    notifier.next()
    expect(other.values.map(({ type }) => type)).toEqual(['trade', 'trade', 'trade'])
    expect(gaps).toHaveLength(1)
    expect(upbit.accounting().gaps).toBe(1)
  })

  it('C7 without gaps: true it goes to gaps$ alone', () => {
    const { exchange, notifier, seen, gaps } = slow({ capacity: 1, gaps: false })
    exchange.emit(ids(1, 2, 3))
    notifier.next()
    expect(seen()).toEqual([3])
    expect(gaps).toMatchObject([{ count: 2, consumer: 'slow' }])
  })

  it('C7 of several codes it cannot be said which was lost', () => {
    const { upbit, exchange, pass, gaps } = world()
    const notifier = new Subject<void>()
    upbit.trade$(['KRW-BTC', 'KRW-ETH'], { buffer: { capacity: 1 }, deliver: notifier }).subscribe()
    upbit
      .orderbook$('KRW-BTC', {
        level: 10_000,
        buffer: { capacity: 1, overflow: 'drop-oldest' },
        deliver: notifier,
      })
      .subscribe()
    pass(1000)
    exchange.emit([...ids(1, 2), anOrderbook({ level: 10_000 }), anOrderbook({ level: 10_000 })])
    notifier.next()
    expect(gaps.map(short)).toEqual([
      'abandoned overflow trade 1-1 trade KRW-BTC +1 #1',
      'abandoned overflow orderbook KRW-BTC@10000 1-1 orderbook KRW-BTC@10000 #2',
    ])
  })

  it('C7 notices use no capacity and are never dropped', () => {
    const { upbit, exchange, pass } = world()
    const work: ManualWork[] = []
    const seen: string[] = []
    upbit.subscribeTrade(
      'KRW-BTC',
      (event) => {
        seen.push(event.type === 'gap' ? event.phase : event.sequential_id)
        return (work[work.length] = new ManualWork())
      },
      { gaps: true, buffer: { capacity: 1 } },
    )
    pass(1000)
    exchange.emit(ids(1, 2))
    exchange.cut()
    pass(5000)
    exchange.emit(ids(3))
    for (let i = 0; i < work.length; i++) work[i]?.succeed()
    // 2 was displaced by 3; the notices of the disconnect stayed in their place.
    expect(seen).toEqual(['1', 'abandoned', 'opened', 'abandoned', '3'])
  })
})

describe('C7 frames that cannot be read', () => {
  const broken = '{"type":"ticker","code":"KRW-BTC","timestamp":"soon"}'

  it('C7 undecodable: one event of the entry is missing for good', () => {
    const { upbit, exchange, pass, gaps, errors, now } = world()
    const stream = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    const other = record(upbit.ticker$('KRW-ETH', { gaps: true }))
    pass(1000)
    exchange.emitRaw(broken)
    expect(gaps).toEqual([
      {
        type: 'gap',
        id: expect.any(String) as string,
        phase: 'abandoned',
        cause: 'undecodable',
        event: 'ticker',
        code: 'KRW-BTC',
        epochs: [1, 1],
        from_ms: now(),
        to_ms: now(),
        count: 1,
      },
    ])
    expect(stream.values).toEqual(gaps)
    expect(other.values).toEqual([])
    expect(errors).toMatchObject([{ code: 'UNDECODABLE', stream: 'ticker KRW-BTC', epoch: 1 }])
  })

  it.each([
    ['cut off', '{"type":"trade","code":"KRW-BTC","timestamp":1'],
    ['in SIMPLE', '{"ty":"trade","cd":"KRW-BTC","tms":\0'],
    ['in a list', '[{"ty":"trade","cd":"KRW-BTC","tms":}]'],
  ])('C7 undecodable: a frame that is no JSON, %s, is missing to whom its head names', (_, text) => {
    const { upbit, exchange, pass, gaps, errors } = world()
    const stream = record(upbit.trade$('KRW-BTC', { gaps: true }))
    upbit.trade$('KRW-ETH').subscribe()
    pass(1000)
    exchange.emitRaw(new TextEncoder().encode(text))
    expect(gaps).toMatchObject([
      { phase: 'abandoned', cause: 'undecodable', event: 'trade', code: 'KRW-BTC', count: 1 },
    ])
    expect(stream.values).toEqual(gaps)
    expect(errors).toMatchObject([{ code: 'UNDECODABLE', stream: 'trade KRW-BTC' }])
  })

  it('C7 undecodable: a book of a price grouping is missing to the consumers of that grouping', () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.orderbook$('KRW-BTC', { level: 10_000, gaps: true }))
    pass(1000)
    exchange.emitRaw('{"type":"orderbook","code":"KRW-BTC","timestamp":"soon","level":10000}')
    expect(stream.values).toMatchObject([{ cause: 'undecodable', event: 'orderbook', level: 10_000 }])
  })

  it('C7 what nobody receives is no gap, however broken', () => {
    const { upbit, exchange, pass, gaps, errors } = world()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emitRaw(broken)
    exchange.emitRaw('<html>')
    expect(gaps).toEqual([])
    expect(errors).toHaveLength(2)
  })
})

describe('C7 ends that are no gaps', () => {
  it('C7 nothing ended by the linger is a gap', () => {
    const { upbit, exchange, pass, gaps } = world()
    upbit.ticker$('KRW-BTC').subscribe().unsubscribe()
    const stream = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    stream.unsubscribe()
    pass(60_000)
    expect(exchange.connections).toBe(0)
    upbit.ticker$('KRW-BTC', { gaps: true }).subscribe()
    pass(1000)
    exchange.emit(aTicker())
    expect(gaps).toEqual([])
  })

  it('C7 a connection lost while nobody wants anything is no gap', () => {
    const { upbit, exchange, pass, gaps } = world()
    const stream = upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    stream.unsubscribe()
    exchange.cut()
    pass(60_000)
    expect(gaps).toEqual([])
  })

  it('C7 what the exchange was never asked for is no gap', () => {
    const { upbit, exchange, pass, gaps } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(2000)
    upbit.ticker$('KRW-ETH').subscribe()
    exchange.cut()
    expect(gaps.map(short)).toEqual(['opened disconnect ticker KRW-BTC 1-1'])
  })

  it('C7 nor is it for having been asked for in a session before', () => {
    const { upbit, exchange, pass, gaps } = world()
    const first = upbit.ticker$('KRW-BTC').subscribe()
    pass(20_000)
    exchange.cut()
    expect(gaps).toHaveLength(1)
    // The next session opens with nothing to ask for.
    first.unsubscribe()
    pass(1000)
    expect(exchange.connections).toBe(1)
    const again = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    exchange.cut()
    expect(gaps).toHaveLength(1)
    pass(20_000)
    exchange.emit(aTicker())
    // Nor is the end of a gap told to whoever came after all of it.
    expect(again.values.map(({ type }) => type)).toEqual(['ticker'])
  })

  it('C7 what was left before the close is no gap, what is still wanted is', () => {
    const { upbit, exchange, pass, gaps } = world()
    const leaving = upbit.ticker$('KRW-ETH').subscribe()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    leaving.unsubscribe()
    exchange.cut()
    expect(gaps.map(short)).toEqual(['opened disconnect ticker KRW-BTC 1-1'])
  })

  it('C7 a gap of what nobody wants any more is told no further', () => {
    const { upbit, exchange, pass, gaps } = world()
    const leaving = upbit.ticker$('KRW-ETH').subscribe()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.cut()
    leaving.unsubscribe()
    pass(5000)
    upbit.ticker$('KRW-ETH').subscribe()
    pass(5000)
    exchange.emit([aTicker({ code: 'KRW-ETH' }), aTicker()])
    expect(gaps.filter(({ code }) => code === 'KRW-ETH').map(({ phase }) => phase)).toEqual(['opened'])
    expect(gaps.filter(({ code }) => code === 'KRW-BTC').map(({ phase }) => phase)).toEqual([
      'opened',
      'closed',
    ])
  })

  it('C7 nothing ended by shutdown is a gap', async () => {
    const { upbit, exchange, pass, gaps } = world()
    const stream = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    pass(1000)
    exchange.emit(aTicker({ timestamp: virtualStartMs }))
    await upbit.shutdown()
    pass(60_000)
    expect(gaps).toEqual([])
    expect(stream).toMatchObject({ end: 'complete', values: [{ type: 'ticker' }] })
  })
})
