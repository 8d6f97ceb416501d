import { eventOf, frameOf, rejectionOf } from './decoding'
import { orderbookText, withoutKey, withValue } from './frames'

describe('orderbook', () => {
  it('C3.1 has the full field names and the values of the frame', () => {
    expect(frameOf(eventOf(orderbookText))).toEqual(JSON.parse(orderbookText))
  })

  it.each([0, 1, 5, 15, 30, 100])(
    'takes a window of %d units: its size has changed without notice',
    (count) => {
      const unit = '{"ask_price":1.16539E8,"bid_price":1.16538E8,"ask_size":0.00077720,"bid_size":0.06189}'
      const text = orderbookText.replace(/\[.*\]/, `[${Array.from({ length: count }, () => unit).join(',')}]`)
      expect(eventOf(text)).toMatchObject({
        orderbook_units: Array.from({ length: count }, () => JSON.parse(unit)),
      })
    },
  )

  it('keeps the noughts that stand for orders which are not there', () => {
    expect(eventOf(orderbookText)).toMatchObject({ orderbook_units: [{}, { bid_price: 0, bid_size: 0 }] })
  })

  it('C3.1 lives without level, which old recordings lack', () => {
    expect(eventOf(withoutKey(orderbookText, 'level'))).not.toHaveProperty('level')
    expect(eventOf(withValue(orderbookText, 'level', '1.0E4'))).toHaveProperty('level', 10_000)
  })

  it('does not pass on what a unit has that is unknown', () => {
    const text = orderbookText.replace('"bid_size":0.06189', '"bid_size":0.06189,"bid_count":3')
    expect(eventOf(text)).toEqual(eventOf(orderbookText))
  })

  it.each(['ask_price', 'bid_price', 'ask_size', 'bid_size'])(
    'is rejected without the %s of a unit',
    (name) => {
      const units = orderbookText.indexOf('"orderbook_units"')
      const text = orderbookText.slice(0, units) + withoutKey(orderbookText.slice(units), name)
      expect(rejectionOf(text)).toMatchObject({ path: `$.orderbook_units[0].${name}`, actual: 'nothing' })
    },
  )

  it('is rejected with units that are no list, or no objects', () => {
    expect(rejectionOf(orderbookText.replace(/\[.*\]/, 'null')).path).toBe('$.orderbook_units')
    expect(rejectionOf(orderbookText.replace('[{', '[[],{')).path).toBe('$.orderbook_units[0]')
  })
})
