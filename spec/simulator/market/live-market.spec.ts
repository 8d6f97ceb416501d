import { TestScheduler } from 'rxjs/testing'
import { schedulerEnvironment } from '../../../src/base/scheduler-environment'
import { createDecoder } from '../../../src/protocol/decode'
import type {
  CandleEvent,
  OrderbookEvent,
  PublicEvent,
  TickerEvent,
  TradeEvent,
} from '../../../src/protocol/events'
import { listings } from '../../../src/simulator/market/codes'
import { LiveMarket } from '../../../src/simulator/market/live-market'
import { createTimers } from '../../../src/simulator/timers'
import { virtualStartMs } from '../../../src/testing'
import type { VirtualExchangeOptions } from '../../../src/testing'
import { textOf, runVirtually, subscribeTo } from '../support/virtual-client'

const ticket = { ticket: 't' }
const allTypes = ['ticker', 'trade', 'orderbook', 'candle.1s', 'candle.1m', 'candle.240m']

/** What a client of the market receives in a while, decoded by the library, and the raw text. */
function watch(
  untilMs: number,
  codes: readonly string[],
  types: readonly string[] = allTypes,
  options: VirtualExchangeOptions = {},
): { events: PublicEvent[]; texts: string[]; slow: number } {
  const events: PublicEvent[] = []
  const texts: string[] = []
  const decoder = createDecoder({
    event: (event) => events.push(event),
    control: () => {},
    rejected: (error) => {
      throw new Error(JSON.stringify(error))
    },
    drift: (name) => {
      throw new Error(name)
    },
  })
  runVirtually(untilMs, { market: true, ...options }, ({ client, at }) => {
    const one = client()
    at(0, () => one.send([ticket, ...types.map((type) => ({ type, codes }))]))
    at(untilMs - 1, () => {
      for (const { raw, atMs } of one.notes) {
        texts.push(textOf(raw))
        decoder.decode(raw, 1, atMs)
      }
    })
  })
  return { events, texts, slow: decoder.counts.slow }
}

const ofType = <E extends PublicEvent>(events: readonly PublicEvent[], type: string): E[] =>
  events.filter((event): event is E => event.type === type)
const realtime = (event: PublicEvent): boolean => event.stream_type === 'REALTIME'

