/** C7 with back-fill, seen from outside: a client, the exchange's sockets and its REST. */
import type { GapEvent, RestTradeEvent, TradeEvent } from '../../src/index'
import { createUpbit } from '../../src/index'
import { aCandle, aTrade, startExchange } from '../../src/testing'
import { record } from '../support/recorder'
import type { WorldOptions } from '../support/world'
import { world } from '../support/world'

const word = (event: TradeEvent | RestTradeEvent | GapEvent): string => {
  if (event.type === 'gap') return event.phase
  const id = event.sequential_id.slice(-2)
  return event.source === 'rest' ? `(${id})` : id
}

/** A trade of this moment, whose id ends with `n`. */
function trade(now: () => number, n: number) {
  const timestamp = now()
  return aTrade({ timestamp, trade_timestamp: timestamp, sequential_id: `${timestamp}00${n}` })
}

function cutWorld(options?: WorldOptions) {
  const here = world(options)
  const emit = (n: number): void => {
    const event = trade(here.now, n)
    here.exchange.snapshot({ ...event, stream_type: 'SNAPSHOT' })
    here.exchange.emit(event)
  }
  const cut = (): void => {
    here.pass(11_000)
    emit(10)
    here.pass(100)
    here.exchange.cut()
    for (const n of [11, 12, 13]) {
      here.pass(10)
      emit(n)
    }
    here.pass(3000)
    emit(14)
    here.pass(3000)
  }
  return { ...here, emit, cut }
}

