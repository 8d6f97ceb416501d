import { aCandle, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../../src/testing'
import { History } from '../../../src/simulator/rest/history'
import { runVirtually } from '../support/virtual-client'

describe('History', () => {
  it('drops trades that are older than eight days', () => {
    let now = virtualStartMs
    const history = new History(() => now)
    history.execute(aTrade({ trade_timestamp: virtualStartMs }))
    now += 8 * 86_400_000
    history.execute(aTrade({ trade_timestamp: now }))
    expect(history.of('KRW-BTC')?.trades.length).toBe(2)
    now += 1
    history.execute(aTrade({ trade_timestamp: now }))
    expect(history.of('KRW-BTC')?.trades.length).toBe(2)
  })

  it.each([
    ['a trade without a price', aTrade({ trade_price: 'a lot' as never })],
    ['a trade whose id is no number', aTrade({ sequential_id: '1e3' })],
    ['a ticker without a time', { ...aTicker(), trade_timestamp: NaN }],
    ['a book without levels', { ...anOrderbook(), orderbook_units: 7 } as never],
    ['an event of no type', { ...aTicker(), type: 7 } as never],
  ])('enters nothing of %s', (_what, event) => {
    const history = new History(() => virtualStartMs)
    history.note(event)
    const past = history.of('KRW-BTC')
    expect([past?.trades.length ?? 0, past?.ticker, past?.orderbooks.size ?? 0]).toEqual([0, undefined, 0])
  })
})

describe('lastAsSnapshot', () => {
  const types = ['ticker', 'trade', 'orderbook', 'candle.1m']
  const subscribe = [{ ticket: 't' }, ...types.map((type) => ({ type, codes: ['KRW-BTC'] }))]

  it.each([
    [true, [1, 1, 1, 1]],
    [false, []],
  ])(
    'when %s, what was told last is what a later subscription begins with: %j',
    (lastAsSnapshot, expected) => {
      runVirtually(2_000, { lastAsSnapshot }, ({ exchange, client, at }) => {
        exchange.emit([aTicker({ trade_price: 0 }), aTicker(), anOrderbook(), aCandle('1m')])
        exchange.execute(aTrade({ trade_timestamp: virtualStartMs + 5 }))
        // Late: it is not the last one.
        exchange.emit(aTrade({ trade_timestamp: virtualStartMs + 1 }))
        const one = client()
        at(10, () => one.send(subscribe))
        at(1_000, () => {
          const of = (type: string): readonly Record<string, unknown>[] =>
            one.json.filter((frame) => frame.type === type)
          expect(types.map((type) => of(type).length)).toEqual(
            expected.length === 0 ? [0, 0, 0, 0] : expected,
          )
          if (!lastAsSnapshot) return
          expect(one.json.every((frame) => frame.stream_type === 'SNAPSHOT')).toBe(true)
          expect(of('trade')[0]?.trade_timestamp).toBe(virtualStartMs + 5)
          expect(of('ticker')[0]?.trade_price).toBe(aTicker().trade_price)
        })
      })
    },
  )
})
