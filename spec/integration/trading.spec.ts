import { mergeMap, throwError } from 'rxjs'
import type { CancelOpenOptions } from '../../src'
import { createUpbit } from '../../src'
import { createVirtualExchange } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'
import type { SendHttp } from '../../src/transport/http'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const order = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '10000000',
  volume: '0.001',
} as const

/** The exchange's REST, whose answers to orders are lost once they have been made. */
function losing(sendHttp: SendHttp): SendHttp {
  return (request) =>
    request.method === 'POST'
      ? sendHttp(request).pipe(
          mergeMap(() => throwError(() => ({ kind: 'http-failure', cause: new Error('reset') }))),
        )
      : sendHttp(request)
}

describe('trading over the embedded exchange', () => {
  it('places, looks up what was lost, replaces and cancels, and its books have each order once', async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler, { market: false, accounts: [keys] })
    const account = exchange.account(keys.accessKey)
    account.deposit('KRW', '1000000')
    const { options } = exchange
    const sendHttp = options.sendHttp
    const fine = createUpbit({ ...options, credentials: keys, trading: true })
    const broken = createUpbit({
      ...options,
      sendHttp: losing(sendHttp),
      credentials: keys,
      trading: true,
      isolated: true,
    })
    const until = async <T>(promise: Promise<T>): Promise<T> => {
      time.pass(30_000)
      return promise
    }
    expect(await until(fine.trading.testOrder(order))).toMatchObject({ market: 'KRW-BTC' })
    expect(await until(fine.trading.getOrderChance('KRW-BTC'))).toMatchObject({
      bid_account: { currency: 'KRW', balance: '1000000' },
    })
    expect(account.orders).toHaveLength(0)
    expect(await until(fine.trading.placeOrder({ ...order, identifier: 'a' }))).toMatchObject({
      identifier: 'a',
      confirmedBy: 'answer',
    })
    expect(await until(broken.trading.placeOrder({ ...order, identifier: 'b' }))).toMatchObject({
      identifier: 'b',
      confirmedBy: 'lookup',
    })
    const replaced = await until(
      broken.trading.cancelAndNew({
        prev_order_identifier: 'b',
        new_ord_type: 'limit',
        new_price: '11000000',
        new_volume: 'remain_only',
        new_identifier: 'c',
      }),
    )
    expect(replaced).toMatchObject({ identifier: 'c', confirmedBy: 'lookup' })
    await until(fine.trading.cancelOrder({ identifier: 'a' }))
    const { success } = await until(fine.trading.cancelOpenOrders({ cancelSide: 'bid' }))
    expect(success.count).toBe(1)
    expect(account.orders.map(({ identifier, state }) => [identifier, state])).toEqual([
      ['a', 'cancel'],
      ['b', 'cancel'],
      ['c', 'cancel'],
    ])
    const ended = Promise.all([fine.shutdown(), broken.shutdown()])
    await until(ended)
  })

  it.each<[string, CancelOpenOptions, readonly string[]]>([
    ['`cancelSide`', { cancelSide: 'ask' }, ['sell']],
    ['`pairs`', { pairs: ['KRW-ETH'] }, ['eth']],
    ['`excludedPairs`', { excludedPairs: ['KRW-BTC'] }, ['eth', 'btc']],
    ['`quoteCurrencies`', { quoteCurrencies: ['BTC'] }, ['btc']],
    ['`count` and `orderBy`', { count: 1, orderBy: 'asc' }, ['buy']],
  ])('cancels of the open orders those that %s says, and no other', async (_what, options, expected) => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler, { market: false, accounts: [keys] })
    const account = exchange.account()
    account.deposit('KRW', '1000000')
    account.deposit('BTC', '1')
    account.place({ ...order, identifier: 'buy' })
    account.place({ ...order, identifier: 'sell', side: 'ask', price: '200000000' })
    account.place({ ...order, identifier: 'eth', market: 'KRW-ETH', price: '1000000', volume: '0.01' })
    account.place({ ...order, identifier: 'btc', market: 'BTC-ETH', price: '0.01', volume: '0.1' })
    const upbit = createUpbit({ ...exchange.options, credentials: keys, trading: true })
    const answer = upbit.trading.cancelOpenOrders(options)
    time.pass(1_000)
    expect((await answer).success.count).toBe(expected.length)
    const gone = account.orders.filter(({ state }) => state === 'cancel')
    expect(gone.map(({ identifier }) => identifier)).toEqual(expected)
    const ended = upbit.shutdown()
    time.pass(1_000)
    await ended
  })

  it('refuses an identifier whose order was refused before', async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler, { market: false, accounts: [keys] })
    exchange.account().deposit('KRW', '1000000')
    const upbit = createUpbit({ ...exchange.options, credentials: keys, trading: true })
    for (const [price, serverName] of [
      ['10000500', 'invalid_price_bid'],
      ['10000000', 'duplicated_identifier'],
    ] as const) {
      const placed = upbit.trading.placeOrder({ ...order, price, identifier: 'x' })
      time.pass(30_000)
      await expect(placed).rejects.toMatchObject({ code: 'REST_REFUSED', serverName })
    }
    expect(exchange.account().orders).toEqual([])
    const ended = upbit.shutdown()
    time.pass(1_000)
    await ended
  })
})
