/** C5: order and identity, seen from outside; the rules alone are proved in `spec/channels/order.spec.ts`. */
import type { TickerFrame } from '../../src/protocol/ticker'
import { aCandle, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { record } from '../support/recorder'
import { world } from '../support/world'
import fc from '../support/seeded-fast-check'

const at = (ms: number, fields: Partial<TickerFrame> = {}) =>
  aTicker({ timestamp: virtualStartMs + ms, trade_price: ms + 1, ...fields })

function tickers() {
  const here = world()
  const stream = record(here.upbit.ticker$('KRW-BTC'))
  here.pass(1000)
  return {
    ...here,
    /** The stamps of what was delivered, ms since the beginning. */
    delivered: () => stream.values.map(({ timestamp }) => timestamp - virtualStartMs),
  }
}

describe('C5.1', () => {
  it('C5.1 a REALTIME frame with a lower timestamp is withheld and counted stale; equal passes', () => {
    const { exchange, delivered, upbit } = tickers()
    exchange.emit([at(10), at(9), at(10), at(11)])
    expect(delivered()).toEqual([10, 10, 11])
    expect(upbit.accounting()).toMatchObject({ stale: 1, routed: 3 })
  })

  it('C5.1 a SNAPSHOT inside an epoch that is not later is a duplicate; a later one passes', () => {
    const { exchange, delivered, upbit } = tickers()
    const snapshot = { stream_type: 'SNAPSHOT' }
    exchange.emit([at(10), at(10, snapshot), at(9, snapshot), at(11, snapshot)])
    expect(delivered()).toEqual([10, 11])
    expect(upbit.accounting()).toMatchObject({ duplicate: 2, stale: 0 })
  })

  it.each([
    ['older', 9, [10], { stale: 1 }],
    ['the same', 10, [10, 10], { stale: 0 }],
    ['newer', 11, [10, 11], { stale: 0 }],
  ])('C5.1 the first SNAPSHOT of an epoch, %s', (_, ms, stamps, counts) => {
    const { exchange, delivered, upbit, pass } = tickers()
    exchange.emit(at(10))
    exchange.snapshot(at(ms))
    exchange.cut()
    pass(5000)
    expect(delivered()).toEqual(stamps)
    expect(upbit.accounting()).toMatchObject({ ...counts, duplicate: 0, epochs: 2 })
  })

  it('C5.1 order is per type, code and level', () => {
    const { upbit, exchange, pass } = world()
    const streams = [
      upbit.ticker$(['KRW-BTC', 'KRW-ETH']),
      upbit.orderbook$('KRW-BTC'),
      upbit.orderbook$('KRW-BTC', { level: 10_000 }),
    ].map((stream$) => record<object>(stream$))
    pass(1000)
    exchange.emit([
      at(30),
      at(20, { code: 'KRW-ETH' }),
      anOrderbook({ timestamp: virtualStartMs + 10 }),
      anOrderbook({ timestamp: virtualStartMs + 5, level: 10_000 }),
    ])
    expect(streams.map(({ values }) => values.length)).toEqual([2, 1, 1])
    expect(upbit.accounting().stale).toBe(0)
  })
})

describe('C5.2', () => {
  const minute = (ms: number) => aCandle('1m', { timestamp: virtualStartMs + ms })

  it('C5.2 within a period the rule of 1, a late frame of an earlier period passes', () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.candle$('KRW-BTC', '1m'))
    pass(1000)
    exchange.emit([minute(10), minute(9), minute(60_001), minute(59_999), minute(59_998), minute(60_000)])
    expect(stream.values.map(({ timestamp }) => timestamp - virtualStartMs)).toEqual([10, 60_001, 59_999])
    expect(upbit.accounting()).toMatchObject({ stale: 3 })
  })

  it('C5.2 coalescing keeps the newest state of every period', () => {
    const { upbit, exchange, pass, time } = world()
    const stream = record(upbit.candle$('KRW-BTC', '1m', { deliver: time.scheduler }))
    pass(1000)
    exchange.emit([minute(1), minute(2), minute(60_001), minute(3), minute(60_002)])
    pass(0)
    expect(stream.values.map(({ timestamp }) => timestamp - virtualStartMs)).toEqual([3, 60_002])
  })
})

