import { keyIdOf, levelOf } from '../../src/channels/event-key'
import { streamKey } from '../../src/registry/stream-key'
import { candleEvent, orderbookEvent, tickerEvent, tradeEvent } from './support/events'

describe('the entry of an event', () => {
  it('C9.4 an absent level is 0', () => {
    const { level: _, ...old } = orderbookEvent()
    expect([old, orderbookEvent(), orderbookEvent({}, { level: 10 }), tickerEvent()].map(levelOf)).toEqual([
      0, 0, 10, 0,
    ])
  })

  it('has the id of its key in the registry', () => {
    expect(
      [tickerEvent(), tradeEvent(), orderbookEvent({}, { level: 10 }), candleEvent()].map(keyIdOf),
    ).toEqual(
      [
        streamKey('ticker', 'KRW-BTC'),
        streamKey('trade', 'KRW-BTC'),
        streamKey('orderbook', 'KRW-BTC', 10),
        streamKey('candle.1m', 'KRW-BTC'),
      ].map(({ id }) => id),
    )
  })
})
