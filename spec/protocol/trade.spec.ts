import { tradeFields } from '../../src/protocol/trade'
import { eventOf, frameOf, rejectionOf } from './decoding'
import { tradeText, withoutKey, withValue } from './frames'

const best = ['best_ask_price', 'best_ask_size', 'best_bid_price', 'best_bid_size']

describe('trade', () => {
  it('C3.1 has the full field names and the values of the frame, C3.2 its id as text', () => {
    expect(frameOf(eventOf(tradeText))).toEqual({
      ...JSON.parse(tradeText),
      sequential_id: '17877285547970001',
    })
  })

  it.each([
    ['17877285547970001', '17877285547970001'],
    ['9007199254740991', '9007199254740991'],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901234', '123456789012345678901234'],
    ['1.7877285547970001E16', '17877285547970001'],
    ['17877285547970001.000', '17877285547970001'],
    ['0', '0'],
    ['-0', '0'],
  ])('C3.2 gives the id %s as the text %s', (written, exact) => {
    expect(eventOf(withValue(tradeText, 'sequential_id', written))).toHaveProperty('sequential_id', exact)
  })

  it.each(['-1', '1.5', '1e400', '"17877285547970001"', 'null', 'true', '[1]', '{}'])(
    'is rejected with the id %s',
    (written) => {
      expect(rejectionOf(withValue(tradeText, 'sequential_id', written))).toMatchObject({
        path: '$.sequential_id',
        expected: 'exact integer',
      })
    },
  )

  it('C3.1 lives without the four best_ fields, which old recordings lack, and takes their null for absence', () => {
    expect(
      Object.keys(tradeFields).filter((name) => tradeFields[name as 'type'].optional as boolean),
    ).toEqual(best)
    const old = eventOf(best.reduce(withoutKey, tradeText))
    for (const name of best) expect(old).not.toHaveProperty(name)
    // One side of the book empty: nothing says that it cannot be.
    expect(eventOf(withValue(tradeText, 'best_ask_price', 'null'))).toEqual(
      eventOf(withoutKey(tradeText, 'best_ask_price')),
    )
  })

  it('is rejected without any other field', () => {
    for (const name of Object.keys(tradeFields).filter((field) => !best.includes(field))) {
      expect(rejectionOf(withoutKey(tradeText, name)).path).toBe(`$.${name}`)
    }
  })
})
