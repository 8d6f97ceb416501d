import { itemSet } from '../../src/simulator/subscription'

const asked = (type: string, codes: string[], options: object = {}) => ({
  type,
  codes,
  level: 0,
  onlySnapshot: false,
  onlyRealtime: false,
  ...options,
})

describe('itemSet', () => {
  it.each([
    ['KRW-BTC', 30],
    ['KRW-BTC.1', 1],
    ['KRW-BTC.5', 5],
    ['KRW-BTC.15', 15],
    ['KRW-BTC.30', 30],
    ['KRW-BTC.20', 30],
    ['KRW-BTC.3', 30],
  ])('27 reads %s as %i levels of KRW-BTC', (code, depth) => {
    expect([...itemSet([asked('orderbook', [code])], 'last').values()].flat()).toMatchObject([
      { code: 'KRW-BTC', depth },
    ])
  })

  it('27 leaves the codes of other types alone', () => {
    expect([...itemSet([asked('ticker', ['KRW-BTC.15'])], 'last').keys()]).toEqual(['ticker KRW-BTC.15'])
  })

  it('30 adds up items of one type with their own options, and lets the last of a pair count', () => {
    const items = [
      asked('orderbook', ['KRW-BTC'], { level: 10_000 }),
      asked('orderbook', ['KRW-ETH.5']),
      asked('orderbook', ['KRW-BTC.15']),
    ]
    const last = [...itemSet(items, 'last').values()]
    expect(last).toMatchObject([[{ code: 'KRW-BTC', level: 0, depth: 15 }], [{ code: 'KRW-ETH', depth: 5 }]])
    const both = itemSet(items, 'both').get('orderbook KRW-BTC')
    expect(both).toMatchObject([
      { level: 10_000, depth: 30 },
      { level: 0, depth: 15 },
    ])
  })
})
