import { CandleTypeCodec } from '../../src/protocol/candle'
import { candleTypes } from '../../src/protocol/wire'
import { bytesOf, eventOf, frameOf, fusedDecoding, rejectionOf } from './decoding'
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

  it.each(['garbage', '2026-08-26T08:08:00Z', '9999-99-99T00:00:00', ''])(
    'has a period that begins at a date and time of UTC, which %p is not: whoever reads it refuses it',
    (period) => {
      const text = withValue(candleText, 'candle_date_time_utc', JSON.stringify(period))
      expect(rejectionOf(text)).toMatchObject({
        path: '$.candle_date_time_utc',
        actual: JSON.stringify(period),
        type: 'candle.1m',
        code: 'KRW-BTC',
      })
      const fused = fusedDecoding([candleText])
      expect(fused.decode(bytesOf(candleText)).fused).toBe(true)
      expect(fused.decode(bytesOf(text))).toMatchObject({ outcome: 'rejected', fused: false })
    },
  )

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
