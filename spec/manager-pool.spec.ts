import { createUpbit, GlobalWebSocketManager } from '../src/index'
import { configureShared, isSharedInUse, sharedOptions } from '../src/manager-pool'
import { createVirtualExchange, resetShared } from '../src/testing'
import { virtualTime } from './support/virtual-time'

afterEach(() => resetShared())

describe('the managers of the process', () => {
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
    configureShared({ url, openSocket, environment })
    configureShared({ lingerMs: 1, logger: undefined })
    const manager = GlobalWebSocketManager.shared()
    expect(manager.options).toMatchObject({ lingerMs: 1, environment })
    expect(() => configureShared({ lingerMs: 2 })).toThrow(/lingerMs/)
    configureShared({ lingerMs: 1 })
  })

  it('C1.2 configure checks all that was configured against a connection that stands where it will look', async () => {
    const url = 'ws://stands-there.invalid'
    configureShared({ lingerMs: 1 })
    const other = GlobalWebSocketManager.of({ url })
    expect(() => configureShared({ url })).toThrow(/lingerMs/)
    await other.shutdown()
    configureShared({ url })
  })

  it('C1.2 what the shared one would have can be asked without using it', async () => {
    configureShared({ url: 'ws://asked.invalid', lingerMs: 7 })
    expect(sharedOptions()).toMatchObject({ url: 'ws://asked.invalid/websocket/v1', lingerMs: 7 })
    expect(isSharedInUse()).toBe(false)
    const manager = GlobalWebSocketManager.shared()
    expect(sharedOptions()).toBe(manager.options)
    expect(isSharedInUse()).toBe(true)
    await manager.shutdown()
    expect(isSharedInUse()).toBe(false)
  })
})
