import { ClockOffset } from '../../src/channels/clock-offset'
import type { RouteConsumer } from '../../src/channels/fan-out'
import { Route } from '../../src/channels/route'
import type { PublicType } from '../../src/protocol/wire'
import { streamKey } from '../../src/registry/stream-key'
import { candleEvent, orderbookEvent, tickerEvent, tradeEvent } from './support/events'

const route = (type: PublicType): Route =>
  new Route(streamKey(type, 'KRW-BTC'), { clock: new ClockOffset(), stepped: () => {} })

describe('Route', () => {
  it('judges by the rule of its type', () => {
    const verdicts = (of: Route, ...events: Parameters<Route['judge']>[0][]): string[] =>
      events.map((event) => of.judge(event))
    expect(verdicts(route('ticker'), tickerEvent({ ms: 2 }), tickerEvent({ ms: 1 }))).toEqual([
      'pass',
      'stale',
    ])
    expect(verdicts(route('orderbook'), orderbookEvent({ ms: 2 }), orderbookEvent({ ms: 1 }))).toEqual([
      'pass',
      'stale',
    ])
    expect(verdicts(route('trade'), tradeEvent(), tradeEvent())).toEqual(['pass', 'duplicate'])
    expect(verdicts(route('candle.1m'), candleEvent({ ms: 60_000 }), candleEvent({ ms: 1 }))).toEqual([
      'pass',
      'pass',
    ])
  })

  it('remembers the newest state that passed, and no trade', () => {
    const states = route('ticker')
    const first = tickerEvent({ ms: 2 })
    states.judge(first)
    states.judge(tickerEvent({ ms: 1 }))
    expect(states.memory).toBe(first)
    const trades = route('trade')
    trades.judge(tradeEvent())
    expect(trades.memory).toBeUndefined()
  })

  it('remembers the latest period of a candle, and its newest state', () => {
    const candles = route('candle.1m')
    const states = [{ ms: 60_000 }, { ms: 1 }, { ms: 60_001 }, { ms: 120_000 }, { ms: 60_002 }].map((at) =>
      candleEvent(at),
    )
    const memories = states.map((state) => {
      candles.judge(state)
      return candles.memory
    })
    expect(memories).toEqual([states[0], states[0], states[2], states[3], states[3]])
  })

  it('knows the epoch of the last frame, withheld or not', () => {
    const states = route('ticker')
    expect(states.epoch).toBe(0)
    states.judge(tickerEvent({ ms: 2, epoch: 3 }))
    states.judge(tickerEvent({ ms: 1, epoch: 4 }))
    expect(states.epoch).toBe(4)
  })

  const consumer = (): RouteConsumer => ({
    isPatient: false,
    offer() {},
    offerLatest() {},
    returned() {},
    threw() {},
  })

  it('replaces its list of consumers, so that a loop over it is not disturbed', () => {
    const states = route('ticker')
    const consumers: RouteConsumer[] = [1, 2].map(() => consumer())
    for (const each of consumers) states.add(each)
    const list = states.consumers
    states.remove(consumers[0] as RouteConsumer)
    states.add(consumer())
    expect(list).toEqual(consumers)
    expect(states.consumers[0]).toBe(consumers[1])
    expect(states.consumers).toHaveLength(2)
  })
})
