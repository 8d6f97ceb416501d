import type { MarketView } from '../../../src/cli/board/markets'
import { Markets } from '../../../src/cli/board/markets'
import type { PublicEvent, PublicFrame } from '../../../src/protocol/events'
import { aCandle, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../../src/testing'

const start = virtualStartMs
const event = (frame: PublicFrame, receivedAt = start): PublicEvent => ({
  ...frame,
  epoch: 1,
  received_at: receivedAt,
  source: 'socket',
})

function taken(events: readonly PublicEvent[], isRecorded = false): MarketView {
  const markets = new Markets(['KRW-BTC'], isRecorded)
  for (const one of events) markets.take(one)
  return markets.views[0]!
}

describe('Markets', () => {
  it('is there for every market from the start, in the given order', () => {
    expect(new Markets(['KRW-ETH', 'KRW-BTC'], false).views).toEqual([
      { code: 'KRW-ETH', history: [] },
      { code: 'KRW-BTC', history: [] },
    ])
  })

  it('takes price, change and the last trade from a ticker', () => {
    expect(
      taken([event(aTicker({ trade_price: 110, signed_change_price: 10, signed_change_rate: 0.1 }))]),
    ).toEqual({
      code: 'KRW-BTC',
      history: [],
      price: 110,
      change: 10,
      changeRate: 0.1,
      trade: { side: 'ASK', price: 110, size: 0.00509799, timestamp: start, sinceMs: start },
    })
  })

  it('works out the change from a trade', () => {
    const view = taken([event(aTrade({ trade_price: 90, prev_closing_price: 100, ask_bid: 'BID' }))])
    expect(view).toMatchObject({
      price: 90,
      change: -10,
      changeRate: -0.1,
      trade: { side: 'BID', price: 90 },
    })
    expect(taken([event(aTrade({ trade_price: 90, prev_closing_price: 0 }))]).changeRate).toBe(0)
  })

  it('is not set back by a ticker that tells an earlier trade', () => {
    const view = taken([
      event(aTrade({ trade_timestamp: start + 20, trade_price: 120 })),
      event(aTicker({ trade_timestamp: start + 10, trade_price: 110, signed_change_price: 1 })),
    ])
    expect(view).toMatchObject({ price: 120, trade: { price: 120 } })
    expect(view.change).not.toBe(1)
  })

  it('is not set back by a trade that arrives late', () => {
    const view = taken([
      event(aTrade({ trade_timestamp: start + 20, trade_price: 120 })),
      event(aTrade({ trade_timestamp: start + 10, trade_price: 110 })),
    ])
    expect(view.price).toBe(120)
  })

  it('keeps the trade that a ticker tells again', () => {
    const view = taken([
      event(aTrade({ trade_timestamp: start, trade_price: 120, trade_volume: 7 })),
      event(aTicker({ trade_timestamp: start, trade_price: 120, trade_volume: 9 }), start + 5000),
    ])
    expect(view.trade).toMatchObject({ size: 7, sinceMs: start })
  })

  it('counts the age of a trade from when it was made, in a recording from when it came', () => {
    const late = event(aTrade({ trade_timestamp: start }), start + 90_000)
    expect(taken([late]).trade?.sinceMs).toBe(start)
    expect(taken([late], true).trade?.sinceMs).toBe(start + 90_000)
  })

  it('counts no age from a stamp of the future', () => {
    expect(taken([event(aTrade({ trade_timestamp: start + 500 }), start)]).trade?.sinceMs).toBe(start)
  })

  it('remembers when the price moved, and where to', () => {
    const at = (ms: number, price: number): PublicEvent =>
      event(aTicker({ trade_price: price, trade_timestamp: start + ms }), start + ms)
    expect(taken([at(0, 100)]).move).toBeUndefined()
    expect(taken([at(0, 100), at(10, 101)]).move).toEqual({ up: true, atMs: start + 10 })
    expect(taken([at(0, 100), at(10, 99), at(20, 99)]).move).toEqual({ up: false, atMs: start + 10 })
  })

  it('takes the best prices from a book, and none from an empty side', () => {
    const unit = { ask_price: 101, bid_price: 100, ask_size: 1, bid_size: 1 }
    expect(taken([event(anOrderbook({ orderbook_units: [unit] }))])).toMatchObject({
      bestAsk: 101,
      bestBid: 100,
    })
    const [empty, none] = [{ ...unit, ask_price: 0, bid_price: 0 }, undefined].map((best) =>
      taken([event(anOrderbook({ orderbook_units: best === undefined ? [] : [best] }))]),
    )
    for (const view of [empty, none]) {
      expect(view).toMatchObject({ bestAsk: undefined, bestBid: undefined })
    }
  })

  it('takes the price of a candle only where nothing knows better', () => {
    const candle = event(aCandle('1m', { trade_price: 55 }))
    expect(taken([candle]).price).toBe(55)
    expect(taken([event(aTrade({ trade_price: 60 })), candle]).price).toBe(60)
  })

  it('samples the prices that are known, two minutes of them', () => {
    const markets = new Markets(['KRW-BTC', 'KRW-ETH'], false)
    markets.sample()
    for (let i = 1; i <= 130; i++) {
      markets.take(event(aTicker({ trade_price: i, trade_timestamp: start + i })))
      markets.sample()
    }
    const [btc, eth] = markets.views
    expect(btc?.history).toHaveLength(120)
    expect(btc?.history.at(-1)).toBe(130)
    expect(eth?.history).toEqual([])
  })

  it('ignores a market that it was not given', () => {
    const markets = new Markets(['KRW-ETH'], false)
    markets.take(event(aTicker()))
    expect(markets.views).toEqual([{ code: 'KRW-ETH', history: [] }])
  })
})
