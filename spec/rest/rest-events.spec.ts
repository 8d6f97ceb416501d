import { endpoints } from '../../src/rest/endpoints'
import { readAnswer } from '../../src/rest/read-answer'
import type { Endpoint } from '../../src/rest/rest-call'
import { candleEventOf, orderbookEventOf, tickerEventOf, tradeEventOf } from '../../src/rest/rest-events'
import { candlesEndpoint } from '../../src/rest/endpoints'
import { createDecoder } from '../../src/protocol/decode'
import type { PublicEvent } from '../../src/protocol/events'
import { eventCodecs } from '../../src/protocol/events'
import { candlesBody, orderbookBody, rowOf, tickerBody, tradesBody } from './support/rows'
import fc from '../support/seeded-fast-check'

/** The rows of a body, through the tables. */
function rowsOf<T>(endpoint: Endpoint<readonly T[]>, body: string): readonly T[] {
  const read = readAnswer(endpoint, body, () => {})
  if ('fault' in read) throw new Error(JSON.stringify(read.fault))
  return read.value
}

/** The event of a frame of a stream. */
function received(frame: string): PublicEvent {
  const events: PublicEvent[] = []
  const sink = { event: (event: PublicEvent) => events.push(event), control() {}, rejected() {}, drift() {} }
  createDecoder({ ...sink, event: (event) => void events.push(event) }).decode(frame, 1, 5)
  return events[0]!
}

/** What two events have both. */
function shared(one: object, other: object): [object, object] {
  const ours = ['epoch', 'received_at', 'source']
  const names = Object.keys(one).filter((name) => name in other && !ours.includes(name))
  const pick = (event: object): object =>
    Object.fromEntries(Object.entries(event).filter(([name]) => names.includes(name)))
  return [pick(one), pick(other)]
}

// The trade of `tradesBody` as a stream sends it: shape and spelling of the frames recorded in 2026-09.
const tradeFrame =
  '{"type":"trade","code":"KRW-BTC","timestamp":1773240059120,"trade_date":"2026-03-11","trade_time":"14:40:59","trade_timestamp":1773240059095,"trade_price":103460000.0,"trade_volume":0.004,"ask_bid":"ASK","prev_closing_price":102417000.00000000,"change":"RISE","change_price":1043000.00000000,"sequential_id":17732400590950000,"best_ask_price":103461000,"best_ask_size":1.5,"best_bid_price":103460000,"best_bid_size":1.0,"stream_type":"REALTIME"}'

describe('rest events', () => {
  const [trade] = rowsOf(endpoints.trades, tradesBody)
  const [ticker] = rowsOf(endpoints.tickers, tickerBody)
  const [book] = rowsOf(endpoints.orderbooks, orderbookBody)
  const [candle] = rowsOf(candlesEndpoint('1m'), candlesBody)

  it('a trade is, in all that both tell, the same as that of the stream', () => {
    const event = tradeEventOf(trade!, 7)
    const [fetched, streamed] = shared(event, received(tradeFrame))
    expect(fetched).toEqual(streamed)
    expect(Object.keys(fetched).sort()).toEqual(
      [
        'type',
        'code',
        'trade_date',
        'trade_time',
        'trade_timestamp',
        'trade_price',
        'trade_volume',
        'ask_bid',
        'prev_closing_price',
        'change',
        'change_price',
        'sequential_id',
      ].sort(),
    )
    expect(event).toMatchObject({ source: 'rest', epoch: 0, received_at: 7 })
  })

  it('change and change_price are the sign and the size of what REST tells as one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (signed) => {
        const { change, change_price } = tradeEventOf({ ...trade!, change_price: signed }, 0)
        expect(change).toBe(signed > 0 ? 'RISE' : signed < 0 ? 'FALL' : 'EVEN')
        expect(Object.is(change_price, Math.abs(signed))).toBe(true)
      }),
    )
  })

  it('has nothing that a stream does not have, and lacks only what REST does not tell', () => {
    const events = {
      ticker: tickerEventOf(ticker!, 0),
      trade: tradeEventOf(trade!, 0),
      orderbook: orderbookEventOf(book!, 0),
      candle: candleEventOf('1m', candle!, 0),
    }
    const lacking = Object.entries(events).map(([kind, event]) => {
      const { fields } = eventCodecs[kind as keyof typeof eventCodecs]
      const ours = ['epoch', 'received_at', 'source']
      expect(Object.keys(event).filter((name) => !(name in fields) && !ours.includes(name))).toEqual([])
      return [kind, Object.keys(fields).filter((name) => !(name in event))]
    })
    expect(Object.fromEntries(lacking)).toEqual({
      ticker: [
        'ask_bid',
        'acc_ask_volume',
        'acc_bid_volume',
        'market_state',
        'is_trading_suspended',
        'delisting_date',
        'market_warning',
        'stream_type',
      ],
      trade: [
        'timestamp',
        'best_ask_price',
        'best_ask_size',
        'best_bid_price',
        'best_bid_size',
        'stream_type',
      ],
      orderbook: ['stream_type'],
      candle: ['stream_type'],
    })
  })

  it('a book has its units asks first, as many as are wanted, and the totals of the whole window', () => {
    const row = rowOf(orderbookBody)
    const all = orderbookEventOf(book!, 0)
    expect(all.orderbook_units).toEqual(row.orderbook_units)
    expect(Object.keys(all.orderbook_units[0]!)).toEqual(['ask_price', 'bid_price', 'ask_size', 'bid_size'])
    expect(orderbookEventOf(book!, 0, 1)).toMatchObject({
      orderbook_units: [{ ask_price: 103461000 }],
      total_ask_size: 3.5,
      level: 0,
    })
  })

  it('a candle is of its unit, and without the Korean time where REST has none', () => {
    const { candle_date_time_kst: _kst, ...regional } = candle!
    const event = candleEventOf('240m', regional, 3)
    expect(event).toMatchObject({
      type: 'candle.240m',
      code: 'KRW-BTC',
      candle_date_time_utc: '2026-03-11T14:40:00',
    })
    expect(event).not.toHaveProperty('candle_date_time_kst')
    expect(event).not.toHaveProperty('unit')
  })
})
