/** An account over real sockets and real HTTP: tokens of the library's own, the books of the embedded exchange. */
import { filter, firstValueFrom, lastValueFrom, takeWhile, toArray } from 'rxjs'
import type { Upbit } from '../../src/index'
import { createUpbit, wireFormats } from '../../src/index'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'

const keys = {
  accessKey: 'testAccessKey0000000000000000000000000',
  secretKey: '0123456789abcdefghijABCDEFGHIJ0123456789',
}
const bid = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: '10000000', volume: '0.01' } as const

describe('an account over a real socket', () => {
  let exchange: ExchangeServer
  const clients: Upbit[] = []
  const connect = (options: Parameters<typeof createUpbit>[0] = {}): Upbit => {
    const upbit = createUpbit({
      url: exchange.url,
      credentials: keys,
      trading: true,
      logger: false,
      ...options,
    })
    clients.push(upbit)
    return upbit
  }

  beforeEach(async () => {
    exchange = await startExchange({ market: false, markets: 20, accounts: [keys] })
    exchange.account().deposit('KRW', '1000000')
  })
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((upbit) => upbit.shutdown()))
    await exchange.close()
  })

  it.each(wireFormats)(
    'C12.5 an order is seen from its placing to its end, exactly as the books say, in %s',
    async (format) => {
      const upbit = connect({ format })
      const account = exchange.account()
      const untilDone = lastValueFrom(
        upbit.myOrder$().pipe(
          takeWhile(({ state }) => state !== 'done', true),
          toArray(),
        ),
      )
      expect(await upbit.getBalancesSnapshot()).toMatchObject([{ currency: 'KRW', balance: '1000000' }])
      await exchange.until(() => exchange.private.subscribed('myOrder'))
      const { uuid } = await upbit.trading.placeOrder(bid)
      expect(await upbit.getOpenOrdersSnapshot()).toMatchObject([{ uuid, remaining_volume: '0.01' }])
      account.fill(uuid, '0.00300000')
      account.fill(uuid)
      const told = await untilDone
      expect(told.map(({ state, executed_volume }) => [state, executed_volume])).toEqual([
        ['wait', '0'],
        ['trade', '0.003'],
        ['trade', '0.01'],
        ['done', '0.01'],
      ])
      const amounts = ({
        currency,
        balance,
        locked,
      }: {
        currency: string
        balance: string
        locked: string
      }) => `${currency} ${balance} ${locked}`
      const books = account.balances.map(amounts).sort()
      const held = await firstValueFrom(
        upbit.balances$().pipe(filter((balances) => balances.some(({ currency }) => currency === 'BTC'))),
      )
      expect(held.map(amounts)).toEqual(books)
      expect(await upbit.getOpenOrdersSnapshot()).toEqual([])
      const { dials, rejected, drift } = upbit.accounting()
      expect({ dials, rejected, drift: { ...drift } }).toEqual({ dials: 1, rejected: 0, drift: {} })
    },
  )

  it('C12.2 what happens to it while the line is cut is told by REST, once, and the line comes back with another token', async () => {
    const upbit = connect()
    const account = exchange.account()
    const untilDone = lastValueFrom(
      upbit.myOrder$().pipe(
        takeWhile(({ state }) => state !== 'done', true),
        toArray(),
      ),
    )
    await upbit.getOpenOrdersSnapshot()
    await exchange.until(() => exchange.private.subscribed('myOrder'))
    const { uuid } = await upbit.trading.placeOrder(bid)
    await exchange.until(() => upbit.accounting().routed > 0)
    exchange.private.cut()
    account.fill(uuid, '0.004')
    account.fill(uuid)
    const told = await untilDone
    expect(told.map(({ state, executed_volume, source }) => [state, executed_volume, source])).toEqual([
      ['wait', '0', 'socket'],
      ['trade', '0.004', 'rest'],
      ['trade', '0.01', 'rest'],
      ['done', '0.01', 'rest'],
    ])
    const tokens = exchange.private.dials.map(({ headers }) => headers.authorization)
    expect(tokens).toHaveLength(2)
    expect(new Set(tokens).size).toBe(2)
  })
})
