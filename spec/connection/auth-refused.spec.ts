import { jwtSigner } from '../../src/auth/jwt-signer'
import { authRefused } from '../../src/connection/auth-refused'
import type { UpbitError } from '../../src/index'
import { createUpbit } from '../../src/index'
import { usedNonceStep } from '../../src/protocol/used-nonce'
import { createVirtualExchange } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'

const keys = { accessKey: 'access-key', secretKey: 'secret-key' }
const rsi = { type: 'rsi', params: { period: 14 } } as const
const order = { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' } as const

/** Goes on until what is asked has had its turns, those of promises too. */
async function passed(pass: (ms: number) => void, seconds: number): Promise<void> {
  for (let turn = 0; turn < seconds * 10; turn++) {
    pass(100)
    await new Promise(setImmediate)
  }
}

describe('C10.2 what to do', () => {
  const failure = { kind: 'socket-failure', phase: 'handshake', status: 401, reason: 'no' } as const

  it('where no keys are sent is to look at the address', () => {
    const error = authRefused({ host: 'a.invalid', rights: undefined }, failure, undefined)
    expect(error.message).toBe('a.invalid refuses this address: HTTP 401.')
    expect(error.nextStep).toMatch(/^No keys are sent for market data/)
  })

  it('is another thing for orders and for indicators, which need no right', async () => {
    const { scheduler, pass } = virtualTime()
    const exchange = createVirtualExchange(scheduler, { accounts: [keys] })
    const upbit = createUpbit({ ...exchange.options, credentials: keys, logger: false })
    exchange.private.refuse(401)
    exchange.info.refuse(401)
    const errors: UpbitError[] = []
    const heard = { error: (error: unknown) => void errors.push(error as UpbitError) }
    upbit.announcement$().subscribe(heard)
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe(heard)
    await passed(pass, 3)
    expect(errors.map(({ nextStep = '' }) => nextStep)).toEqual([
      expect.stringContaining(
        'they have to be allowed to see orders or assets, whichever is asked for',
      ) as string,
      expect.stringContaining('which rights they have is all the same here') as string,
    ])
    expect(errors[1]?.nextStep).not.toMatch(/orders|assets/)
  })
})

describe('C10.2 a provider that keeps its nonce', () => {
  it.each(['frame', 'http-401'] as const)(
    'is told the same on both connections (%s), for a call, and for an order',
    async (authFailure) => {
      const { scheduler, pass } = virtualTime()
      const exchange = createVirtualExchange(scheduler, { accounts: [keys], switches: { authFailure } })
      const sign = jwtSigner(keys)
      const credentials = { tokenProvider: (query?: string) => ({ token: sign('the only nonce', query) }) }
      const upbit = createUpbit({ ...exchange.options, credentials, trading: true, logger: false })
      const errors: UpbitError[] = []
      const hear = (error: unknown): void => void errors.push(error as UpbitError)
      // The first one to come uses it up.
      upbit.rest.getAccounts().catch(hear)
      await passed(pass, 1)
      expect(errors).toEqual([])
      upbit.announcement$().subscribe({ error: hear })
      upbit.indicator$('KRW-BTC', '5m', rsi).subscribe({ error: hear })
      upbit.rest.getAccounts().catch(hear)
      await passed(pass, 10)
      expect(errors.map(({ code }) => code)).toEqual(['AUTH_REFUSED', 'AUTH_REFUSED', 'AUTH_REFUSED'])
      for (const { serverName, nextStep } of errors) {
        // A frame does not say why: then it is one of the things to look at.
        const isNamed = serverName === 'nonce_used'
        expect(nextStep).toEqual(isNamed ? usedNonceStep : expect.stringContaining(` ${usedNonceStep} `))
      }
      const onSocket = authFailure === 'frame' ? 'INVALID_AUTH' : 'nonce_used'
      expect(errors.map(({ serverName }) => serverName).sort()).toEqual(
        [onSocket, onSocket, 'nonce_used'].sort(),
      )
      errors.length = 0
      upbit.trading.placeOrder(order).catch(hear)
      upbit.trading.cancelOrder({ uuid: 'a' }).catch(hear)
      await passed(pass, 30)
      expect(errors).toHaveLength(2)
      for (const { code, nextStep = '' } of errors) {
        expect(code).toBe('ORDER_UNKNOWN')
        expect(nextStep.endsWith(` ${usedNonceStep}`)).toBe(true)
      }
    },
  )
})
