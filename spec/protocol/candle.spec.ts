import { CandleTypeCodec } from '../../src/protocol/candle'
import { candleTypes } from '../../src/protocol/wire'
import { eventOf, frameOf, rejectionOf } from './decoding'
import { candleText, withoutKey, withValue } from './frames'

describe('candle', () => {
  it.each(candleTypes)('C3.1 of type %s has the full field names and the values of the frame', (type) => {
    const text = withValue(candleText, 'type', `"${type}"`)
    expect(frameOf(eventOf(text))).toEqual({ ...JSON.parse(candleText), type })
  })

  it('lives without the Korean time, which regional hosts may leave out', () => {
    expect(eventOf(withoutKey(candleText, 'candle_date_time_kst'))).not.toHaveProperty('candle_date_time_kst')
    expect(rejectionOf(withoutKey(candleText, 'candle_date_time_utc')).path).toBe('$.candle_date_time_utc')
  })

  it('is of a unit that the exchange has', () => {
    for (const type of ['candle', 'candle.', 'candle.2m', 'candle.1d', 'candle.1M']) {
      expect(rejectionOf(withValue(candleText, 'type', `"${type}"`))).toEqual({
        path: '$.type',
        expected: 'a known type',
        actual: `"${type}"`,
      })
      expect(CandleTypeCodec.is(type)).toBe(false)
    }
    expect(CandleTypeCodec.is('toString')).toBe(false)
  })
})