describe('LiveMarket', () => {
  const codes = ['KRW-BTC', 'KRW-XRP', 'BTC-ETH', 'USDT-BTC']
  const { events, texts, slow } = watch(120_000, codes, allTypes, { rate: 3 })

  it('says nothing that the library would not accept on its fast way', () => {
    expect(texts.length).toBeGreaterThan(3_000)
    expect(events).toHaveLength(texts.length)
    expect(slow).toBe(0)
  })

  it('C14.1 says the same bytes for the same seed and times, and others for another seed', () => {
    const once = watch(5_000, ['KRW-BTC'], allTypes, { seed: 7 })
    expect(watch(5_000, ['KRW-BTC'], allTypes, { seed: 7 }).texts).toEqual(once.texts)
    expect(watch(5_000, ['KRW-BTC'], allTypes, { seed: 8 }).texts).not.toEqual(once.texts)
  })

  it('is not moved by who else listens: other types and codes change no price', () => {
    const prices = (all: PublicEvent[]) =>
      ofType<TradeEvent>(all, 'trade')
        .filter(({ code, stream_type }) => code === 'KRW-BTC' && stream_type === 'REALTIME')
        .map(({ sequential_id, trade_price }) => [sequential_id, trade_price])
    const alone = prices(watch(20_000, ['KRW-BTC'], ['trade'], { seed: 3 }).events)
    const together = prices(watch(20_000, ['KRW-BTC', 'KRW-ETH'], allTypes, { seed: 3 }).events)
    expect(alone.length).toBeGreaterThan(10)
    // Snapshots come in one of two bursts, so the first trades may differ.
    expect(together.slice(-alone.length + 5)).toEqual(alone.slice(-alone.length + 5))
  })

  it('47 gives trades unique ids made of their ms, odd ones and pairs of one ms among them', () => {
    const trades = ofType<TradeEvent>(events, 'trade').filter(realtime)
    for (const code of codes) {
      const ids = trades.filter((trade) => trade.code === code).map((trade) => trade.sequential_id)
      expect(new Set(ids).size).toBe(ids.length)
    }
    expect(trades.every((trade) => trade.sequential_id.slice(0, -4) === String(trade.trade_timestamp))).toBe(
      true,
    )
    expect(trades.some((trade) => Number(trade.sequential_id.slice(-1)) % 2 === 1)).toBe(true)
    const ms = trades.map((trade) => `${trade.code} ${trade.trade_timestamp}`)
    expect(new Set(ms).size).toBeLessThan(ms.length)
  })

  it('48 delivers about two in a hundred trades late, while the time of publication never goes back', () => {
    const trades = ofType<TradeEvent>(watch(1_000_000, ['KRW-BTC'], ['trade']).events, 'trade')
    let late = 0
    trades.forEach((trade, i) => {
      const before = trades[i - 1]
      if (before === undefined) return
      expect(trade.timestamp).toBeGreaterThanOrEqual(before.timestamp)
      if (BigInt(trade.sequential_id) < BigInt(before.sequential_id)) late++
    })
    expect(trades.length).toBeGreaterThan(2_000)
    expect(late / trades.length).toBeGreaterThan(0.005)
    expect(late / trades.length).toBeLessThan(0.04)
  })

  it('moves the ticker with the trades: price, time, side, volumes and turnover', () => {
    for (const code of codes) {
      const tickers = ofType<TickerEvent>(events, 'ticker').filter((event) => event.code === code)
      const trades = ofType<TradeEvent>(events, 'trade').filter((event) => event.code === code)
      expect(tickers.length).toBeGreaterThan(1)
      tickers.forEach((ticker, i) => {
        const { trade_price, low_price, high_price, prev_closing_price, signed_change_price } = ticker
        expect(low_price).toBeLessThanOrEqual(trade_price)
        expect(high_price).toBeGreaterThanOrEqual(trade_price)
        expect(signed_change_price).toBeCloseTo(trade_price - prev_closing_price, 9)
        expect(ticker.change).toBe(
          signed_change_price > 0 ? 'RISE' : signed_change_price < 0 ? 'FALL' : 'EVEN',
        )
        expect(ticker.acc_trade_volume).toBeCloseTo(ticker.acc_ask_volume + ticker.acc_bid_volume, 7)
        const before = tickers[i - 1]
        if (before === undefined) return
        const between = trades.filter(
          (trade) =>
            trade.timestamp <= ticker.timestamp &&
            trade.timestamp > before.timestamp &&
            trade.trade_timestamp === ticker.trade_timestamp,
        )
        if (between.length === 0) return
        expect(between.map((trade) => trade.trade_price)).toContain(trade_price)
        expect(ticker.acc_trade_volume).toBeGreaterThan(before.acc_trade_volume)
        expect(ticker.acc_trade_price).toBeGreaterThan(before.acc_trade_price)
      })
    }
  })

  it('adds up: the volume of the tickers grows by the volume of the trades', () => {
    const { events: all } = watch(60_000, ['KRW-BTC'], ['ticker', 'trade'], { rate: 2 })
    const tickers = ofType<TickerEvent>(all, 'ticker')
    const [first, last] = [tickers[0], tickers.at(-1)]
    if (first === undefined || last === undefined) throw new Error('no tickers')
    const traded = ofType<TradeEvent>(all, 'trade')
      .filter(
        ({ trade_timestamp }) =>
          trade_timestamp > first.trade_timestamp && trade_timestamp <= last.trade_timestamp,
      )
      .reduce((sum, trade) => sum + trade.trade_volume, 0)
    const grown = last.acc_trade_volume - first.acc_trade_volume
    // A late trade may still be on its way at the end.
    expect(Math.abs(grown - traded)).toBeLessThan(grown * 0.1)
    expect(grown).toBeGreaterThan(0)
  })

  it('50 sends KRW books on a grid of 100 ms, each market with its own phase, and others off it', () => {
    const phases = (code: string): Set<number> =>
      new Set(
        ofType<OrderbookEvent>(events, 'orderbook')
          .filter((event) => event.code === code && realtime(event))
          .map(({ timestamp }) => timestamp % 100),
      )
    expect(phases('KRW-BTC').size).toBe(1)
    expect(phases('KRW-XRP').size).toBe(1)
    expect(phases('KRW-BTC')).not.toEqual(phases('KRW-XRP'))
    expect(phases('BTC-ETH').size).toBeGreaterThan(10)
  })

  it('50 sends a book only when it changed, at its time, never an older one', () => {
    for (const code of codes) {
      const books = ofType<OrderbookEvent>(events, 'orderbook').filter((event) => event.code === code)
      books.forEach((book, i) => {
        const before = books[i - 1]
        if (before !== undefined) expect(book.timestamp).toBeGreaterThanOrEqual(before.timestamp)
        if (book.stream_type === 'REALTIME') expect(book.timestamp).toBe(book.received_at)
        const sum = book.orderbook_units.reduce((total, unit) => total + unit.ask_size, 0)
        expect(book.total_ask_size).toBeCloseTo(sum, 6)
      })
    }
  })

  it('trades at prices that the book had as its best', () => {
    const trades = ofType<TradeEvent>(events, 'trade').filter(
      (trade) => trade.code === 'KRW-BTC' && realtime(trade),
    )
    for (const trade of trades) {
      const { best_ask_price = 0, best_bid_price = 0 } = trade
      expect(best_bid_price).toBeLessThan(best_ask_price)
      if (trade.ask_bid === 'BID') expect(trade.trade_price).toBeLessThanOrEqual(best_ask_price)
      else expect(trade.trade_price).toBeGreaterThanOrEqual(best_bid_price)
    }
  })

  it('51 sends a candle at most once a second and unit, in the order of the periods', () => {
    for (const type of ['candle.1s', 'candle.1m', 'candle.240m']) {
      const candles = ofType<CandleEvent>(events, type).filter(
        (event) => event.code === 'KRW-BTC' && realtime(event),
      )
      expect(candles.length).toBeGreaterThan(20)
      candles.forEach((candle, i) => {
        expect(candle.low_price).toBeLessThanOrEqual(Math.min(candle.opening_price, candle.trade_price))
        const before = candles[i - 1]
        if (before === undefined) return
        expect(candle.received_at - before.received_at).toBeGreaterThanOrEqual(1_000)
        expect(candle.candle_date_time_utc >= before.candle_date_time_utc).toBe(true)
      })
    }
  })

  it('28 sends grouped books of supported levels, and nothing for others', () => {
    runVirtually(3_000, { market: true }, ({ client, at }) => {
      const [grouped, odd, foreign] = [client(), client(), client()]
      at(0, () => grouped.send(subscribeTo('orderbook', ['KRW-BTC'], 'DEFAULT', { level: 10_000 })))
      at(0, () => odd.send(subscribeTo('orderbook', ['KRW-BTC'], 'DEFAULT', { level: 7 })))
      at(0, () => foreign.send(subscribeTo('orderbook', ['BTC-ETH'], 'DEFAULT', { level: 10_000 })))
      at(2_900, () => {
        expect(grouped.json.length).toBeGreaterThan(2)
        expect(grouped.json.every((book) => book.level === 10_000)).toBe(true)
        expect([odd.frames, foreign.frames]).toEqual([[], []])
      })
    })
  })

  it.each([
    ['trades on while nobody listens', 60_000, 50_000, 60_000],
    ['rests when nobody has listened for five minutes, and goes on after', 400_000, 300_000, 310_000],
  ])('%s, the snapshot being the last known state', (_title, returnMs, fromMs, toMs) => {
    runVirtually(returnMs + 10_000, { market: true }, ({ client, at }) => {
      const one = client()
      at(0, () => one.send(subscribeTo('trade', ['KRW-BTC'])))
      at(10_000, () => one.leave())
      at(returnMs, () => {
        const two = client()
        at(returnMs + 1, () => two.send(subscribeTo('trade', ['KRW-BTC'])))
        at(returnMs + 9_000, () => {
          const times = two.json.map(({ trade_timestamp }) => (trade_timestamp as number) - virtualStartMs)
          const [snapshotMs = 0, ...later] = times
          expect(two.json[0]).toMatchObject({ stream_type: 'SNAPSHOT' })
          expect(snapshotMs).toBeGreaterThan(fromMs)
          expect(snapshotMs).toBeLessThan(toMs)
          expect(later.length).toBeGreaterThan(2)
          expect(later.every((ms) => ms > returnMs - 100)).toBe(true)
        })
      })
    })
  })

  it('stops for pauseMarket and goes on with resumeMarket, without catching up', () => {
    runVirtually(30_000, { market: true }, ({ exchange, client, at }) => {
      const one = client()
      at(0, () => one.send(subscribeTo('orderbook', ['KRW-BTC'])))
      let paused = 0
      at(5_000, () => {
        exchange.pauseMarket()
        exchange.pauseMarket()
        paused = one.frames.length
        expect(paused).toBeGreaterThan(10)
      })
      at(20_000, () => expect(one.frames).toHaveLength(paused))
      at(20_000, () => exchange.resumeMarket())
      at(20_001, () => exchange.resumeMarket())
      at(29_000, () => {
        const later = one.json.slice(paused)
        expect(later.length).toBeGreaterThan(10)
        expect(later.every(({ timestamp }) => (timestamp as number) >= virtualStartMs + 20_000)).toBe(true)
      })
    })
  })

  it('goes on from now when the machine has slept, without catching up', () => {
    const scheduler = new TestScheduler(() => {})
    const environment = schedulerEnvironment(scheduler)
    let sleptMs = 0
    const timers = createTimers({ ...environment, now: () => environment.now() + sleptMs }, () => true)
    const atMs: number[] = []
    const market = new LiveMarket(
      {
        wants: () => true,
        levels: () => [0],
        connectionsLike: () => [],
        publish: () => 0,
        begun: () => {},
        executed: () => {},
        publishEvent: ({ timestamp }) => void atMs.push(timestamp - virtualStartMs),
      },
      timers,
      { seed: 1, markets: 1, rate: 1 },
    )
    market.demandChanged(['KRW-BTC'])
    scheduler.schedule(() => (sleptMs = 3_600_000), 5_000)
    scheduler.schedule(() => market.end(), 10_000)
    scheduler.run(() => {})
    expect(atMs.filter((ms) => ms < 5_000).length).toBeGreaterThan(20)
    expect(atMs.filter((ms) => ms > 5_100 && ms < 3_604_000)).toEqual([])
    expect(atMs.filter((ms) => ms > 3_605_000).length).toBeGreaterThan(20)
  })

  it('lists as many markets as it is told', () => {
    runVirtually(2_000, { market: true, markets: 3 }, ({ client, at }) => {
      const one = client()
      at(0, () => one.send(subscribeTo('ticker', ['KRW-BTC', 'USDT-BTC', 'KRW-ETH'])))
      at(1_900, () =>
        expect(new Set(one.json.map(({ code }) => code))).toEqual(new Set(['KRW-BTC', 'USDT-BTC'])),
      )
    })
  })

  it('carries all 855 markets: about as many books a second as were measured', () => {
    const { length } = watch(3_170, allCodes(), ['orderbook'], {}).texts
    const perSecond = (length - 855) / 3
    expect(perSecond).toBeGreaterThan(600)
    expect(perSecond).toBeLessThan(1_000)
  })
})

function allCodes(): string[] {
  return listings(855).map(({ code }) => code)
}
