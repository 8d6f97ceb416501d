import { candleTypes, candleUnits, publicTypes, wireFormats } from '../../src/protocol/wire'

describe("the exchange's words", () => {
  it('are nine units of candles, none longer than 240 minutes', () => {
    expect(candleUnits).toEqual(['1s', '1m', '3m', '5m', '10m', '15m', '30m', '60m', '240m'])
    expect(candleTypes).toEqual(candleUnits.map((unit) => `candle.${unit}`))
  })

  it('are the public types, states before candles, and four formats', () => {
    expect(publicTypes).toEqual(['ticker', 'trade', 'orderbook', ...candleTypes])
    expect(wireFormats).toEqual(['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'])
  })
})
