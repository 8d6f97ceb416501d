/** C12 from outside: what a user has with keys, without them, and when the exchange takes them no more. */
import type { PrivateStatus } from '../../src/index'
import { WebSocketClientProxy } from '../../src/index'
import { aMyAsset, aMyOrder, anAnnouncement, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { cheapOrder as order, keys } from '../support/account'
import { record } from '../support/recorder'
import { world } from '../support/world'

/** An account with money, whose orders the spec moves, and a client with its keys. */
function setUp() {
  const here = world({
    exchange: { market: false, accounts: [keys] },
    client: { credentials: keys },
  })
  const account = here.exchange.account(keys.accessKey)
  account.deposit('KRW', '1000000')
  const states: PrivateStatus['state'][] = []
  here.upbit.privateStatus$.subscribe(({ state }) => states.push(state))
  return { ...here, account, states }
}

describe('C1.1 one connection of each kind', () => {
  it('C1.1 a public and a private one, whoever asks: clients, their proxies, streams, handlers and views', () => {
    const { upbit, client, exchange, pass } = setUp()
    const clients = [upbit, client({ credentials: keys })]
    const heard: string[] = []
    clients.forEach((each, index) => {
      const component = new WebSocketClientProxy(`monitor_${index}`, { upbit: each })
      for (const handle of [each, component]) {
        handle.ticker$('KRW-BTC').subscribe(({ type }) => heard.push(type))
        handle.myOrder$().subscribe(({ type }) => heard.push(type))
        handle.myAsset$().subscribe(({ type }) => heard.push(type))
        handle.subscribeAnnouncement(({ type }) => heard.push(type))
        handle.openOrders$().subscribe()
        handle.balances$().subscribe()
      }
    })
    pass(3000)
    exchange.emit([aTicker(), aMyOrder(), aMyAsset(), anAnnouncement()])
    pass(100)
    expect([exchange.dials, exchange.private.dials].map((dials) => dials.length)).toEqual([1, 1])
    for (const type of ['ticker', 'myOrder', 'myAsset', 'announcement'])
      expect(heard.filter((one) => one === type)).toHaveLength(4)
  })

  it('C1.1 clients of two accounts have a private connection each', () => {
    const other = { accessKey: 'another-access-key', secretKey: 'another-secret-key' }
    const { client, exchange, pass } = world({ exchange: { accounts: [keys, other] } })
    const clients = [keys, other].map((credentials) => client({ credentials }))
    for (const each of clients) each.myOrder$().subscribe()
    pass(3000)
    expect(exchange.private.connections).toBe(2)
  })

  it('C4.1 a call opens nothing, the first subscriber dials, after the last one and the linger nothing is left', () => {
    const { upbit, exchange, pass, states } = setUp()
    const orders$ = upbit.myOrder$()
    pass(10_000)
    expect(exchange.private.dials).toEqual([])
    const subscription = orders$.subscribe()
    pass(20 * 60_000)
    expect(exchange.private.connections).toBe(1)
    subscription.unsubscribe()
    pass(4900)
    expect(exchange.private.connections).toBe(1)
    pass(200)
    expect(exchange.private.connections).toBe(0)
    expect(states.at(-1)).toBe('off')
  })

  it('C1.6 shutdown() completes the account’s streams and closes both connections', async () => {
    const { upbit, exchange, pass } = setUp()
    const streams = [upbit.ticker$('KRW-BTC'), upbit.myOrder$(), upbit.balances$()].map((stream$) =>
      record<unknown>(stream$),
    )
    pass(3000)
    const ended = upbit.shutdown()
    pass(1000)
    await ended
    expect(streams.map(({ end }) => end)).toEqual(['complete', 'complete', 'complete'])
    expect([exchange.connections, exchange.private.connections]).toEqual([0, 0])
  })
})

describe('C12.4 market data without an account', () => {
  it('C12.4 without keys all of it comes, and the account’s part says what is missing', async () => {
    const { upbit, exchange, pass, errors } = world()
    const component = new WebSocketClientProxy('board_1', { upbit })
    const heard: string[] = []
    for (const handle of [upbit, component]) {
      handle.ticker$('KRW-BTC').subscribe(({ type }) => heard.push(type))
      handle.trade$('KRW-BTC').subscribe(({ type }) => heard.push(type))
      handle.orderbook$('KRW-BTC').subscribe(({ type }) => heard.push(type))
    }
    const refused = [upbit.myOrder$(), component.myAsset$(), upbit.openOrders$()].map((stream$) =>
      record<unknown>(stream$),
    )
    const orders = upbit.subscribeMyOrder(() => {})
    const snapshot = expect(component.getBalancesSnapshot()).rejects.toMatchObject({
      code: 'PRIVATE_UNAVAILABLE',
    })
    pass(2000)
    exchange.emit([aTicker(), aTrade(), anOrderbook()])
    pass(1)
    await snapshot
    expect(heard).toEqual(['ticker', 'ticker', 'trade', 'trade', 'orderbook', 'orderbook'])
    expect(refused.map(({ end }) => end)).toEqual(['error', 'error', 'error'])
    expect(orders.closed).toBe(true)
    expect(errors.every(({ code }) => code === 'PRIVATE_UNAVAILABLE')).toBe(true)
    expect([upbit.isPrivateAvailable(), component.isPrivateAvailable()]).toEqual([false, false])
    expect(exchange.private.dials).toEqual([])
  })

  it('C12.4 it goes on untouched where the keys are refused by the socket and by REST', () => {
    const { upbit, exchange, pass, gaps } = world({
      exchange: { accounts: [keys] },
      client: { credentials: { ...keys, secretKey: 'wrong' } },
    })
    const prices = record(upbit.ticker$('KRW-BTC'))
    const orders = record(upbit.myOrder$())
    const statuses = record(upbit.status$)
    for (let price = 1; price <= 60; price++) {
      pass(1000)
      exchange.emit(aTicker({ trade_price: price, timestamp: exchange.options.environment.now() }))
    }
    expect(orders.end).toBe('error')
    expect(prices.values.map(({ trade_price }) => trade_price)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    )
    expect(new Set(prices.values.map(({ epoch }) => epoch))).toEqual(new Set([1]))
    expect(gaps.filter(({ event }) => event === 'ticker')).toEqual([])
    expect(statuses.values.map(({ state }) => state)).toEqual(['connecting', 'live'])
    expect(exchange.dials).toHaveLength(1)
  })
})

describe('C12.3 an account without its socket', () => {
  it('C12.3 is polled where the socket alone refuses the keys, each event once', () => {
    const { upbit, exchange, account, pass, states } = setUp()
    exchange.private.refuse(401)
    const told = record(upbit.myOrder$())
    const held = record(upbit.balances$())
    pass(3000)
    const { uuid } = account.place(order)
    pass(3000)
    account.fill(uuid, '0.004')
    pass(3000)
    account.fill(uuid)
    pass(3000)
    expect(told.values.map(({ state, executed_volume, source }) => [state, executed_volume, source])).toEqual(
      [
        ['wait', '0', 'rest'],
        ['trade', '0.004', 'rest'],
        ['trade', '0.01', 'rest'],
        ['done', '0.01', 'rest'],
      ],
    )
    expect(held.values.at(-1)?.map(({ currency, balance }) => [currency, balance])).toEqual([
      ['BTC', '0.01'],
      ['KRW', '899950'],
    ])
    expect(states.at(-1)).toBe('polling')
    expect(upbit.isPrivateAvailable()).toBe(true)
  })

  it.each([401, 503])(
    'C12.3 goes over to REST when its token could not be renewed, refused with %i, and the old session ends',
    (status) => {
      const { upbit, exchange, account, pass, states } = setUp()
      const told = record(upbit.myOrder$())
      const trades = (): readonly string[] =>
        told.values
          .filter(({ state }) => state === 'trade')
          .map(({ executed_volume, source }) => `${executed_volume} ${source}`)
      pass(3000)
      const { uuid } = account.place(order)
      // From 70 % of ten minutes on: the renewal fails again and again, and the session of before goes on.
      exchange.private.refuse(status)
      pass(9 * 60_000)
      expect(exchange.private.dials.length).toBeGreaterThan(1)
      account.fill(uuid, '0.001')
      pass(1000)
      expect([trades(), states.at(-1)]).toEqual([['0.001 socket'], 'live'])

      exchange.private.cut()
      pass(8000)
      account.fill(uuid, '0.002')
      pass(5000)
      expect([trades(), states.at(-1)]).toEqual([['0.001 socket', '0.003 rest'], 'polling'])
    },
  )

  it('C12.2 an answer of REST that is a moment behind the socket sets no balance back, and is no news', () => {
    const { upbit, exchange, account, pass } = setUp()
    const held = record(upbit.balances$())
    const told = record(upbit.myAsset$())
    pass(15_000)
    const before = account.balances
    account.deposit('KRW', '500000')
    const after = account.balances
    pass(100)
    exchange.setBalances(keys.accessKey, before)
    exchange.private.cut()
    pass(3000)
    exchange.setBalances(keys.accessKey, after)
    pass(120_000)
    const amounts = held.values.map((each) => each.map(({ balance }) => balance).join())
    expect(amounts).toEqual(['1000000', '1500000'])
    expect(told.values.map(({ source }) => source)).toEqual(['socket'])
  })

  it('C5.4 an order whose stamp is in microseconds hides none that is made and ends in a later outage', () => {
    const { upbit, exchange, account, pass } = setUp()
    const told = record(upbit.myOrder$())
    pass(3000)
    exchange.emit(aMyOrder({ timestamp: exchange.clockMs * 1000 }))
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(20_000)
    const { uuid } = account.place(order)
    account.fill(uuid)
    exchange.private.accept()
    pass(60_000)
    const states = told.values.filter((each) => each.uuid === uuid).map(({ state }) => state)
    expect(states).toEqual(['wait', 'trade', 'done'])
  })

  it('C5.4 an exchange whose clock goes back, as its frames say, hides no order of a later outage', () => {
    const { upbit, exchange, account, pass } = setUp()
    const told = record(upbit.myOrder$())
    pass(120_000)
    const open = account.place(order)
    exchange.stepClock(-60_000)
    account.fill(open.uuid, '0.001')
    account.fill(open.uuid, '0.001')
    account.fill(open.uuid, '0.001')
    pass(1000)
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(20_000)
    const { uuid } = account.place(order)
    account.fill(uuid)
    exchange.private.accept()
    pass(60_000)
    const states = told.values.filter((each) => each.uuid === uuid).map(({ state }) => state)
    expect(states).toEqual(['wait', 'trade', 'done'])
  })

  it('C12.3 goes back to the socket by itself when that is there again, without a seam', () => {
    const { upbit, exchange, account, pass, states, gaps } = setUp()
    const told = record(upbit.myOrder$())
    pass(3000)
    const { uuid } = account.place(order)
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(30_000)
    account.fill(uuid, '0.001')
    exchange.private.accept()
    for (let fill = 0; fill < 80; fill++) {
      pass(500)
      account.fill(uuid, '0.0001')
    }
    pass(1000)
    const volumes = told.values.filter(({ state }) => state === 'trade').map(({ volume }) => volume)
    expect(volumes).toEqual(['0.001', ...Array.from({ length: 80 }, () => '0.0001')])
    expect(new Set(told.values.map(({ source }) => source))).toEqual(new Set(['socket', 'rest']))
    expect(states).toEqual(['off', 'connecting', 'live', 'connecting', 'polling', 'live'])
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened', 'closed'])
  })

  it('C12.3 asks the socket anew for who subscribes after it had refused the keys', () => {
    const { upbit, exchange, pass, states } = setUp()
    exchange.private.refuse(401, { times: 1 })
    const first = record(upbit.myOrder$())
    pass(30_000)
    expect([exchange.private.dials.length, states.at(-1)]).toEqual([1, 'polling'])
    first.subscription.unsubscribe()
    record(upbit.myOrder$())
    pass(3000)
    expect([exchange.private.dials.length, states.at(-1)]).toEqual([2, 'live'])
  })
})
