/** The promises of what an account is, from outside: what ends them, and what their errors say. */
import type { OpenOrder } from '../src/index'
import { world } from './support/world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const setUp = () => world({ exchange: { market: false, accounts: [keys] }, client: { credentials: keys } })

/** Lets so much time pass, and what promises do in between. */
async function settle(pass: (durationMs: number) => void, durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 100) {
    pass(100)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('the promises of an account', () => {
  it('C2.4 an aborted signal rejects, also where what is asked for is known', async () => {
    const { upbit, pass } = setUp()
    upbit.balances$().subscribe()
    upbit.openOrders$().subscribe()
    await settle(pass, 2000)
    const signal = AbortSignal.abort('why')
    for (const asked of [upbit.getBalancesSnapshot({ signal }), upbit.getOpenOrdersSnapshot({ signal })]) {
      await expect(asked).rejects.toMatchObject({ code: 'ABORTED', cause: 'why' })
    }
    await expect(upbit.getBalancesSnapshot()).resolves.toEqual([])
  })

  it('C2.4 one that takes too long says how the account was, and what went wrong meanwhile', async () => {
    const { upbit, exchange, pass } = setUp()
    exchange.private.refuse(503)
    exchange.refuseRest(503)
    const asked = [
      upbit.getBalancesSnapshot({ timeoutMs: 4500 }),
      upbit.getOpenOrdersSnapshot({ timeoutMs: 4500 }),
    ]
    const settled = Promise.allSettled(asked)
    await settle(pass, 5000)
    const names = ['getBalancesSnapshot', 'getOpenOrdersSnapshot']
    expect(await settled).toMatchObject(
      names.map((name) => ({
        reason: {
          code: 'TIMEOUT',
          message: `${name} took longer than 4500 ms; the account was connecting.`,
          nextStep: 'Raise timeoutMs, or see privateStatus$ and errors$ for the cause.',
          cause: { code: expect.stringMatching(/^(REST_FAILED|CONNECT_FAILED)$/) as string },
        },
      })),
    )
  })

  it('C2.4 what went wrong before it was asked for is not its cause', async () => {
    const { upbit, exchange, pass, errors } = setUp()
    exchange.private.refuse(503)
    exchange.refuseRest(503)
    upbit.balances$().subscribe()
    await settle(pass, 1000)
    expect(errors).not.toEqual([])
    const settled = upbit.getBalancesSnapshot({ timeoutMs: 1 }).catch((error: unknown) => error)
    pass(1)
    const error = (await settled) as Error
    expect(error.message).toBe('getBalancesSnapshot took longer than 1 ms; the account was connecting.')
    expect(error.cause).toBeUndefined()
  })
})

describe('the open orders', () => {
  const bid = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', volume: '0.001' } as const

  /** With three open orders, of which one has a fill that a frame told. */
  function withOrders() {
    const { upbit, exchange, pass } = setUp()
    const account = exchange.account()
    account.deposit('KRW', '1000000')
    const lists: (readonly OpenOrder[])[] = []
    const ofMarket: (readonly OpenOrder[])[] = []
    for (const price of ['100000000', '90000000']) {
      account.place({ ...bid, price })
      pass(1000)
    }
    upbit.openOrders$().subscribe((orders) => lists.push(orders))
    upbit.openOrders$('KRW-BTC').subscribe((orders) => ofMarket.push(orders))
    pass(5000)
    const { uuid } = account.place({ ...bid, price: '95000000' })
    pass(1000)
    account.fill(uuid, '0.0001')
    pass(1000)
    return { upbit, exchange, account, pass, lists, ofMarket }
  }

  it('C12.5 are shown at each change, and not again by looks that find nothing new', () => {
    const { exchange, account, pass, lists, ofMarket } = withOrders()
    const texts = () => [lists, ofMarket].map((all) => all.map((orders) => JSON.stringify(orders)))
    for (const shown of texts()) expect(new Set(shown).size).toBe(shown.length)
    const before = texts()
    // Looks, the drift check's among them; and then nothing but looks.
    pass(3_600_000)
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(60_000)
    expect(exchange.restCalls.filter(({ path }) => path === '/v1/orders/open').length).toBeGreaterThan(20)
    expect(texts()).toEqual(before)
    account.cancel(account.orders[0]?.uuid ?? '')
    pass(5000)
    expect([lists.length, ofMarket.length]).toEqual(before.map(({ length }) => length + 1))
  })

  it('C12.5 are a list of which nobody can take anything away from others', async () => {
    const { upbit, account, pass, lists, ofMarket } = withOrders()
    const asked = [upbit.getOpenOrdersSnapshot(), upbit.getOpenOrdersSnapshot('KRW-BTC')]
    for (const orders of [...lists, ...ofMarket, ...(await Promise.all(asked))]) {
      expect(() => (orders as OpenOrder[]).pop()).toThrow(TypeError)
    }
    account.place({ ...bid, price: '98000000' })
    pass(1000)
    expect([lists.at(-1)?.length, ofMarket.at(-1)?.length]).toEqual([4, 4])
    expect(Object.isFrozen(lists.at(-1))).toBe(true)
  })
})

describe('C2.2 wrong arguments of what an account is', () => {
  it.each(['USDT', null, ['KRW'], {}, 5])('balances$ takes none, such as %j', (currency) => {
    const { upbit } = setUp()
    const balances$ = upbit.balances$ as (currency: unknown) => unknown
    expect(() => balances$(currency)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        option: 'currency',
        message: expect.stringMatching(
          /^`currency` is .+; allowed: nothing, since balances\$ has all\.$/,
        ) as string,
        nextStep: 'Choose from what it emits: `currency` of each balance is its name.',
      }) as Error,
    )
    expect(() => upbit.balances$(...([undefined] as unknown as []))).not.toThrow()
  })

  it.each<[unknown[], string]>([
    [[null], 'INVALID_OPTION'],
    [['KRW-BTC', null], 'INVALID_OPTION'],
    [['KRW-BTC', []], 'INVALID_OPTION'],
    [[[]], 'INVALID_CODE'],
    [[null, {}], 'INVALID_CODE'],
    [[{ timeoutMs: 1 }, { timeoutMs: 2 }], 'INVALID_CODE'],
  ])('getOpenOrdersSnapshot(...%j) rejects', async (given, code) => {
    const { upbit } = setUp()
    const ask = upbit.getOpenOrdersSnapshot as (...given: unknown[]) => Promise<unknown>
    await expect(ask(...given)).rejects.toMatchObject({ code })
    // Nothing was begun.
    expect(upbit.manager.consumers()).toEqual([])
  })

  it.each<[unknown[], string]>([
    [[null], 'INVALID_OPTION'],
    [[[]], 'INVALID_CODE'],
    [[null, {}], 'INVALID_CODE'],
    [[{}, { name: 'a' }], 'INVALID_CODE'],
    [['KRW-BTC', []], 'INVALID_OPTION'],
  ])('myOrder$(...%j) throws', (given, code) => {
    const { upbit } = setUp()
    const ask$ = upbit.myOrder$ as unknown as (...given: unknown[]) => unknown
    expect(() => ask$(...given)).toThrow(expect.objectContaining({ code }) as Error)
  })
})
