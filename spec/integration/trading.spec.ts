import { mergeMap, throwError } from 'rxjs'
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
})
