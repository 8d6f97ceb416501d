/** C12.6 over the whole: what becomes of an order whose identifier an older one has. */
import { keys, limitOrder } from '../support/account'
import { world } from '../support/world'

function trading() {
  const { exchange, upbit, pass } = world({
    exchange: { market: false, accounts: [keys] },
    client: { credentials: keys, trading: true },
  })
  const account = exchange.account()
  account.deposit('KRW', '100000000')
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  /** Time passes until the promise is settled; what it rejects with is its code. */
  async function settled<T>(promise: Promise<T>): Promise<T | string> {
    let end: T | string | undefined
    promise.then(
      (value) => (end = value),
      (error: unknown) => (end = (error as { code: string }).code),
    )
    for (let ms = 0; ms < 30_000 && end === undefined; ms += 50) {
      await turn()
      pass(50)
      await turn()
    }
    return end ?? 'open'
  }
  return { exchange, account, pass, settled, trading: upbit.trading }
}

const order = { ...limitOrder, identifier: 'grid-1' }

describe('C12.6 an equal order that was cancelled an hour ago, of the same identifier', () => {
  it.each([
    ['a 429, which was refused unread', 429, 'REST_REFUSED'],
    ['a lost request', 'reset', 'ORDER_NOT_PLACED'],
  ] as const)('is not taken for the new one after %s', async (_, fault, code) => {
    const { exchange, account, pass, settled, trading: calls } = trading()
    await settled(calls.placeOrder(order))
    await settled(calls.cancelOrder({ identifier: 'grid-1' }))
    pass(3_600_000)
    exchange.refuseRest(fault, { times: 1 })
    expect(await settled(calls.placeOrder(order))).toBe(code)
    expect(account.orders.map(({ state }) => state)).toEqual(['cancel'])
  })

  it('is none where the new one was taken and its answer was lost', async () => {
    const { exchange, pass, settled, trading: calls } = trading()
    await settled(calls.placeOrder({ ...order, identifier: 'grid-0' }))
    pass(3_600_000)
    exchange.refuseRest('reset', { times: 1, when: 'after' })
    expect(await settled(calls.placeOrder(order))).toMatchObject({
      identifier: 'grid-1',
      confirmedBy: 'lookup',
    })
  })
})
