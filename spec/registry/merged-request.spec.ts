import { mergedItems } from '../../src/registry/merged-request'
import { createRegistry } from '../../src/registry/registry'
import { streamKey, streamKeyId } from '../../src/registry/stream-key'
import { someKey, someKeys } from './keys'
import fc from '../support/seeded-fast-check'

describe('mergedItems', () => {
  it('makes one item of each type, codes sorted, in the order of the types', () => {
    const keys = [
      streamKey('candle.1m', 'KRW-BTC'),
      streamKey('ticker', 'KRW-ETH'),
      streamKey('trade', 'KRW-BTC'),
      streamKey('ticker', 'KRW-BTC'),
    ]
    expect(mergedItems(keys)).toEqual([
      { type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'] },
      { type: 'trade', codes: ['KRW-BTC'] },
      { type: 'candle.1m', codes: ['KRW-BTC'] },
    ])
  })

  it('C9.4 gives each price grouping of books an item of its own, and none a level of 0', () => {
    const keys = [
      streamKey('orderbook', 'KRW-ETH', 10_000),
      streamKey('orderbook', 'KRW-BTC'),
      streamKey('orderbook', 'KRW-XRP', 10),
    ]
    expect(mergedItems(keys)).toEqual([
      { type: 'orderbook', codes: ['KRW-BTC'] },
      { type: 'orderbook', codes: ['KRW-XRP'], level: 10 },
      { type: 'orderbook', codes: ['KRW-ETH'], level: 10_000 },
    ])
  })

  it('C9.2 never says anything but type, codes and level, so no flag goes on the wire', () => {
    fc.assert(
      fc.property(someKeys, (keys) => {
        for (const item of mergedItems(keys)) {
          expect(['type', 'codes', 'level']).toEqual(expect.arrayContaining(Object.keys(item)))
        }
      }),
    )
  })

  it('asks for the union of what the consumers ask for, and for nothing twice', () => {
    fc.assert(
      fc.property(fc.array(someKeys), (consumers) => {
        const registry = createRegistry()
        for (const keys of consumers) registry.add(keys)
        const items = mergedItems([...registry.desired.entries.values()].map(({ key }) => key))
        const asked = items.flatMap(({ type, codes, level }) =>
          codes.map((code) => streamKeyId(type, code, level)),
        )
        expect(asked.sort()).toEqual([...new Set(consumers.flat().map(({ id }) => id))].sort())
      }),
    )
  })

  it('is the same for any order of the commands', () => {
    const shuffled = fc
      .uniqueArray(someKey, { selector: ({ id }) => id })
      .chain((keys) => fc.tuple(fc.constant(keys), fc.shuffledSubarray(keys, { minLength: keys.length })))
    fc.assert(
      fc.property(shuffled, ([some, same]) => {
        expect(mergedItems(same)).toEqual(mergedItems(some))
      }),
    )
  })

  it('is empty for an empty set', () => {
    expect(mergedItems([])).toEqual([])
  })
})
