/** C12 seen by several consumers of one account: what one of them asks for, or stops asking for, costs no other anything. */
import { retry } from 'rxjs'
import type { Balance } from '../../src/index'
import type { VirtualExchange } from '../../src/testing'
import { anAnnouncement } from '../../src/testing'
import { infoWorld, rsi } from '../private/info/support/info-world'
import { keys, limitOrder as order } from '../support/account'
import { record } from '../support/recorder'
import { world } from '../support/world'

function setUp(exchangeOptions: object = {}, credentials: object = {}) {
  const made = world({
    exchange: { accounts: [keys], market: false, ...exchangeOptions },
    client: { credentials: { ...keys, ...credentials }, trading: true },
  })
  const account = made.exchange.account()
  account.deposit('KRW', '10000000')
  /** Answers of trading take turns of the event loop. */
  const settle = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      made.pass(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { ...made, account, settle }
}

const amountsOf = (
  balances: readonly Pick<Balance, 'currency' | 'balance' | 'locked'>[],
): readonly string[] =>
  balances.map(({ currency, balance, locked }) => `${currency} ${balance} ${locked}`).sort()

describe('C12.2 who comes late', () => {
  it.each([true, false])(
    'C12.2 gets no event of before, with somebody who holds the balances: %s',
    (isHeld) => {
      const { upbit, account, pass } = setUp()
      if (isHeld) upbit.balances$().subscribe()
      const early = record(upbit.myOrder$())
      pass(10_000)
      early.subscription.unsubscribe()
      pass(20_000)
      account.fill(account.place(order).uuid)
      pass(3_600_000)
      const late = record(upbit.myOrder$())
      pass(10_000)
      expect(late.values).toEqual([])
      account.fill(account.place(order).uuid)
      pass(1000)
      expect(late.values.map(({ state }) => state)).toEqual(['wait', 'trade', 'done'])
    },
  )

  it('C12.2 gets nothing of an order that this application made while nobody received orders', async () => {
    const { upbit, account, pass, settle } = setUp()
    upbit.balances$().subscribe()
    pass(5000)
    const placing = upbit.trading.placeOrder(order)
    await settle(1000)
    account.fill((await placing).uuid)
    pass(60_000)
    const late = record(upbit.myOrder$())
    pass(10_000)
    expect(late.values).toEqual([])
  })

  it('C12.5 is shown the open orders as they are, not as they were for the last one', () => {
    const { upbit, account, pass } = setUp()
    upbit.balances$().subscribe()
    const early = upbit.openOrders$().subscribe()
    const { uuid } = account.place(order)
    pass(10_000)
    early.unsubscribe()
    pass(20_000)
    account.fill(uuid)
    const kept = account.place(order)
    pass(60_000)
    const late = record(upbit.openOrders$())
    pass(10_000)
    expect(late.values.map((orders) => orders.map((each) => each.uuid))).toEqual([[kept.uuid]])
  })

  it('C12.2 misses nothing while a message limit holds its request up, though the line of the others is live', () => {
    const { upbit, exchange, account, pass } = setUp({
      limits: { messagesPerMinute: 2 },
      switches: { limitViolation: 'stay-open' },
    })
    upbit.balances$().subscribe()
    pass(20_000)
    const told = record(upbit.myOrder$())
    pass(3000)
    const { uuid } = account.place(order)
    account.fill(uuid)
    let waitedMs = 0
    for (; !exchange.private.subscribed('myOrder') && waitedMs < 120_000; waitedMs += 10) pass(10)
    expect(waitedMs).toBeGreaterThan(10_000)
    // Its frame is what shows that the request was taken.
    account.place(order)
    pass(60_000)
    expect(told.values.flatMap((event) => (event.uuid === uuid ? event.state : []))).toEqual([
      'wait',
      'trade',
      'done',
    ])
  })
})

describe('C12 a socket that refuses what REST takes', () => {
  it.each(['http-401', 'frame', 'frame-on-message'] as const)(
    'C7 the gap of its consumers is ended by the look that follows (%s)',
    (authFailure) => {
      const { upbit, exchange, account, pass, gaps } = setUp({ switches: { authFailure } })
      const told = record<unknown>(upbit.myOrder$({ gaps: true }))
      const states = record(upbit.privateStatus$)
      pass(15_000)
      exchange.private.refuse(401)
      exchange.private.cut()
      pass(20_000)
      account.place(order)
      pass(20_000)
      exchange.private.accept()
      pass(700_000)
      expect(told.values).toMatchObject([
        { phase: 'opened', cause: 'disconnect' },
        { phase: 'closed', cause: 'disconnect', id: gaps[0]?.id },
        { state: 'wait', source: 'rest' },
      ])
      expect(states.values.at(-1)).toMatchObject({ state: 'live' })
    },
  )

  it('C4.4 announcements outlive the refusal of a right that somebody else needs', () => {
    const { upbit, exchange, pass } = setUp({ accounts: [{ ...keys, scopes: ['balances'] }] })
    const announcements = record(upbit.announcement$())
    const assets = record(upbit.myAsset$())
    pass(3000)
    const orders = record(upbit.myOrder$())
    pass(10_000)
    expect(orders.error).toMatchObject({ code: 'AUTH_REFUSED' })
    expect([announcements.error, assets.error]).toEqual([undefined, undefined])
    exchange.emit(anAnnouncement())
    pass(1000)
    expect(announcements.values).toHaveLength(1)
  })

  it('C10.2 announcements end where the keys themselves are refused', () => {
    const { upbit, pass } = setUp({}, { secretKey: 'another' })
    const announcements = record(upbit.announcement$())
    const orders = record(upbit.myOrder$())
    pass(10_000)
    expect([announcements.error, orders.error]).toMatchObject([
      { code: 'AUTH_REFUSED' },
      { code: 'AUTH_REFUSED' },
    ])
  })

  it('C10.2 indicators that are asked for again and again cost the exchange a dial now and then', () => {
    const { upbit, exchange, pass, time } = infoWorld({
      credentials: { ...keys, secretKey: 'another' },
    })
    const ended = record(
      upbit.indicator$('KRW-BTC', '5m', rsi).pipe(retry({ delay: () => time.environment.timer$(100) })),
    )
    pass(60_000)
    expect(exchange.info.dials.length).toBeLessThan(5)
    expect(ended.values).toEqual([])
  })
})

describe('C12.3 a right that the key lacks', () => {
  const rights = ['orders', 'balances'] as const

  it.each(rights)('costs nobody a moment, however often it is asked for (a key for %s)', (scope) => {
    const { upbit, exchange, account, pass } = setUp({ accounts: [{ ...keys, scopes: [scope] }] })
    const held = record<unknown>(scope === 'orders' ? upbit.myOrder$() : upbit.myAsset$())
    const states = record(upbit.privateStatus$)
    pass(5000)
    const asked = (): ReturnType<typeof record<unknown>> =>
      record<unknown>(scope === 'orders' ? upbit.myAsset$() : upbit.myOrder$())
    for (let round = 0; round < 6; round++) {
      const other = asked()
      const view = record<unknown>(scope === 'orders' ? upbit.balances$() : upbit.openOrders$())
      const { length } = held.values
      account.place(order)
      pass(1000)
      expect(held.values.slice(length)).toMatchObject([{ source: 'socket' }])
      expect([other.error, view.error]).toMatchObject([{ code: 'AUTH_REFUSED' }, { code: 'AUTH_REFUSED' }])
      pass(60_000)
    }
    expect(exchange.private.dials).toHaveLength(1)
    expect(states.values.map(({ state }) => state).filter((state) => state !== 'live')).toEqual([
      'connecting',
    ])
  })

  it('C12.3 and where the exchange says nothing of it on the socket, its consumer is told all the same', () => {
    const { upbit, exchange, pass } = setUp({
      accounts: [{ ...keys, scopes: ['orders'] }],
      switches: { missingScope: 'silence' },
    })
    upbit.myOrder$().subscribe()
    const assets = record(upbit.myAsset$())
    pass(5000)
    expect(assets.error).toMatchObject({ code: 'AUTH_REFUSED', serverName: 'out_of_scope' })
    expect(exchange.private.dials).toHaveLength(1)
  })

  it('C12.3 the right is asked about once, by the first look, and what the key may see follows at once', () => {
    const { upbit, exchange, account, pass } = setUp()
    upbit.myOrder$().subscribe()
    pass(5000)
    const assets = record(upbit.myAsset$())
    const held = record(upbit.balances$())
    pass(100)
    expect(exchange.private.subscribed('myAsset')).toBe(true)
    expect(held.values.map(amountsOf)).toEqual([['KRW 10000000 0']])
    account.deposit('BTC', '1')
    pass(5000)
    expect(assets.values.map(({ assets: rows }) => amountsOf(rows))).toEqual([['BTC 1 0']])
    assets.subscription.unsubscribe()
    held.subscription.unsubscribe()
    pass(20_000)
    const { length } = exchange.restCalls
    upbit.myAsset$().subscribe()
    pass(60)
    expect(exchange.private.subscribed('myAsset')).toBe(true)
    expect(exchange.restCalls.length - length).toBeLessThanOrEqual(1)
  })

  it.each([
    ['fails', (exchange: VirtualExchange) => exchange.refuseRest(500)],
    ['is slow', (exchange: VirtualExchange) => exchange.delayRest(20_000)],
  ] as const)('C12.3 where REST %s the socket is asked all the same, two seconds later', (_, spoil) => {
    const { upbit, exchange, pass } = setUp()
    upbit.myOrder$().subscribe()
    pass(5000)
    spoil(exchange)
    upbit.myAsset$().subscribe()
    pass(2100)
    expect(exchange.private.subscribed('myAsset')).toBe(true)
  })

  it('C12.3 who leaves before it is known is asked for no more, and who comes back is', () => {
    const { upbit, exchange, pass } = setUp()
    upbit.myOrder$().subscribe()
    pass(5000)
    exchange.delayRest(1000)
    upbit.myAsset$().subscribe().unsubscribe()
    pass(30_000)
    expect(exchange.private.subscribed('myAsset')).toBe(false)
    upbit.myAsset$().subscribe()
    upbit.myAsset$().subscribe().unsubscribe()
    pass(1200)
    expect(exchange.private.subscribed('myAsset')).toBe(true)
  })
})

describe('C12.4 the other direction', () => {
  it.each([
    ['refuses its dials', 503],
    ['limits its dials', 429],
    ['resets its dials', 'reset'],
    ['hangs', 'hang'],
  ] as const)('C12.4 an account is untouched by a public side that %s', (_, answer) => {
    const { upbit, exchange, account, pass, gaps } = setUp()
    upbit.ticker$('KRW-BTC').subscribe()
    const told = record(upbit.myOrder$())
    const held = record(upbit.balances$())
    const states = record(upbit.privateStatus$)
    pass(5000)
    exchange.refuse(answer, { times: 1000 })
    exchange.cut()
    const orders = Array.from({ length: 10 }, () => {
      pass(6000)
      const { uuid } = account.place(order)
      account.fill(uuid)
      pass(10)
      return uuid
    })
    expect(exchange.connections).toBe(0)
    expect(told.values.map(({ uuid, state, source }) => `${uuid} ${state} ${source}`)).toEqual(
      orders.flatMap((uuid) => ['wait', 'trade', 'done'].map((state) => `${uuid} ${state} socket`)),
    )
    expect(amountsOf(held.values.at(-1) ?? [])).toEqual(amountsOf(account.balances))
    expect(states.values.at(-1)).toMatchObject({ state: 'live', epoch: 1 })
    expect(gaps.filter(({ event }) => event !== 'ticker')).toEqual([])
  })
})

describe('C12.1 announcements', () => {
  it('C12.1 come once, in the overlap of a renewal too', () => {
    const { upbit, exchange, pass } = setUp({}, { tokenLifetimeMs: 60_000 })
    const told = record(upbit.announcement$())
    pass(3000)
    for (let uuid = 1; uuid <= 4000; uuid++) {
      pass(25)
      exchange.emit(anAnnouncement({ uuid: String(uuid) }))
    }
    pass(5000)
    expect(exchange.private.dials.length).toBeGreaterThan(2)
    expect(told.values.map(({ uuid }) => uuid)).toEqual(
      Array.from({ length: 4000 }, (_, index) => String(index + 1)),
    )
  })

  it('come in all categories where none is named', () => {
    const { upbit, exchange, pass } = setUp()
    const told = record(upbit.announcement$())
    pass(3000)
    exchange.emit(anAnnouncement())
    pass(1000)
    expect(told.values).toHaveLength(1)
    // A choice of nothing is a mistake.
    expect(() => upbit.announcement$({ categories: [] })).toThrow(/`categories` is a list of 0/)
  })
})
