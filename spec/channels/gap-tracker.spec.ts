import type { GapEvent } from '../../src/channels/gap-event'
import { GapTracker } from '../../src/channels/gap-tracker'
import { streamKey } from '../../src/registry/stream-key'
import { virtualStartMs } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'
import { candleEvent, orderbookEvent, tickerEvent, tradeEvent } from './support/events'

const ticker = streamKey('ticker', 'KRW-BTC')
const trade = streamKey('trade', 'KRW-BTC')
const candle = streamKey('candle.1m', 'KRW-BTC')
const book = streamKey('orderbook', 'KRW-BTC', 10_000)

function setUp() {
  const told: GapEvent[] = []
  const { environment } = virtualTime()
  const tell = (gap: GapEvent) => told.push(gap)
  const tracker = new GapTracker({ environment, tell, resumed: tell })
  return { tracker, told }
}

describe('GapTracker', () => {
  it('C7 opens one gap an entry, each with an id of its own', () => {
    const { tracker, told } = setUp()
    tracker.lost([ticker, book], 3, 77, 'disconnect')
    expect(told).toEqual([
      {
        type: 'gap',
        id: expect.any(String) as string,
        phase: 'opened',
        cause: 'disconnect',
        event: 'ticker',
        code: 'KRW-BTC',
        epochs: [3, 3],
        from_ms: 77,
      },
      {
        type: 'gap',
        id: expect.any(String) as string,
        phase: 'opened',
        cause: 'disconnect',
        event: 'orderbook',
        code: 'KRW-BTC',
        level: 10_000,
        epochs: [3, 3],
        from_ms: 77,
      },
    ])
    expect(told[0]?.id).not.toBe(told[1]?.id)
  })

  it('C7 says which entry each is of, where type and code are the same', () => {
    const ids: string[] = []
    const tracker = new GapTracker({
      environment: virtualTime().environment,
      tell: (_, id) => ids.push(id),
      resumed() {},
    })
    const other = { ...ticker, id: 'ticker KRW-BTC, otherwise' }
    tracker.lost([ticker, other], 3, 77, 'disconnect')
    tracker.end('abandoned', () => true, 4, 99)
    tracker.undecodable(other, 4, 1)
    expect(ids).toEqual([ticker.id, other.id, ticker.id, other.id, other.id])
  })

  it.each([
    ['a ticker', ticker, tickerEvent({ ms: 5, epoch: 4 }), 'closed'],
    ['an order book', book, orderbookEvent({ ms: 5, epoch: 4 }), 'closed'],
    ['trades', trade, tradeEvent({ ms: 5, epoch: 4 }), 'abandoned'],
    ['a candle', candle, candleEvent({ ms: 5, epoch: 4 }), 'abandoned'],
  ])('C7 the gap of %s ends with the first frame', (_, key, event, phase) => {
    const { tracker, told } = setUp()
    tracker.lost([key], 3, 77, 'rejected')
    tracker.resumed(key.id, event)
    tracker.resumed(key.id, event)
    expect(told).toHaveLength(2)
    expect(told[1]).toEqual({ ...told[0], phase, epochs: [3, 4], to_ms: virtualStartMs + 5 })
  })

  it('C7 a session lost before the entry spoke again is the same gap', () => {
    const { tracker, told } = setUp()
    tracker.lost([ticker], 1, 10, 'disconnect')
    tracker.lost([ticker, trade], 2, 20, 'disconnect')
    tracker.resumed(ticker.id, tickerEvent({ epoch: 3 }))
    expect(told.map(({ phase, event, epochs }) => [phase, event, epochs])).toEqual([
      ['opened', 'ticker', [1, 1]],
      ['opened', 'trade', [2, 2]],
      ['closed', 'ticker', [1, 3]],
    ])
  })

  it('C7 after its end the next loss is a gap of its own', () => {
    const { tracker, told } = setUp()
    tracker.lost([ticker], 1, 10, 'disconnect')
    tracker.resumed(ticker.id, tickerEvent({ epoch: 2 }))
    tracker.lost([ticker], 2, 20, 'disconnect')
    expect(told[2]).toMatchObject({ phase: 'opened', epochs: [2, 2], from_ms: 20 })
    expect(told[2]?.id).not.toBe(told[0]?.id)
  })

  it('C7 tells nothing of what never was lost', () => {
    const { tracker, told } = setUp()
    tracker.resumed(ticker.id, tickerEvent())
    expect(told).toEqual([])
  })

  it('C7 forgets what is no longer wanted', () => {
    const { tracker, told } = setUp()
    tracker.lost([ticker, trade], 1, 10, 'disconnect')
    tracker.forget((id) => id === trade.id)
    tracker.resumed(ticker.id, tickerEvent({ epoch: 2 }))
    tracker.resumed(trade.id, tradeEvent({ epoch: 2 }))
    expect(told.slice(2).map(({ event }) => event)).toEqual(['trade'])
  })

  it('C7 a frame that could not be read is one event missing, within an epoch and at one moment', () => {
    const { tracker, told } = setUp()
    tracker.undecodable(book, 2, 1)
    expect(told).toMatchObject([
      {
        phase: 'abandoned',
        cause: 'undecodable',
        event: 'orderbook',
        level: 10_000,
        epochs: [2, 2],
        from_ms: virtualStartMs,
        to_ms: virtualStartMs,
        count: 1,
      },
    ])
  })
})
