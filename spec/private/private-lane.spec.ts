/** The account's streams from outside, over the virtual exchange: socket, REST, and what goes from one to the other. */
import { of } from 'rxjs'
import type {
  MyAssetEvent,
  MyOrderEvent,
  RestMyAssetEvent,
  RestMyOrderEvent,
  SendHttp,
} from '../../src/index'
import { aMyAsset, aMyOrder, aTicker } from '../../src/testing'
import { cheapOrder } from '../support/account'
import { world } from '../support/world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const other = { accessKey: 'another-access-key', secretKey: 'another-secret-key' }

const setUp = (account: object = {}) =>
  world({ exchange: { accounts: [{ ...keys, ...account }, other] }, client: { credentials: keys } })

/** An account whose REST can be taken away, with the states of its streams. */
function accountWithRest() {
  const rest = { answers: true }
  const sendHttp: SendHttp = (request) =>
    rest.answers ? here.exchange.options.sendHttp(request) : of({ status: 503, headers: {}, body: '' })
  const here = world({ exchange: { accounts: [keys] }, client: { credentials: keys, sendHttp } })
  const states: string[] = []
  here.upbit.privateStatus$.subscribe(({ state }) => states.push(state))
  return { ...here, states, rest }
}

describe('PrivateLane', () => {
  it('emits what happens to the orders and balances of its own account, each once', () => {
    const { upbit, exchange, pass, errors } = setUp()
    const orders: (MyOrderEvent | RestMyOrderEvent)[] = []
    const assets: (MyAssetEvent | RestMyAssetEvent)[] = []
    upbit.myOrder$().subscribe((event) => orders.push(event))
    upbit.myAsset$().subscribe((event) => assets.push(event))
    pass(2000)
    exchange.emit(aMyOrder({ uuid: 'one' }))
    exchange.emit(aMyOrder({ uuid: 'one' }))
    exchange.emit(aMyAsset())
    exchange.emit(aMyOrder({ uuid: 'not mine' }), { accessKey: other.accessKey })
    pass(100)
    expect(orders.map(({ uuid, state, source, epoch }) => [uuid, state, source, epoch])).toEqual([
      ['one', 'wait', 'socket', 1],
    ])
    expect(assets).toHaveLength(1)
    expect(errors).toEqual([])
    expect(upbit.accounting()).toMatchObject({ duplicate: 1 })
  })

  it('has one connection and one request for whoever asks, and codes are cut for each', () => {
    const { upbit, exchange, pass } = setUp()
    const btc: string[] = []
    const all: string[] = []
    upbit.myOrder$('KRW-BTC').subscribe((event) => btc.push(event.uuid))
    upbit.subscribeMyOrder((event) => all.push(event.uuid))
    pass(2000)
    exchange.emit(aMyOrder({ uuid: 'one', code: 'KRW-BTC' }))
    exchange.emit(aMyOrder({ uuid: 'two', code: 'KRW-ETH' }))
    pass(100)
    expect([btc, all]).toEqual([['one'], ['one', 'two']])
    expect(exchange.private.dials).toHaveLength(1)
    expect(exchange.private.received.filter(({ kind }) => kind === 'subscribe')).toHaveLength(1)
    expect(exchange.dials).toEqual([])
  })

  it('says how it is served', () => {
    const { upbit, exchange, pass } = setUp()
    const states: string[] = []
    upbit.privateStatus$.subscribe((status) => states.push(status.state))
    const subscription = upbit.myOrder$().subscribe()
    pass(2000)
    exchange.private.refuse(503, { times: 3 })
    exchange.private.cut()
    pass(8000)
    pass(60_000)
    subscription.unsubscribe()
    pass(6000)
    expect(states).toEqual(['off', 'connecting', 'live', 'connecting', 'polling', 'live', 'off'])
  })

  it('does not say that it is polled while REST does not answer either', () => {
    const { upbit, exchange, pass, states, rest } = accountWithRest()
    upbit.myOrder$().subscribe()
    pass(2000)
    exchange.private.refuse(503)
    exchange.private.cut()
    rest.answers = false
    pass(8000)
    expect(states).toEqual(['off', 'connecting', 'live', 'connecting'])
    rest.answers = true
    pass(60_000)
    expect(states.slice(4)).toEqual(['polling'])
    rest.answers = false
    // A call is repeated before it has failed.
    pass(60_000)
    expect(states.slice(4)).toEqual(['polling', 'connecting'])
  })

  it('does not say of a new outage that it is polled because one before was', () => {
    const { upbit, exchange, pass, states, rest } = accountWithRest()
    upbit.myOrder$().subscribe()
    upbit.myAsset$().subscribe()
    pass(2000)
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(10_000)
    exchange.private.accept()
    pass(60_000)
    expect(states).toEqual(['off', 'connecting', 'live', 'connecting', 'polling', 'live'])
    rest.answers = false
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(120_000)
    expect(states.slice(6)).toEqual(['connecting'])
  })

  it('says that it is polled where there never was a socket', () => {
    const { upbit, exchange, pass } = setUp()
    const states: string[] = []
    exchange.private.refuse(503)
    upbit.privateStatus$.subscribe((status) => states.push(status.state))
    upbit.myOrder$().subscribe()
    pass(10_000)
    expect(states).toEqual(['off', 'connecting', 'polling'])
  })

  it('polls while the line is down, and takes over without a seam', () => {
    const { upbit, exchange, pass, gaps, errors } = setUp()
    const got: string[] = []
    upbit.myOrder$().subscribe(({ uuid, state, source }) => got.push(`${uuid} ${state} ${source}`))
    pass(3000)
    exchange.private.refuse(503, { times: 3 })
    exchange.private.cut()
    pass(1)
    expect(gaps.map(({ phase, event, cause }) => [phase, event, cause])).toEqual([
      ['opened', 'myOrder', 'disconnect'],
    ])
    pass(8000)
    pass(60_000)
    exchange.emit(aMyOrder({ uuid: 'late' }))
    pass(1)
    expect(got).toEqual(['late wait socket'])
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened', 'closed'])
    expect(errors.filter(({ code }) => code !== 'CONNECT_FAILED')).toEqual([])
  })

  it('leaves market data alone when it is refused, and is left alone by theirs', () => {
    const { upbit, exchange, pass } = setUp()
    const prices: number[] = []
    const uuids: string[] = []
    upbit.ticker$('KRW-BTC').subscribe(({ trade_price }) => prices.push(trade_price))
    upbit.myOrder$().subscribe(({ uuid }) => uuids.push(uuid))
    pass(3000)
    exchange.private.cut()
    exchange.emit(aTicker({ trade_price: 1 }))
    pass(5000)
    expect(exchange.dials).toHaveLength(1)
    exchange.cut()
    exchange.emit(aMyOrder({ uuid: 'one' }))
    pass(5000)
    expect(exchange.private.dials).toHaveLength(2)
    exchange.emit(aTicker({ trade_price: 2 }))
    pass(1)
    expect([prices, uuids]).toEqual([[1, 2], ['one']])
  })

  it('errors without credentials, and says what to do', () => {
    const { upbit } = world({})
    const failed: string[] = []
    upbit.myOrder$().subscribe({ error: ({ code, option }) => failed.push(`${code} ${option}`) })
    upbit.balances$().subscribe({ error: ({ code, option }) => failed.push(`${code} ${option}`) })
    expect(failed).toEqual(['PRIVATE_UNAVAILABLE credentials', 'PRIVATE_UNAVAILABLE credentials'])
    expect(upbit.isPrivateAvailable()).toBe(false)
  })

  it('errors when neither the socket nor REST lets the keys in, and dials no more', () => {
    const { upbit, exchange, pass, errors } = world({
      exchange: { accounts: [keys] },
      client: { credentials: { ...keys, secretKey: 'wrong' } },
    })
    const failed: string[] = []
    const states: string[] = []
    upbit.privateStatus$.subscribe(({ state }) => states.push(state))
    upbit.myOrder$().subscribe({ error: ({ code }) => failed.push(code) })
    upbit.openOrders$().subscribe({ error: ({ code }) => failed.push(code) })
    pass(60_000)
    expect(failed).toEqual(['AUTH_REFUSED', 'AUTH_REFUSED'])
    expect(exchange.private.dials).toHaveLength(1)
    expect(states.at(-1)).toBe('refused')
    expect(upbit.isPrivateAvailable()).toBe(false)
    expect(JSON.stringify(errors)).not.toContain('the-access-key')
  })

  it('has the open orders and the balances as soon as they are known', () => {
    const { upbit, pass } = setUp({
      balances: [
        {
          currency: 'KRW',
          balance: '1000000.0',
          locked: '0.0',
          avg_buy_price: '0',
          avg_buy_price_modified: false,
          unit_currency: 'KRW',
        },
      ],
    })
    const held: string[][] = []
    upbit
      .balances$()
      .subscribe((balances) => held.push(balances.map(({ currency, balance }) => `${balance} ${currency}`)))
    pass(1000)
    expect(held).toEqual([['1000000 KRW']])
  })

  it('shows what the socket tells though REST is away since the line was lost', () => {
    const { upbit, exchange, pass } = setUp()
    const account = exchange.account(keys.accessKey)
    account.deposit('KRW', '1000000')
    const open: number[] = []
    const held: string[][] = []
    upbit.openOrders$().subscribe((orders) => open.push(orders.length))
    upbit
      .balances$()
      .subscribe((balances) => held.push(balances.map(({ currency, locked }) => `${currency} ${locked}`)))
    pass(3000)
    const { uuid } = account.place(cheapOrder)
    pass(10_000)
    expect([open, held.at(-1)]).toEqual([[0, 1], ['KRW 100050']])
    exchange.refuseRest(503)
    exchange.private.cut()
    pass(3000)
    account.cancel(uuid)
    pass(1000)
    expect([open, held.at(-1)]).toEqual([[0, 1, 0], ['KRW 0']])
  })

  it('shows an order of its own from its answer on, its fills and its end once', async () => {
    const { upbit, exchange, pass } = world({
      exchange: { market: false, accounts: [keys] },
      client: { credentials: keys, trading: true },
    })
    const account = exchange.account(keys.accessKey)
    account.deposit('KRW', '1000000')
    const open: string[][] = []
    const got: string[] = []
    upbit.openOrders$().subscribe((orders) => open.push(orders.map(({ executed_volume }) => executed_volume)))
    upbit.myOrder$().subscribe(({ state, source }) => got.push(`${state} ${source}`))
    pass(3000)
    const placing = upbit.trading.placeOrder({
      market: 'KRW-BTC',
      side: 'bid',
      ord_type: 'limit',
      price: '10000000',
      volume: '0.01',
    })
    pass(1000)
    const { uuid } = await placing
    account.fill(uuid)
    pass(1000)
    // Of the answer, which the first frame only repeats, and off the list with the fill that leaves nothing.
    expect(open).toEqual([[], ['0'], []])
    expect(got).toEqual(['wait socket', 'trade socket', 'done socket'])
  })

  it('tells by REST what was filled while the line was down, once, and closes the gap', () => {
    const { upbit, exchange, pass, gaps } = world({
      exchange: { market: false, accounts: [keys] },
      client: { credentials: keys },
    })
    const account = exchange.account(keys.accessKey)
    account.deposit('KRW', '1000000')
    const order = {
      market: 'KRW-BTC',
      side: 'bid',
      ord_type: 'limit',
      price: '10000000',
      volume: '0.01',
    } as const
    const got: string[] = []
    const held: string[][] = []
    upbit
      .myOrder$()
      .subscribe(({ state, source, executed_volume }) => got.push(`${state} ${executed_volume} ${source}`))
    upbit
      .balances$()
      .subscribe((balances) => held.push(balances.map(({ currency, balance }) => `${balance} ${currency}`)))
    pass(3000)
    const { uuid } = account.place(order)
    // What REST says just after a frame is not believed at once.
    pass(6000)
    exchange.private.cut()
    account.fill(uuid, '0.004')
    account.fill(uuid)
    pass(5000)
    expect(got).toEqual(['wait 0 socket', 'trade 0.004 rest', 'trade 0.01 rest', 'done 0.01 rest'])
    // REST may be behind, so that another look has the last word.
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened', 'opened'])
    pass(5000)
    expect(got).toEqual(['wait 0 socket', 'trade 0.004 rest', 'trade 0.01 rest', 'done 0.01 rest'])
    expect(gaps.map(({ phase, event }) => [phase, event])).toEqual([
      ['opened', 'myOrder'],
      ['opened', 'myAsset'],
      ['closed', 'myAsset'],
      ['closed', 'myOrder'],
    ])
    expect(held.at(-1)).toEqual(['0.01 BTC', '899950 KRW'])
  })

  it('shows nothing old to who comes later: what nobody received is asked for anew', async () => {
    const { upbit, exchange, pass } = world({
      exchange: { market: false, accounts: [keys] },
      client: { credentials: keys },
    })
    const account = exchange.account(keys.accessKey)
    upbit.subscribeMyOrder(() => undefined)
    pass(3000)
    const held: string[] = []
    for (let round = 0; round < 3; round++) {
      account.deposit('KRW', '1')
      const asked = upbit.getBalancesSnapshot()
      pass(10_000)
      held.push(...(await asked).map(({ balance }) => balance))
    }
    expect(held).toEqual(['1', '2', '3'])
  })

  it('what a key may not see of one costs nothing of the other, and the socket is tried again without it', () => {
    const { upbit, exchange, pass } = world({
      exchange: { market: false, accounts: [{ ...keys, scopes: ['orders'] }] },
      client: { credentials: keys },
    })
    const failed: string[] = []
    const open: number[] = []
    upbit.openOrders$().subscribe({
      next: (orders) => open.push(orders.length),
      error: () => failed.push('orders'),
    })
    upbit.balances$().subscribe({ error: ({ code }) => failed.push(`balances ${code}`) })
    pass(10_000)
    expect(failed).toEqual(['balances AUTH_REFUSED'])
    pass(120_000)
    expect(open).toEqual([0])
    let status = ''
    upbit.privateStatus$.subscribe(({ state }) => (status = state))
    expect([status, upbit.isPrivateAvailable()]).toEqual(['live', true])
    expect(exchange.private.dials.length).toBeLessThanOrEqual(3)
  })

  it('a socket that was refused once is dialed again after a minute, since REST takes the keys', () => {
    const { upbit, exchange, pass } = setUp()
    const states: string[] = []
    exchange.private.refuse(403, { times: 1 })
    upbit.privateStatus$.subscribe(({ state }) => states.push(state))
    upbit.myOrder$().subscribe()
    pass(61_000)
    expect(states).toEqual(['off', 'connecting', 'polling', 'live'])
    expect(exchange.private.dials).toHaveLength(2)
  })

  it('whoever subscribes again blindly to what is refused costs the exchange next to nothing', () => {
    const { upbit, exchange, pass } = world({
      exchange: { accounts: [keys] },
      client: { credentials: { ...keys, secretKey: 'wrong' } },
    })
    let failures = 0
    const again = (): void => {
      upbit.openOrders$().subscribe({ error: () => failures++ })
    }
    for (let second = 0; second < 600; second++) {
      again()
      pass(1000)
    }
    expect(failures).toBeGreaterThan(500)
    expect(exchange.private.dials.length).toBeLessThan(10)
  })
})
