import type { ExecutedTrade } from '../../../src/simulator/rest/trade-history'
import { maxTrades, TradeHistory } from '../../../src/simulator/rest/trade-history'
import fc from '../../support/seeded-fast-check'

const trade = (tradeMs: number, id: bigint, price = 1): ExecutedTrade => ({
  tradeMs,
  id,
  price,
  size: price / 2,
  prevClose: price + 1,
  askBid: id % 2n === 0n ? 'ASK' : 'BID',
})

const all = (history: TradeHistory): readonly ExecutedTrade[] =>
  Array.from({ length: history.length }, (_, index) => history.at(index))

const byTimeAndId = (a: ExecutedTrade, b: ExecutedTrade): number =>
  a.tradeMs - b.tradeMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const trades = fc.array(
  fc.record({ ms: fc.integer({ min: 0, max: 40 }), n: fc.integer({ min: 0, max: 3 }) }).map(({ ms, n }) =>
    // Above 2^53, where neighbours would be one as JavaScript numbers.
    trade(ms, 17_732_400_590_950_000n + BigInt(ms * 10_000 + n)),
  ),
  { maxLength: 300 },
)

describe('TradeHistory', () => {
  it('keeps each trade once, by time and id, in whatever order and how often they come', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const history = new TradeHistory()
        const added = given.map((each) => history.add(each))
        const expected = [...new Map(given.map((each) => [each.id, each])).values()].sort(byTimeAndId)
        expect(all(history)).toEqual(expected)
        expect(added.filter(Boolean)).toHaveLength(expected.length)
        for (const [index, { id, tradeMs }] of expected.entries()) {
          expect(history.indexOf(id)).toBe(index)
          expect(history.indexFrom(tradeMs, id)).toBe(index)
        }
      }),
    )
  })

  it('forgets what is too old, and goes on in the room that it has', () => {
    fc.assert(
      fc.property(trades, fc.integer({ min: 0, max: 45 }), trades, (before, ms, after) => {
        const history = new TradeHistory()
        for (const each of before) history.add(each)
        history.forgetBefore(ms)
        const kept = new Map(before.filter(({ tradeMs }) => tradeMs >= ms).map((each) => [each.id, each]))
        for (const each of after) {
          history.add(each)
          if (!kept.has(each.id)) kept.set(each.id, each)
        }
        expect(all(history)).toEqual([...kept.values()].sort(byTimeAndId))
      }),
    )
  })

  it('finds ids of any form, and none that it has not', () => {
    const history = new TradeHistory()
    for (let n = 1; n <= 5; n++) history.add(trade(1_000 + n, BigInt(n)))
    expect([history.indexOf(1n), history.indexOf(5n), history.indexOf(6n)]).toEqual([0, 4, undefined])
    expect(new TradeHistory().indexOf(1n)).toBeUndefined()
  })

  it('holds half a million trades of one market and no more', () => {
    const history = new TradeHistory()
    for (let n = 0; n < maxTrades + 10; n++) history.add(trade(n, BigInt(n)))
    expect(history.length).toBe(maxTrades)
    expect(history.at(0).id).toBe(10n)
  })
})
