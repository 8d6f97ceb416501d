import { streamKey, streamKeyId } from '../../src/registry/stream-key'

describe('streamKey', () => {
  it('names an entry by type and code', () => {
    expect(streamKey('ticker', 'KRW-BTC')).toEqual({
      type: 'ticker',
      code: 'KRW-BTC',
      level: 0,
      id: 'ticker KRW-BTC',
    })
  })

  it('tells price groupings of one book apart', () => {
    expect(streamKey('orderbook', 'KRW-BTC', 10_000).id).toBe('orderbook KRW-BTC@10000')
    expect(streamKey('orderbook', 'KRW-BTC', 0).id).toBe(streamKey('orderbook', 'KRW-BTC').id)
  })

  it('has the id that a frame of the entry leads to', () => {
    const { type, code, level, id } = streamKey('orderbook', 'KRW-ETH', 1000)
    expect(streamKeyId(type, code, level)).toBe(id)
  })
})
