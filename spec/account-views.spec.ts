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
          message: `${name} took longer than 4500 ms; the account was polling.`,
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
