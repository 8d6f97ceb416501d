/** The promises of what an account is, from outside: what ends them, and what their errors say. */
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
})
