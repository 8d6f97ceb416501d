import { Observable } from 'rxjs'
import { createUpbit } from '../src'
import type * as browserModule from '../src/browser'
import { GlobalWebSocketManager } from '../src/manager'
import { configureUpbit, resetShared } from '../src/shared'
import { virtualTime } from './support/virtual-time'
import type { HttpAnswer, HttpRequest, SendHttp } from '../src/transport/http'

const credentials = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const order = { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '5000' } as const
const row = {
  uuid: 'u-1',
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'price',
  state: 'wait',
  created_at: '2026-03-22T21:42:22+09:00',
  executed_volume: '0',
}

/** Answers with the order; or never, as a line that hangs. */
function sender(isSilent = false): { readonly sendHttp: SendHttp; readonly asked: HttpRequest[] } {
  const asked: HttpRequest[] = []
  const sendHttp: SendHttp = (request) =>
    new Observable<HttpAnswer>((subscriber) => {
      asked.push(request)
      if (isSilent) return
      subscriber.next({ status: 201, headers: {}, body: JSON.stringify(row) })
      subscriber.complete()
    })
  return { sendHttp, asked }
}

const refused = (option: string, nextStep: RegExp): Error =>
  expect.objectContaining({
    code: 'INVALID_OPTION',
    option,
    nextStep: expect.stringMatching(nextStep) as string,
  }) as Error

