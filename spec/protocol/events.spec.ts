import { eventCodecs, eventDefinitions, eventKind } from '../../src/protocol/events'
import { publicTypes } from '../../src/protocol/wire'

describe('eventKind', () => {
  it('knows every public type, and the nine candles as one kind', () => {
    const kinds = publicTypes.map(eventKind)
    expect(kinds.slice(0, 3)).toEqual(['ticker', 'trade', 'orderbook'])
    expect(new Set(kinds.slice(3))).toEqual(new Set(['candle']))
    expect(kinds).toHaveLength(12)
  })

  it.each([
    'myOrder',
    'myAsset',
    'announcement',
    'indicator',
    'candle',
    'candle.7m',
    'candle.1d',
    'Ticker',
    '',
    '__proto__',
    'constructor',
    'toString',
    undefined,
    null,
    5,
    {},
    ['ticker'],
  ])('knows no %p', (type) => {
    expect(eventKind(type)).toBeUndefined()
  })

  it('leads to a table and a codec for each kind', () => {
    expect(Object.keys(eventCodecs)).toEqual(Object.keys(eventDefinitions))
    for (const kind of Object.values(eventCodecs)) expect(kind.decode({})._tag).toBe('Left')
  })
})
