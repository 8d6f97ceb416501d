import { codesOf, wantedByDefault, wantedOfRecording } from '../../src/cli/wanted'
import type { MarketCode } from '../../src/protocol/market-code'

const codes = (...list: string[]): MarketCode[] => list as MarketCode[]
const nothing = { codes: [], types: [] }
const key = (type: string, code: string) => ({ type, code, frames: 1 })
const held = [
  key('orderbook', 'KRW-IQ'),
  key('trade', 'KRW-BTC'),
  key('orderbook', 'KRW-BTC'),
  key('myOrder', 'KRW-BTC'),
  key('trade', 'no market'),
]

describe('C13 what is watched by default', () => {
  it('is Bitcoin, Ether and XRP, with tickers, trades and books', () => {
    const three = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']
    expect(wantedByDefault(nothing)).toEqual([
      { type: 'ticker', codes: three },
      { type: 'trade', codes: three },
      { type: 'orderbook', codes: three },
    ])
  })

  it('gives way to what was asked for', () => {
    expect(wantedByDefault({ codes: codes('KRW-SOL'), types: ['candle.1m'] })).toEqual([
      { type: 'candle.1m', codes: ['KRW-SOL'] },
    ])
  })
})

describe('C13 what is watched of a recording', () => {
  it('is all that it holds of public events', () => {
    expect(wantedOfRecording(nothing, held)).toEqual([
      { type: 'trade', codes: ['KRW-BTC'] },
      { type: 'orderbook', codes: ['KRW-IQ', 'KRW-BTC'] },
    ])
  })

  it('is what was asked for, where it is there', () => {
    expect(wantedOfRecording({ codes: codes('KRW-IQ'), types: [] }, held)).toEqual([
      { type: 'orderbook', codes: ['KRW-IQ'] },
    ])
    expect(wantedOfRecording({ codes: [], types: ['trade'] }, held)).toEqual([
      { type: 'trade', codes: ['KRW-BTC'] },
    ])
  })

  it.each<[string[], ('ticker' | 'trade' | 'candle.1m')[], string]>([
    [['KRW-BTT'], [], 'KRW-BTT is not in the recording; did you mean KRW-BTC?'],
    [['USDT-SOL'], [], 'USDT-SOL is not in the recording; its markets are KRW-IQ, KRW-BTC.'],
    [[], ['candle.1m'], 'candle.1m is not in the recording; its types are trade, orderbook.'],
    [['KRW-IQ'], ['trade'], 'The recording holds no trade of KRW-IQ; leave one of them out.'],
  ])('waits for nothing in vain: %j %j', (given, types, sentence) => {
    expect(() => wantedOfRecording({ codes: codes(...given), types }, held)).toThrow(sentence)
  })

  it('lists some of many markets', () => {
    const many = Array.from({ length: 20 }, (_, index) => key('trade', `KRW-X${index}`))
    expect(() => wantedOfRecording({ codes: codes('USDT-SOL'), types: [] }, many)).toThrow(
      /KRW-X0, .*KRW-X11 and 8 more\.$/,
    )
  })

  it('needs a public event', () => {
    expect(() => wantedOfRecording(nothing, [key('myAsset', 'KRW-BTC')])).toThrow(
      'The recording holds no public events of a market.',
    )
  })
})

it('codesOf names each market once', () => {
  expect(codesOf(wantedOfRecording(nothing, held))).toEqual(['KRW-BTC', 'KRW-IQ'])
})
