import { tickerFields } from '../../src/protocol/ticker'
import { eventOf, frameOf, rejectionOf } from './decoding'
import { tickerText, withoutKey, withValue } from './frames'

describe('ticker', () => {
  it('C3.1 has the full field names and the values of the frame', () => {
    expect(frameOf(eventOf(tickerText))).toEqual(JSON.parse(tickerText))
  })

  it('has every field that the exchange documents, required but for the two that are to go and the date of the end', () => {
    const names = Object.entries(tickerFields)
    expect(names).toHaveLength(33)
    expect(names.filter(([, field]) => field.optional).map(([name]) => name)).toEqual([
      'is_trading_suspended',
      'delisting_date',
      'market_warning',
    ])
    for (const [name, field] of names) {
      if (!field.optional)
        expect(rejectionOf(withoutKey(tickerText, name)).path).toBe(name === 'type' ? '$.type' : `$.${name}`)
    }
  })

  it('C3.1 lives without the deprecated fields, gone or emptied', () => {
    const fields = ['is_trading_suspended', 'market_warning']
    const gone = eventOf(fields.reduce(withoutKey, tickerText))
    const emptied = eventOf(fields.reduce((text, name) => withValue(text, name, 'null'), tickerText))
    expect(emptied).toEqual(gone)
    for (const name of fields) expect(name in emptied).toBe(false)
  })

  it('keeps the null of delisting_date, takes a date in any form, and lives without', () => {
    expect(eventOf(tickerText)).toHaveProperty('delisting_date', null)
    expect(eventOf(withValue(tickerText, 'delisting_date', '"2026-12-31"'))).toHaveProperty(
      'delisting_date',
      '2026-12-31',
    )
    expect(eventOf(withoutKey(tickerText, 'delisting_date'))).not.toHaveProperty('delisting_date')
    expect(rejectionOf(withValue(tickerText, 'delisting_date', '0'))).toMatchObject({
      path: '$.delisting_date',
      expected: 'string or null',
    })
  })

  it('is rejected with a null price: a pair that never traded has no ticker yet', () => {
    for (const name of ['trade_price', 'opening_price', 'highest_52_week_date', 'trade_timestamp']) {
      expect(rejectionOf(withValue(tickerText, name, 'null'))).toMatchObject({
        path: `$.${name}`,
        actual: 'null',
        type: 'ticker',
        code: 'KRW-BTC',
      })
    }
  })

  it('C3.1 tolerates states that are not known today', () => {
    expect(eventOf(withValue(tickerText, 'market_state', '"HALTED"'))).toHaveProperty(
      'market_state',
      'HALTED',
    )
    expect(eventOf(withValue(tickerText, 'stream_type', '"REPLAY"'))).toHaveProperty('stream_type', 'REPLAY')
  })
})