describe('trading', () => {
  it('is refused to a client that has not asked for it, with the option to set; reading needs none', async () => {
    const { sendHttp, asked } = sender()
    const upbit = createUpbit({ isolated: true, credentials, sendHttp })
    expect(() => upbit.trading).toThrow(refused('trading', /\{ trading: true \}/))
    await expect(upbit.rest.getOrder({ uuid: 'u-1' })).resolves.toMatchObject({ uuid: 'u-1' })
    expect(() => createUpbit({ isolated: true, trading: 1 as never })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option: 'trading' }) as Error,
    )
    expect(asked).toHaveLength(1)
    await upbit.shutdown()
  })

  it('is of the client that asked, though another one shares its connection', async () => {
    const { sendHttp, asked } = sender()
    const options = { url: 'ws://trading.invalid', credentials, sendHttp }
    const watching = createUpbit(options)
    const trading = createUpbit({ ...options, trading: true })
    expect(trading.manager).toBe(watching.manager)
    expect(() => watching.trading).toThrow(refused('trading', /^/))
    await expect(trading.trading.placeOrder({ ...order, identifier: 'mine-1' })).resolves.toMatchObject({
      uuid: 'u-1',
      identifier: 'mine-1',
      confirmedBy: 'answer',
    })
    expect(asked[0]).toMatchObject({ method: 'POST', url: 'http://trading.invalid/v1/orders' })
    await watching.shutdown()
    await trading.shutdown()
  })

  it('of the shared instance is asked for by configureUpbit, before or after its first use', async () => {
    const { sendHttp, asked } = sender()
    configureUpbit({ url: 'ws://shared-trading.invalid', credentials, sendHttp })
    expect(() => GlobalWebSocketManager.shared().trading).toThrow(refused('trading', /configureUpbit/))
    configureUpbit({ trading: true })
    await GlobalWebSocketManager.shared().trading.cancelOrder({ uuid: 'u-1' })
    expect(asked[0]?.method).toBe('DELETE')
    await resetShared()
  })

  it('without credentials rejects with what is missing, and sends nothing', async () => {
    const { sendHttp, asked } = sender()
    const upbit = createUpbit({ isolated: true, trading: true, sendHttp })
    await expect(upbit.trading.placeOrder(order)).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      option: 'credentials',
    })
    expect(asked).toEqual([])
    await upbit.shutdown()
  })

  it('is refused beside a dialer of another world without REST, since its orders would be real', async () => {
    const upbit = createUpbit({ isolated: true, trading: true, credentials, openSocket: jest.fn() })
    expect(() => upbit.trading).toThrow(refused('trading', /sendHttp/))
    await upbit.shutdown()
  })

  it('C2.4 what is wrong, or aborted before it begins, rejects and sends nothing', async () => {
    const { sendHttp, asked } = sender()
    const upbit = createUpbit({ isolated: true, trading: true, credentials, sendHttp })
    const { trading } = upbit
    await expect(trading.placeOrder({ ...order, price: 5000 as never })).rejects.toMatchObject({
      option: 'order.price',
    })
    await expect(trading.placeOrder(order, { timeOutMs: 1 } as never)).rejects.toMatchObject({
      option: 'timeOutMs',
    })
    const signal = AbortSignal.abort('enough')
    for (const call of [
      trading.placeOrder(order, { signal }),
      trading.testOrder(order, { signal }),
      trading.getOrderChance('KRW-BTC', { signal }),
      trading.cancelOrders({ uuids: ['u-1'], signal }),
      trading.cancelOpenOrders({ signal }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
    }
    expect(asked).toEqual([])
    await upbit.shutdown()
  })

  it('C2.4 an order that was sent is ORDER_UNKNOWN when it is aborted or its client is shut down', async () => {
    const { sendHttp, asked } = sender(true)
    const upbit = createUpbit({ isolated: true, trading: true, credentials, sendHttp })
    const abort = new AbortController()
    const aborted = upbit.trading.placeOrder({ ...order, identifier: 'mine-1' }, { signal: abort.signal })
    abort.abort('enough')
    await expect(aborted).rejects.toMatchObject({ code: 'ORDER_UNKNOWN', identifier: 'mine-1' })
    const replacement = { prev_order_uuid: 'u', new_ord_type: 'price', new_price: '5000' } as const
    const ended = upbit.trading.cancelAndNew({ ...replacement, new_identifier: 'mine-2' })
    const shutdown = upbit.shutdown()
    await expect(ended).rejects.toMatchObject({ code: 'ORDER_UNKNOWN', identifier: 'mine-2' })
    await shutdown
    expect(asked).toHaveLength(2)
  })

  it('C1.2 after a shutdown starts afresh, as a subscription does: the order is placed', async () => {
    const { sendHttp, asked } = sender()
    const upbit = createUpbit({ isolated: true, trading: true, credentials, sendHttp })
    const { trading } = upbit
    await trading.placeOrder(order)
    await upbit.shutdown()
    for (const after of [trading, upbit.trading]) {
      await expect(after.placeOrder(order)).resolves.toMatchObject({ confirmedBy: 'answer' })
    }
    expect(asked).toHaveLength(3)
    await upbit.shutdown()
  })

  it('C11.1 keeps the limits of orders, and a cancel goes before the reads that wait', async () => {
    const { sendHttp, asked } = sender()
    const time = virtualTime()
    const upbit = createUpbit({
      url: 'ws://limits.invalid',
      trading: true,
      credentials,
      sendHttp,
      environment: time.environment,
    })
    const placed = Array.from({ length: 13 }, () => upbit.trading.placeOrder(order))
    expect(asked).toHaveLength(12)
    time.pass(1100)
    expect(asked).toHaveLength(13)
    const identifiers = asked.map(
      ({ body }) => (JSON.parse(body ?? '{}') as { identifier: string }).identifier,
    )
    expect(new Set(identifiers).size).toBe(13)
    await Promise.all(placed)

    asked.length = 0
    const reads = Array.from({ length: 40 }, () => upbit.rest.getOrder({ uuid: 'u-1' }))
    const cancelled = upbit.trading.cancelOrder({ uuid: 'u-1' })
    time.pass(3000)
    // 30 a second: the first of the next second is the cancel, though ten others came before it.
    expect(asked.findIndex(({ method }) => method === 'DELETE')).toBe(30)
    await Promise.all([...reads, cancelled])
    const ended = upbit.shutdown()
    time.pass(1000)
    await ended
  })

  it('in a browser is refused with the way by a gateway, asked for or not', () => {
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a copy with the browser's platform
      const browser = require('../src/browser') as typeof browserModule
      expect(() => browser.createUpbit({ trading: true })).toThrow(refused('trading', /gateway/))
      const upbit = browser.createUpbit({ isolated: true, trading: false })
      expect(() => upbit.trading).toThrow(refused('trading', /gateway/))
    })
  })
})

it('C2.2 an empty list is no options: it would cancel every open order', async () => {
  const { sendHttp, asked } = sender()
  const { trading } = createUpbit({ credentials, trading: true, isolated: true, sendHttp })
  await expect(trading.cancelOpenOrders([] as never)).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    option: 'options',
  })
  expect(asked).toEqual([])
})
