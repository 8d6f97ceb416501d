import { LevelLanes } from '../../src/channels/level-lanes'
import { placementOf } from '../../src/channels/placement'
import { streamKey } from '../../src/registry/stream-key'

const btc = streamKey('orderbook', 'KRW-BTC', 10)
const eth = streamKey('orderbook', 'KRW-ETH', 10)

describe('placementOf', () => {
  it('is all on the main lane for all but a second grouping of a book', () => {
    const levels = new LevelLanes()
    const placements = [
      [streamKey('ticker', 'KRW-BTC'), streamKey('ticker', 'KRW-ETH')],
      [btc, eth],
    ].map((keys) => placementOf(keys, levels))
    expect(placements).toEqual([[{ lane: 0 }], [{ lane: 0 }]])
  })

  it('says which lane has which keys, the lanes as the keys come to them', () => {
    const levels = new LevelLanes()
    levels.take(streamKey('orderbook', 'KRW-BTC'))
    expect(placementOf([btc, eth], levels)).toEqual([
      { lane: 1, keys: [btc] },
      { lane: 0, keys: [eth] },
    ])
  })

  it('takes a place for each key', () => {
    const levels = new LevelLanes()
    placementOf([btc], levels)
    expect(levels.take(streamKey('orderbook', 'KRW-BTC'))).toBe(1)
    levels.release(btc)
    expect(levels.take(streamKey('orderbook', 'KRW-BTC', 5))).toBe(0)
  })
})
