import type { UpbitError } from '../../../src/base/errors'
import type { OrderRequest, ReplaceRequest } from '../../../src/rest/order-request'
import { checkOrder, checkReplacement } from '../../../src/rest/trading/order-checks'

const limit = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.0005',
} as const
const replacement = {
  prev_order_uuid: 'u-1',
  new_ord_type: 'limit',
  new_price: '1',
  new_volume: '2',
} as const

describe('an order', () => {
  it.each<OrderRequest>([
    limit,
    { ...limit, side: 'ask', time_in_force: 'fok', smp_type: 'reduce' },
    { ...limit, time_in_force: 'post_only' },
    { ...limit, time_in_force: 'post_only', smp_type: 'none' },
    { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' },
    { market: 'KRW-BTC', side: 'ask', ord_type: 'market', volume: '0.0005', smp_type: 'cancel_taker' },
    { market: 'KRW-BTC', side: 'bid', ord_type: 'best', price: '10000', time_in_force: 'ioc' },
    { market: 'KRW-BTC', side: 'ask', ord_type: 'best', volume: '1', time_in_force: 'fok' },
  ])('of any kind becomes its body as it is: %j', (order) => {
    expect(checkOrder(order)).toEqual({ body: order, identifier: undefined })
  })

  it('has its identifier apart, and its members in one order whatever the order given', () => {
    const { body, identifier } = checkOrder({
      identifier: 'mine-1',
      volume: '1',
      price: '2',
      ord_type: 'limit',
      side: 'ask',
      market: 'KRW-BTC',
    })
    expect(identifier).toBe('mine-1')
    expect(Object.keys(body)).toEqual(['market', 'side', 'ord_type', 'price', 'volume'])
  })

  const wrong: [order: object, option: string, text: RegExp, next?: RegExp][] = [
    [
      { ...limit, price: 100_000_000 },
      'order.price',
      /is 100000000; allowed: a decimal/,
      /Write '100000000'/,
    ],
    [{ ...limit, volume: 5e-7 }, 'order.volume', /is 5e-7/],
    [{ ...limit, volume: '1e-3' }, 'order.volume', /is '1e-3'/, /digits alone/],
    [{ ...limit, volume: '0.000' }, 'order.volume', /is '0\.000'; allowed: a decimal above 0/],
    [{ ...limit, volume: '-1' }, 'order.volume', /is '-1'/],
    [{ ...limit, volume: '1,000' }, 'order.volume', /is '1,000'/],
    [{ ...limit, volume: undefined }, 'order.volume', /is undefined/, /needs it/],
    [{ ...limit, volume: 'remain_only' }, 'order.volume', /is 'remain_only'/],
    [{ ...limit, side: 'buy' }, 'order.side', /is 'buy'; allowed: 'bid', 'ask'/],
    [{ ...limit, ord_type: 'stop' }, 'order.ord_type', /allowed: 'limit', 'price', 'market', 'best'/],
    [{ ...limit, ord_type: 'constructor' }, 'order.ord_type', /is 'constructor'/],
    [{ ...limit, time_in_force: 'gtc' }, 'order.time_in_force', /allowed: 'ioc', 'fok', 'post_only'/],
    [{ ...limit, smp_type: 'off' }, 'order.smp_type', /allowed: 'cancel_maker'/],
    [
      { ...limit, time_in_force: 'post_only', smp_type: 'cancel_maker' },
      'order.smp_type',
      /'post_only' goes with no other/,
    ],
    [{ ...limit, ord_type: 'price', volume: undefined, side: 'ask' }, 'order.side', /allowed: 'bid'/],
    [{ ...limit, ord_type: 'price' }, 'order.volume', /nothing here: 'price' on side 'bid' has none/],
    [{ ...limit, ord_type: 'market', side: 'ask' }, 'order.price', /nothing here/],
    [
      { ...limit, ord_type: 'price', volume: undefined, time_in_force: 'ioc' },
      'order.time_in_force',
      /nothing here: 'price' has none/,
    ],
    [{ ...limit, ord_type: 'best', volume: undefined }, 'order.time_in_force', /allowed: 'ioc', 'fok'/],
    [
      { ...limit, ord_type: 'best', volume: undefined, time_in_force: 'post_only' },
      'order.time_in_force',
      /allowed: 'ioc', 'fok'\./,
    ],
    [{ ...limit, ord_type: 'best', time_in_force: 'ioc' }, 'order.volume', /nothing here/],
    [{ ...limit, identifier: '' }, 'order.identifier', /1 to 64 characters/],
    [{ ...limit, identifier: 'x'.repeat(65) }, 'order.identifier', /1 to 64 characters/],
    [{ ...limit, identifier: 7 }, 'order.identifier', /is 7/],
    [{ ...limit, ordType: 'limit' }, 'order.ordType', /There is no `order.ordType`/, /ord_type/],
  ]
  it.each(wrong.map(([order, option, text, next = /^/]) => ({ order, option, text, next })))(
    'that is wrong is refused with its path, its value and what is allowed: $order',
    ({ order, option, text, next }) => {
      let refused: unknown
      try {
        checkOrder(order as OrderRequest)
      } catch (error) {
        refused = error
      }
      expect(refused).toMatchObject({ code: 'INVALID_OPTION', option })
      const { message, nextStep = '' } = refused as UpbitError
      expect(message).toMatch(text)
      expect(nextStep).toMatch(next)
    },
  )

  it('of what is no market or no order is refused', () => {
    expect(() => checkOrder({ ...limit, market: 'BTC/KRW' })).toThrow(
      expect.objectContaining({ code: 'INVALID_CODE' }) as Error,
    )
    expect(() => checkOrder(undefined as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option: 'order' }) as Error,
    )
  })
})

describe('a replacement', () => {
  it.each<ReplaceRequest>([
    replacement,
    { prev_order_identifier: 'i', new_ord_type: 'limit', new_price: '1', new_volume: 'remain_only' },
    { prev_order_uuid: 'u', new_ord_type: 'price', new_price: '1', new_smp_type: 'none' },
    { prev_order_uuid: 'u', new_ord_type: 'market', new_volume: 'remain_only' },
    { prev_order_uuid: 'u', new_ord_type: 'best', new_price: '1', new_time_in_force: 'ioc' },
    { prev_order_uuid: 'u', new_ord_type: 'best', new_volume: 'remain_only', new_time_in_force: 'fok' },
  ])('of any kind becomes its body as it is: %j', (order) => {
    expect(checkReplacement(order)).toEqual({ body: order, identifier: undefined })
  })

  it.each<[object, string]>([
    [{ ...replacement, prev_order_uuid: undefined }, 'prev_order_uuid'],
    [{ ...replacement, prev_order_identifier: 'i' }, 'prev_order_uuid'],
    [{ ...replacement, new_price: 'remain_only' }, 'order.new_price'],
    [{ ...replacement, new_price: 1 }, 'order.new_price'],
    [{ ...replacement, new_ord_type: 'best' }, 'order.new_volume'],
    [{ ...replacement, new_identifier: 'x'.repeat(65) }, 'order.new_identifier'],
    [{ ...replacement, side: 'bid' }, 'order.side'],
  ])('that is wrong is refused with its path: %j', (order, option) => {
    expect(() => checkReplacement(order as ReplaceRequest)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error,
    )
  })

  it('needs another identifier than the order that it replaces', () => {
    const { prev_order_uuid: _, ...rest } = replacement
    expect(() => checkReplacement({ ...rest, prev_order_identifier: 'i-1', new_identifier: 'i-1' })).toThrow(
      expect.objectContaining({ option: 'order.new_identifier' }) as Error,
    )
  })
})
