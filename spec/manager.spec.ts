import { createUpbit, GlobalWebSocketManager } from '../src/index'
import type { UpbitOptions } from '../src/index'
import { aTicker, anOrderbook, createVirtualExchange, resetShared } from '../src/testing'
import { record } from './support/recorder'
import { virtualTime } from './support/virtual-time'
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

  it('C1.2 forgetting the shared one shuts it down only where no client has it', async () => {
    const first = GlobalWebSocketManager.shared()
    await resetShared()
    expect(first.isClosed).toBe(true)
    const second = GlobalWebSocketManager.shared()
    const client = createUpbit()
    expect(client.manager).toBe(second)
    await resetShared()
    expect(second.isClosed).toBe(false)
    await client.shutdown()
    expect(second.isClosed).toBe(true)
  })

  it('C1.2 configure refuses what the shared one in use has otherwise, and adds what it has not said', () => {
    const time = virtualTime()
    const { url, openSocket, environment } = createVirtualExchange(time.scheduler).options
    GlobalWebSocketManager.configure({ url, openSocket, environment })
    GlobalWebSocketManager.configure({ lingerMs: 1, logger: undefined })
    const manager = GlobalWebSocketManager.shared()
    expect(manager.options).toMatchObject({ lingerMs: 1, environment })
    expect(() => GlobalWebSocketManager.configure({ lingerMs: 2 })).toThrow(/lingerMs/)
    GlobalWebSocketManager.configure({ lingerMs: 1 })
  })

  it('C1.2 configure checks all that was configured against a connection that stands where it will look', async () => {
    const url = 'ws://stands-there.invalid'
    GlobalWebSocketManager.configure({ lingerMs: 1 })
    const other = GlobalWebSocketManager.of({ url })
    expect(() => GlobalWebSocketManager.configure({ url })).toThrow(/lingerMs/)
    await other.shutdown()
    GlobalWebSocketManager.configure({ url })
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
