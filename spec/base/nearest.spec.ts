import { nearest } from '../../src/base/nearest'

describe('nearest', () => {
  const words = ['ticker', 'trade', 'orderbook', 'candle.1m', 'candle.10m'] as const

  it.each([
    ['tickr', 'ticker', 'a letter left out'],
    ['tickers', 'ticker', 'a letter too many'],
    ['ticket', 'ticker', 'another letter'],
    ['tikcer', 'ticker', 'two letters swapped'],
    ['TRADE', 'trade', 'capitals'],
    ['order-book', 'orderbook', 'a hyphen'],
    ['candle1m', 'candle.1m', 'a dot left out'],
  ])('%s is %s: %s', (typed, meant) => {
    expect(nearest(typed, words)).toBe(meant)
  })

  it.each(['', 'x', 'balance', 'candlestick'])('%j is none of them', (typed) => {
    expect(nearest(typed, words)).toBeUndefined()
  })

  it('knows nothing where there is nothing', () => {
    const none: readonly string[] = []
    expect(nearest('ticker', none)).toBeUndefined()
  })
})
