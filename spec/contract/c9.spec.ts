/** C9.3 and C9.4: what order books ask for and get; the rest of C9 is proved in `spec/connection`. */
import { anOrderbook, virtualStartMs } from '../../src/testing'
import { record } from '../support/recorder'
import { world } from '../support/world'

describe('C9.3', () => {
  it('C9.3 the wire carries the full window; units is cut locally, totals are the wire’s', () => {
    const { upbit, exchange, pass } = world()
    const full = record(upbit.orderbook$('KRW-BTC'))
    const cut = [1, 5, 30, 100].map((units) => record(upbit.orderbook$('KRW-BTC', { units })))
    pass(1000)
    expect(exchange.received.map(({ items }) => items)).toEqual([
      [{ type: 'orderbook', codes: ['KRW-BTC'], level: 0, onlySnapshot: false, onlyRealtime: false }],
    ])
    const book = anOrderbook()
    exchange.emit(book)
    expect(full.values[0]?.orderbook_units).toHaveLength(30)
    expect(cut.map(({ values }) => values[0]?.orderbook_units.length)).toEqual([1, 5, 30, 30])
    for (const { values } of cut) {
      expect(values[0]).toMatchObject({
        total_ask_size: book.total_ask_size,
        total_bid_size: book.total_bid_size,
        orderbook_units: book.orderbook_units.slice(0, values[0]?.orderbook_units.length),
      })
    }
  })

  it('C9.3 a cut book is the consumer’s own, from memory too', () => {
    const { upbit, exchange, pass } = world()
    const first = record(upbit.orderbook$('KRW-BTC', { units: 2 }))
    pass(1000)
    exchange.emit(anOrderbook())
    const late = record(upbit.orderbook$('KRW-BTC', { units: 2 }))
    expect(late.values[0]?.orderbook_units).toEqual(first.values[0]?.orderbook_units)
    expect(late.values[0]?.orderbook_units).not.toBe(first.values[0]?.orderbook_units)
    const full = record(upbit.orderbook$('KRW-BTC'))
    expect(full.values[0]?.orderbook_units).toHaveLength(30)
  })
})

describe('C9.4', () => {
  it('C9.4 one level per code on the main connection, a second one at the same time on an auxiliary one', () => {
    const { upbit, exchange, pass, asked } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    upbit.orderbook$('KRW-ETH', { level: 10 }).subscribe()
    pass(2000)
    expect(exchange.connections).toBe(1)
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(2000)
    expect(exchange.connections).toBe(2)
    expect(asked()).toEqual([
      ['ticker KRW-BTC', 'orderbook KRW-ETH@10', 'orderbook KRW-BTC@10000'],
      ['orderbook KRW-BTC'],
    ])
  })

  it('C9.4 frames are routed by (type, code, level), an absent level is 0', () => {
    const { upbit, exchange, pass } = world()
    const levels = [0, 10_000, 100_000]
    const streams = levels.map((level) => record(upbit.orderbook$('KRW-BTC', { level })))
    pass(2000)
    levels.forEach((level, index) => exchange.emit(anOrderbook({ level, timestamp: virtualStartMs + index })))
    const { level: _, ...old } = anOrderbook({ timestamp: virtualStartMs + 9 })
    exchange.emit(old)
    expect(streams.map(({ values }) => values.map(({ timestamp }) => timestamp - virtualStartMs))).toEqual([
      [0, 9],
      [1],
      [2],
    ])
    expect(exchange.connections).toBe(3)
  })

  it('C9.4 the auxiliary one closes after its use, and the place of a level that left is free', () => {
    const { upbit, exchange, pass, asked } = world()
    const first = upbit.orderbook$('KRW-BTC').subscribe()
    const second = upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(2000)
    second.unsubscribe()
    pass(5000)
    expect(exchange.connections).toBe(1)
    first.unsubscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(2000)
    expect(exchange.connections).toBe(1)
    expect(asked()[asked().length - 1]).toEqual(['orderbook KRW-BTC@10000'])
  })

  it('C9.4 a consumer of several codes has each on its own connection', () => {
    const { upbit, exchange, pass } = world()
    upbit.orderbook$('KRW-BTC').subscribe()
    const both = record(upbit.orderbook$(['KRW-BTC', 'KRW-ETH'], { level: 10 }))
    pass(2000)
    expect(exchange.connections).toBe(2)
    exchange.emit(['KRW-BTC', 'KRW-ETH'].map((code) => anOrderbook({ code, level: 10 })))
    expect(both.values.map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-ETH'])
    both.subscription.unsubscribe()
    pass(10_000)
    expect(exchange.connections).toBe(1)
    expect(exchange.subscribed('orderbook', 'KRW-ETH')).toBe(false)
  })
})