describe('C7 back-fill', () => {
  it("C7 { backfill: 'ordered' }: what was missed is fetched, in its place, and the gap closed", () => {
    const { upbit, cut, gaps } = cutWorld()
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'ordered', gaps: true, name: 'filled' }))
    const plain = record(upbit.trade$('KRW-BTC', { gaps: true }))
    cut()
    expect(filled.values.map(word)).toEqual(['10', 'opened', '(11)', '(12)', 'closed', '13', '14'])
    expect(plain.values.map(word)).toEqual(['10', 'opened', 'abandoned', '13', '14'])
    expect(gaps.map(({ phase, consumer, count }) => [phase, consumer, count])).toEqual([
      ['opened', undefined, undefined],
      ['abandoned', undefined, undefined],
      ['closed', 'filled', 2],
    ])
    expect(upbit.accounting().gaps).toBe(1)
  })

  it('C7 C9.7 what a subscription missed that the exchange had lost is fetched too, though the session goes on', () => {
    const { upbit, exchange, pass, emit, gaps, errors } = cutWorld()
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'ordered', gaps: true, name: 'filled' }))
    pass(11_000)
    emit(10)
    pass(100)
    exchange.forget({ type: 'trade' })
    for (const n of [11, 12, 13]) {
      pass(10)
      emit(n)
    }
    pass(400_000)
    emit(14)
    pass(3000)
    expect(errors.map(({ code }) => code)).toEqual(['SUBSCRIPTION_DRIFT'])
    expect(filled.values.map(word)).toEqual(['10', 'opened', '(11)', '(12)', 'closed', '13', '14'])
    expect(gaps.map(({ phase, epochs }) => [phase, epochs])).toEqual([
      ['opened', [1, 1]],
      ['closed', [1, 1]],
    ])
  })

  it('C3.1 C3.2 a fetched trade has what REST tells, the same id, and says where it is from', () => {
    const { upbit, cut } = cutWorld()
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'late' }))
    cut()
    const rest = filled.values.find(({ source }) => source === 'rest')
    expect(rest).toMatchObject({ type: 'trade', code: 'KRW-BTC', epoch: 0, ask_bid: 'ASK', change: 'RISE' })
    expect(rest?.sequential_id).toMatch(/0011$/)
    expect(rest).not.toHaveProperty('stream_type')
    expect(rest).not.toHaveProperty('best_ask_price')
  })

  it('C7 a handler has it too, and a handler that is slow gets back what it dropped', () => {
    const { upbit, exchange, pass, gaps, emit } = cutWorld()
    const got: string[] = []
    let free = (): void => {}
    const subscription = upbit.subscribeTrade(
      'KRW-BTC',
      (event) => {
        got.push(word(event))
        if (event.type === 'gap') return undefined
        return { then: (done: () => void) => (free = done) }
      },
      { backfill: 'ordered', gaps: true, buffer: { capacity: 2 } },
    )
    pass(11_000)
    for (const n of [10, 11, 12, 13, 14]) {
      emit(n)
      pass(10)
    }
    for (let n = 0; n < 20; n++) {
      free()
      pass(300)
    }
    expect(exchange.connections).toBe(1)
    expect(got).toEqual(['10', 'opened', '(11)', '(12)', 'closed', '13', '14'])
    expect(gaps.map(({ phase, cause }) => [phase, cause])).toEqual([
      ['opened', 'overflow'],
      ['closed', 'overflow'],
    ])
    const { offered, delivered, dropped, pending } = subscription.tally
    expect([offered, delivered, dropped, pending]).toEqual([7, 5, 2, 0])
    expect(upbit.accounting().gaps).toBe(1)
  })

  it('C5.2 candles: each finished period that was missed, and the one that was under way, from REST', () => {
    const { upbit, exchange, pass, now } = world()
    const filled = record(upbit.candle$('KRW-BTC', '1m', { backfill: 'ordered' }))
    const candle = (minutes: number) => {
      const timestamp = now()
      const startMs = Math.floor(timestamp / 60_000) * 60_000 - minutes * 60_000
      return aCandle('1m', {
        timestamp,
        candle_date_time_utc: new Date(startMs).toISOString().slice(0, 19),
      })
    }
    pass(11_000)
    exchange.emit(candle(0))
    exchange.refuse(503)
    exchange.cut()
    for (let minute = 0; minute < 3; minute++) {
      pass(60_000)
      exchange.emit(trade(now, 20 + minute))
      exchange.emit(candle(0))
    }
    exchange.accept()
    pass(60_000)
    exchange.emit(candle(0))
    pass(3000)
    const words = filled.values.map(({ candle_date_time_utc: at, source }) => `${at.slice(14, 16)} ${source}`)
    expect(words).toEqual(['00 socket', '00 rest', '01 rest', '02 rest', '03 rest', '04 socket'])
  })

  it('C2.3 only for trades and candles, and not for the first event alone', () => {
    const { upbit } = world()
    const options = { backfill: 'ordered' } as object
    expect(() => upbit.ticker$('KRW-BTC', options)).toThrow(/backfill/)
    expect(() => upbit.orderbook$('KRW-BTC', options)).toThrow(/backfill/)
    expect(() => upbit.trade$('KRW-BTC', { backfill: 'ordered', only: 'snapshot' })).toThrow(/backfill/)
    expect(() => upbit.trade$('KRW-BTC', { backfill: 'soon' } as object)).toThrow(/'ordered', 'late'/)
  })

  it('C7 shutdown while a gap is being filled tells nothing more', async () => {
    const { upbit, exchange, pass, gaps, emit } = cutWorld({ exchange: { latencyMs: 100 } })
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'ordered', gaps: true }))
    pass(11_000)
    emit(10)
    pass(200)
    exchange.cut()
    emit(11)
    // The first event of the new epoch is held: its page is on its way.
    for (let n = 0; n < 500 && upbit.consumers()[0]?.pending === 0; n++) pass(10)
    expect(upbit.consumers()).toMatchObject([{ pending: 1 }])
    const ended = upbit.shutdown()
    pass(10_000)
    await ended
    expect(filled.end).toBe('complete')
    expect(gaps.map(({ phase }) => phase).filter((phase) => phase !== 'opened')).toEqual([])
  })

  it('C7 over real sockets and real HTTP', async () => {
    await using exchange = await startExchange({ seed: 1, market: false })
    const upbit = createUpbit({ url: exchange.url, isolated: true, logger: false })
    const got: string[] = []
    const subscription = upbit.subscribeTrade('KRW-BTC', (event) => got.push(word(event)), {
      backfill: 'ordered',
      gaps: true,
    })
    const emit = (n: number): void => {
      const event = trade(Date.now, n)
      exchange.snapshot({ ...event, stream_type: 'SNAPSHOT' })
      exchange.emit(event)
    }
    await exchange.idle()
    emit(10)
    while (got.length === 0) await new Promise((done) => setImmediate(done))
    exchange.cut()
    for (const n of [11, 12, 13]) emit(n)
    const until = Date.now() + 5000
    while (!got.includes('13') && Date.now() < until) await new Promise((done) => setTimeout(done, 10))
    expect(got).toEqual(['10', 'opened', '(11)', '(12)', 'closed', '13'])
    subscription.unsubscribe()
    await upbit.shutdown()
  })

  it('C7 what a fetch failed with is told on errors$, once a page, and the gap says that it failed', () => {
    const { upbit, exchange, cut, errors } = cutWorld()
    exchange.refuseRest(400)
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'ordered', gaps: true }))
    cut()
    expect(filled.values.flatMap((event) => (event.type === 'gap' ? (event.reason ?? []) : []))).toEqual([
      'rest-failed',
    ])
    expect(errors.map(({ code, status }) => [code, status])).toContainEqual(['REST_REFUSED', 400])
  })

  it('C7 beside a dialer of another world nothing of this one is fetched', () => {
    const { upbit, cut, errors } = cutWorld({ client: { sendHttp: undefined } })
    const filled = record(upbit.trade$('KRW-BTC', { backfill: 'ordered', gaps: true }))
    cut()
    expect(filled.values.map(word)).toEqual(['10', 'opened', 'abandoned', '13', '14'])
    expect(errors.map(({ code, option }) => [code, option])).toContainEqual(['REST_FAILED', 'sendHttp'])
  })
})
