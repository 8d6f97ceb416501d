import { of } from 'rxjs'
import { createTradingCalls } from '../../../src/rest/trading/trading-calls'
import { record } from '../../support/recorder'
import { fakeRest } from '../support/fake-rest'
import { limitBuyBody } from '../support/rows'
import { fakeOrders } from './support/fake-orders'

/** As the pages have it (docs.upbit.com `available-order-information`). */
const chanceBody = JSON.stringify({
  bid_fee: '0.0005',
  ask_fee: '0.0005',
  maker_bid_fee: '0.0005',
  maker_ask_fee: '0.0005',
  market: {
    id: 'KRW-BTC',
    name: 'BTC/KRW',
    order_types: ['limit'],
    order_sides: ['ask', 'bid'],
    bid_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'limit_post_only', 'price'],
    ask_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'limit_post_only', 'market'],
    bid: { currency: 'KRW', min_total: '5000' },
    ask: { currency: 'BTC', min_total: 5000 },
    max_total: '1000000000',
    state: 'active',
  },
  bid_account: { currency: 'KRW', balance: '50000.470', locked: '0' },
  ask_account: { currency: 'BTC', balance: '0', locked: '0' },
})

describe('the calls of trading that change nothing', () => {
  it('the chance of a market is read with exact amounts', () => {
    const account = { scope: 'a', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const { call$, time, asked, permits } = fakeRest([{ body: chanceBody }], { account })
    const chance = record(createTradingCalls(call$, time.environment).orderChance$('KRW-BTC'))
    time.pass(0)
    expect(chance.values).toMatchObject([
      { market: { ask: { min_total: '5000' } }, bid_account: { balance: '50000.47' } },
    ])
    expect(asked[0]?.url).toBe('http://rest.invalid/v1/orders/chance?market=KRW-BTC')
    expect(permits).toEqual(['default a reconnect'])
  })

  it('a test of an order is a POST of its own group, with an identifier only where one is given', () => {
    const account = { scope: 'a', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const { call$, time, asked, permits } = fakeRest([{ status: 503 }, { body: limitBuyBody }], { account })
    const order = { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '5000' } as const
    const tested = record(createTradingCalls(call$, time.environment).testOrder$(order))
    time.pass(1000)
    // Repeated as any read: it places nothing.
    expect([tested.values.length, asked.length]).toEqual([1, 2])
    expect(asked[1]).toMatchObject({
      method: 'POST',
      url: 'http://rest.invalid/v1/orders/test',
      body: '{"market":"KRW-BTC","side":"bid","ord_type":"price","price":"5000"}',
    })
    expect(permits[0]).toBe('order-test a reconnect')
  })
})

describe('what is wrong throws at the call', () => {
  const { trading, asked } = fakeOrders()
  it.each<[string, () => unknown, string]>([
    ['no id', () => trading.cancelOrder$({} as never), 'uuid'],
    ['21 ids', () => trading.cancelOrders$({ uuids: Array<string>(21).fill('u') }), 'uuids'],
    ['an unknown side', () => trading.cancelOpenOrders$({ cancelSide: 'buy' as never }), 'cancelSide'],
    ['no pairs', () => trading.cancelOpenOrders$({ pairs: [] }), 'pairs'],
    [
      'pairs and currencies',
      () => trading.cancelOpenOrders$({ pairs: ['KRW-BTC'], quoteCurrencies: ['KRW'] }),
      'quoteCurrencies',
    ],
    ['a small currency', () => trading.cancelOpenOrders$({ quoteCurrencies: ['krw'] }), 'quoteCurrencies'],
    ['too many', () => trading.cancelOpenOrders$({ count: 301 }), 'count'],
    [
      'no time',
      () =>
        trading.placeOrder$(
          { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '1' },
          { timeoutMs: 0 },
        ),
      'timeoutMs',
    ],
  ])('%s', (_what, call, option) => {
    expect(call).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error)
    expect(asked).toEqual([])
  })

  it.each<[string, () => unknown, object]>([
    [
      'no market',
      () => trading.orderChance$(undefined as never),
      { option: 'market', message: '`market` is undefined; allowed: one market code.' },
    ],
    [
      'several markets',
      () => trading.orderChance$(['KRW-BTC'] as never),
      { option: 'market', message: '`market` is a list of 1; allowed: one market code.' },
    ],
    [
      'a market that is none',
      () => trading.orderChance$('btc'),
      {
        option: 'market',
        message: "market: 'btc' is no market code; did you mean quote and base currency, as 'KRW-BTC'?",
      },
    ],
    [
      'a pair that is none',
      () => trading.cancelOpenOrders$({ pairs: ['KRW-BTC', 'krw-eth'] }),
      { option: 'pairs', message: "pairs: 'krw-eth' is no market code; did you mean 'KRW-ETH'?" },
    ],
    [
      'too many ids',
      () => trading.cancelOrders$({ uuids: Array<string>(21).fill('u') }),
      { message: '`uuids` is a list of 21; allowed: 1 to 20 ids as text.' },
    ],
  ])('%s is named as the call names it', (_what, call, error) => {
    expect(call).toThrow(expect.objectContaining(error) as Error)
    expect(asked).toEqual([])
  })
})
