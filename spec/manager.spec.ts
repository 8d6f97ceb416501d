import { GlobalWebSocketManager } from '../src/index'
import type { UpbitOptions } from '../src/index'
import { aTicker, anOrderbook, resetShared } from '../src/testing'
import { record } from './support/recorder'
import { world } from './support/world'

afterEach(() => resetShared())

describe('GlobalWebSocketManager', () => {
  it('C1.1 is one per host, for as long as it is open', async () => {
    const options: UpbitOptions = { url: 'ws://one-per-host.invalid' }
    const first = GlobalWebSocketManager.of(options)
    expect(GlobalWebSocketManager.of(options)).toBe(first)
    expect(GlobalWebSocketManager.of({ ...options, isolated: true })).not.toBe(first)
    await first.shutdown()
    const second = GlobalWebSocketManager.of(options)
    expect(second).not.toBe(first)
    // Shutting the old one down again does not take the new one's place away.
    await first.shutdown()
    expect(GlobalWebSocketManager.of(options)).toBe(second)
    await second.shutdown()
  })

  it('C1.2 shared() is one until it is shut down, then another one', async () => {
    const first = GlobalWebSocketManager.shared()
    expect(GlobalWebSocketManager.shared()).toBe(first)
    await first.shutdown()
    expect(GlobalWebSocketManager.shared()).not.toBe(first)
  })

  it('C7 counts the gaps that opened, and of one consumer the notices', () => {
    const { upbit, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    pass(1000)
    exchange.cut()
    pass(5000)
    exchange.emit([aTicker(), anOrderbook()])
    expect(upbit.manager.accounting().gaps).toBe(2)
    exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"}')
    expect(upbit.manager.accounting().gaps).toBe(3)
  })

  it('C2.4 shutdown checks its options before anything ends', async () => {
    const { upbit } = world()
    const stream = record(upbit.ticker$('KRW-BTC'))
    await expect(upbit.manager.shutdown({ timeoutMs: -1 })).rejects.toMatchObject({ option: 'timeoutMs' })
    expect([stream.end, upbit.manager.isClosed]).toEqual(['open', false])
  })

  it('what nobody disturbed needs no connection to be closed', async () => {
    const manager = GlobalWebSocketManager.of({ url: 'ws://undisturbed.invalid' })
    await manager.shutdown()
    expect(manager.accounting().dials).toBe(0)
  })
})