describe('C5.3', () => {
  const trades = () => {
    const here = world()
    const stream = record(here.upbit.trade$('KRW-BTC'))
    here.pass(1000)
    return { ...here, ids: () => stream.values.map(({ sequential_id }) => sequential_id) }
  }

  it('C5.3 never twice, in order of arrival, whatever the order of ids', () => {
    const { exchange, ids, upbit } = trades()
    exchange.emit(['5', '3', '5', '9', '3', '4', '10'].map((sequential_id) => aTrade({ sequential_id })))
    expect(ids()).toEqual(['5', '3', '9', '4', '10'])
    expect(upbit.accounting()).toMatchObject({ duplicate: 2 })
  })

  it('C5.3 identity is the exact text: ids that differ beyond 2^53 are different trades', () => {
    const { exchange, ids } = trades()
    const pair = ['17640288000000001', '17640288000000002']
    exchange.emit(pair.map((sequential_id) => aTrade({ sequential_id })))
    expect(ids()).toEqual(pair)
  })

  it('C5.3 the SNAPSHOT of a new epoch passes when it was missed, and only then', () => {
    const { exchange, ids, pass } = trades()
    exchange.emit(aTrade({ sequential_id: '1' }))
    exchange.snapshot(aTrade({ sequential_id: '1' }))
    exchange.cut()
    pass(5000)
    expect(ids()).toEqual(['1'])
    exchange.snapshot(aTrade({ sequential_id: '2' }))
    exchange.cut()
    pass(5000)
    expect(ids()).toEqual(['1', '2'])
  })
})

describe('C5.4', () => {
  it('C5.4 three frames in a row behind the mark reset it to the newest, with CLOCK_STEPPED', () => {
    const { exchange, delivered, errors } = tickers()
    exchange.emit([at(50_000), at(10), at(30), at(20), at(29), at(31)])
    expect(delivered()).toEqual([50_000, 20, 31])
    expect(errors).toMatchObject([{ code: 'CLOCK_STEPPED', stream: 'ticker KRW-BTC', epoch: 1 }])
  })

  it('C5.4 two seconds of frames behind the mark reset it too', () => {
    const { exchange, delivered, pass } = tickers()
    exchange.emit([at(50_000), at(10)])
    pass(1999)
    exchange.emit(at(60_000))
    exchange.emit(at(11))
    pass(2000)
    exchange.emit(at(12))
    expect(delivered()).toEqual([50_000, 60_000, 12])
  })

  it.each([
    ['more than a minute ahead', virtualStartMs + 1000 + 60_001],
    ['in microseconds', virtualStartMs * 1000],
  ])('C5.4 a frame stamped %s is delivered and does not raise the mark', (_, timestamp) => {
    const { exchange, delivered, errors, upbit } = tickers()
    exchange.emit([at(10), aTicker({ timestamp }), at(11), at(12)])
    expect(delivered()).toEqual([10, timestamp - virtualStartMs, 11, 12])
    expect(upbit.accounting().stale).toBe(0)
    expect(errors).toEqual([])
  })

  it('C5.4 with a local clock that is minutes slow the order is kept all the same', () => {
    const here = world()
    const { environment } = here.exchange.options
    const upbit = here.client({
      isolated: true,
      environment: { ...environment, now: () => environment.now() - 300_000 },
    })
    const stream = record(upbit.ticker$('KRW-BTC'))
    here.pass(1000)
    // The first frames teach how far the clocks are apart.
    for (let ms = 0; ms < 8; ms++) here.exchange.emit(at(ms))
    here.exchange.emit([at(20), at(19), at(21)])
    expect(stream.values.slice(8).map(({ timestamp }) => timestamp - virtualStartMs)).toEqual([20, 21])
  })

  it('C5.4 no code falls silent, whatever its stamps', () => {
    const stamp = fc.oneof(
      fc.integer({ min: 0, max: 200_000 }),
      fc.constantFrom(virtualStartMs * 999, -virtualStartMs, 86_400_000),
    )
    fc.assert(
      fc.property(fc.array(stamp, { minLength: 3, maxLength: 60 }), (stamps) => {
        const { exchange, delivered } = tickers()
        let before = 0
        let withheld = 0
        for (const ms of stamps) {
          exchange.emit(at(ms))
          withheld = delivered().length > before ? 0 : withheld + 1
          before = delivered().length
          expect(withheld).toBeLessThan(3)
        }
      }),
      { numRuns: 60 },
    )
  })
})
