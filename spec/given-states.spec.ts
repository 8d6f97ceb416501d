import { GivenStates } from '../src/given-states'
import { streamKey } from '../src/registry/stream-key'

const key = streamKey('ticker', 'KRW-BTC')

describe('GivenStates', () => {
  it('C5.1 knows what is older than the newest that was given of a key, and not of another one', () => {
    const given = new GivenStates()
    expect(given.isBehind(key, { timestamp: 1 })).toBe(false)
    given.given(key, { timestamp: 5 }, 0)
    given.given(key, { timestamp: 3 }, 1)
    expect([4, 5, 6].map((timestamp) => given.isBehind(key, { timestamp }))).toEqual([true, false, false])
    expect(given.isBehind(streamKey('ticker', 'KRW-ETH'), { timestamp: 1 })).toBe(false)
  })

  it('C5.2 of candles the period goes first', () => {
    const candle = streamKey('candle.1m', 'KRW-BTC')
    const given = new GivenStates()
    given.given(candle, { timestamp: 5, candle_date_time_utc: '2026-03-11T14:41:00' }, 0)
    expect(given.isBehind(candle, { timestamp: 9, candle_date_time_utc: '2026-03-11T14:40:00' })).toBe(true)
    expect(given.isBehind(candle, { timestamp: 1, candle_date_time_utc: '2026-03-11T14:42:00' })).toBe(false)
  })

  it('forgets after ten minutes, and the oldest of more than 4,000', () => {
    const given = new GivenStates()
    given.given(key, { timestamp: 5 }, 0)
    given.given(streamKey('ticker', 'KRW-ETH'), { timestamp: 5 }, 600_001)
    expect(given.isBehind(key, { timestamp: 1 })).toBe(false)
    for (let i = 0; i < 4000; i++) given.given(streamKey('ticker', `KRW-C${i}`), { timestamp: 5 }, 600_002)
    expect(given.isBehind(streamKey('ticker', 'KRW-ETH'), { timestamp: 1 })).toBe(false)
    expect(given.isBehind(streamKey('ticker', 'KRW-C0'), { timestamp: 1 })).toBe(true)
  })
})
