import { likenessOf } from '../../../src/rest/trading/likeness-of'
import type { RestOrder } from '../../../src/rest/rows/order-row'

const row = {
  market: 'KRW-BTC',
  uuid: 'order-1',
  state: 'cancel',
  created_at: '2026-03-22T21:47:08+09:00',
  executed_volume: '0.00009713',
} as const
const limit = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: '1000', volume: '0.1' } as const
const buy = { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' } as const
const sell = { market: 'KRW-BTC', side: 'ask', ord_type: 'market', volume: '0.1' } as const
const bestBuy = { ...buy, ord_type: 'best', time_in_force: 'ioc' } as const
const bestSell = { ...sell, ord_type: 'best', time_in_force: 'ioc' } as const

describe('likenessOf', () => {
  it.each([limit, buy, sell, bestBuy, bestSell])('of an order as it was sent is as sent: %j', (body) => {
    expect(likenessOf({ ...row, ...body }, body, 'no')).toBe('as sent')
  })

  it.each([
    [limit, { price: '1001' }],
    [limit, { volume: '0.2' }],
    [buy, { price: '5000000' }],
    [sell, { volume: '0.2' }],
    [bestBuy, { price: '5000000' }],
    [bestSell, { volume: '0.2' }],
  ])('with another amount is doubtful: %j, %j', (body, found) => {
    expect(likenessOf({ ...row, ...body, ...found }, body, 'no')).toBe('doubtful')
  })

  it('what either side does not say is no difference', () => {
    const { price: _, ...unpriced } = buy
    expect(likenessOf({ ...row, ...unpriced }, buy, 'no')).toBe('as sent')
    // A market buy that is told with what it came to.
    expect(likenessOf({ ...row, ...buy, volume: '0.00009713' }, buy, 'no')).toBe('as sent')
    const replacement = { new_ord_type: 'limit', new_price: '1000', new_volume: 'remain_only' }
    expect(likenessOf({ ...row, ...limit }, replacement, 'no')).toBe('as sent')
  })

  it.each([{ market: 'KRW-ETH' }, { side: 'ask' }, { ord_type: 'best' }] as const)(
    'with %j is another one',
    (found) => {
      expect(likenessOf({ ...row, ...limit, ...found }, limit, 'no')).toBe('other')
    },
  )

  it('made before is another one, and perhaps before is doubtful', () => {
    const order = { ...row, ...limit } as RestOrder
    expect(likenessOf(order, limit, 'yes')).toBe('other')
    expect(likenessOf(order, limit, 'perhaps')).toBe('doubtful')
    expect(likenessOf({ ...order, market: 'KRW-ETH' }, limit, 'perhaps')).toBe('other')
  })
})
