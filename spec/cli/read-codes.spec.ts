import { readCodes, readTypes } from '../../src/cli/read-codes'
import { UsageError } from '../../src/cli/usage-error'
import { publicTypes } from '../../src/protocol/wire'

describe('readCodes', () => {
  it('takes codes in order, each once, separated by spaces or commas', () => {
    expect(readCodes(['KRW-BTC', 'KRW-ETH,USDT-BTC', 'KRW-BTC', ' BTC-XRP ,'])).toEqual([
      'KRW-BTC',
      'KRW-ETH',
      'USDT-BTC',
      'BTC-XRP',
    ])
  })

  it.each([
    ['krw-btc', 'KRW-BTC'],
    ['BTC/KRW', 'KRW-BTC'],
    ['BTC-KRW', 'KRW-BTC'],
    ['KRWBTC', 'KRW-BTC'],
    ['KRW-BTC.15', 'KRW-BTC'],
  ])('C2.2 proposes what was meant by %s', (typed, meant) => {
    expect(() => readCodes([typed])).toThrow(
      new UsageError(`'${typed}' is no market code; did you mean ${meant}?`),
    )
  })

  it('shows the form where it cannot guess', () => {
    expect(() => readCodes(['bitcoin!'])).toThrow(
      "'bitcoin!' is no market code; write quote and base currency, as in KRW-BTC.",
    )
  })

  it('sees a type of events among the codes', () => {
    expect(() => readCodes(['KRW-BTC', 'Trade'])).toThrow(
      "'Trade' is a type of events, no market code; did you mean --types trade?",
    )
  })
})

describe('readTypes', () => {
  it('knows every public type', () => {
    expect(readTypes(publicTypes.join(','))).toEqual(publicTypes)
  })

  it('takes them in order, each once', () => {
    expect(readTypes('trade, ticker,trade')).toEqual(['trade', 'ticker'])
  })

  it.each([
    ['tickers', 'ticker'],
    ['Orderbook', 'orderbook'],
    ['candle', 'candle.1m'],
    ['candles', 'candle.1m'],
    ['1m', 'candle.1m'],
    ['candle1m', 'candle.1m'],
    ['candle-5m', 'candle.5m'],
    ['candles.240m', 'candle.240m'],
    ['4h', 'candle.240m'],
    ['candle.1h', 'candle.60m'],
    ['CANDLE.1S', 'candle.1s'],
    ['candle.10', 'candle.10m'],
  ])('proposes what was meant by %s', (typed, meant) => {
    expect(() => readTypes(typed)).toThrow(
      new UsageError(`'${typed}' is no type of events; did you mean ${meant}?`),
    )
  })

  it.each(['myOrder', '7m', '2h'])('lists the types where %s is none', (typed) => {
    expect(() => readTypes(typed)).toThrow(
      `'${typed}' is no type of events; there are ticker, trade, orderbook and candle.1s to candle.240m.`,
    )
  })

  it('refuses an empty list', () => {
    expect(() => readTypes(' ,')).toThrow('--types is empty; write --types ticker,trade,orderbook.')
  })
})
