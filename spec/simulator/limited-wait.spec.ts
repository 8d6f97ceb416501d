import { connect } from 'node:net'
import type { UpbitError } from '../../src/base/errors'
import type { VirtualExchange } from '../../src/testing'
import { createVirtualExchange, startExchange } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'

function waiting() {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  return { time, exchange }
}

/** What a wait has come to, after promises have had their turn. */
async function outcome(wait: Promise<void>): Promise<UpbitError | 'done' | 'waits'> {
  const turn = new Promise<'waits'>((resolve) => setImmediate(resolve, 'waits'))
  return Promise.race([wait.then(() => 'done' as const).catch((error: unknown) => error as UpbitError), turn])
}

const upgradeRequest =
  'GET /websocket/v1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

const never = (exchange: VirtualExchange) => () => exchange.connections === 7

describe('the limits of `until` and `idle`', () => {
  it('C14.2 rejects with TIMEOUT after 5,000 ms of the exchange’s time, and says what was waited for', async () => {
    const { time, exchange } = waiting()
    const wait = exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'))
    time.pass(4_999)
    expect(await outcome(wait)).toBe('waits')
    time.pass(1)
    const error = (await outcome(wait)) as UpbitError
    expect(error).toMatchObject({ name: 'UpbitError', code: 'TIMEOUT' })
    expect(error.message).toMatch(
      /^until\(.*exchange\.subscribed\(['"]trade['"], ?['"]KRW-BTC['"]\)\) took longer/,
    )
    expect(error.message).toContain('took longer than 5000 ms')
    expect(error.message).toContain('connections: 0, dials: 0, messages received: 0')
  })

  it('takes another limit, and `Infinity` for none', async () => {
    const { time, exchange } = waiting()
    const short = exchange.until(never(exchange), { timeoutMs: 10 })
    const long = exchange.until(never(exchange), { timeoutMs: Infinity })
    time.pass(10)
    expect(await outcome(short)).toMatchObject({ code: 'TIMEOUT' })
    time.pass(3_600_000)
    expect(await outcome(long)).toBe('waits')
  })

  it('rejects with ABORTED when the signal aborts, at once where it has', async () => {
    const { exchange } = waiting()
    const abort = new AbortController()
    const wait = exchange.until(never(exchange), { signal: abort.signal })
    expect(await outcome(wait)).toBe('waits')
    abort.abort()
    expect(await outcome(wait)).toMatchObject({ code: 'ABORTED' })
    expect(await outcome(exchange.until(never(exchange), { signal: abort.signal }))).toMatchObject({
      code: 'ABORTED',
    })
    expect(await outcome(exchange.until(() => true, { signal: abort.signal }))).toBe('done')
  })

  it('rejects with ABORTED when the exchange is closed, unless that is what was waited for', async () => {
    const exchange = await startExchange({ market: false })
    const wait = exchange.until(() => exchange.connections === 7)
    await exchange.close()
    expect(await outcome(wait)).toMatchObject({ code: 'ABORTED' })
    await expect(exchange.until(() => exchange.dials.length > 0)).rejects.toMatchObject({ code: 'ABORTED' })
    await exchange.until(() => exchange.connections === 0)
  })

  it('rejects with what the condition throws, and not into the client that made it look', async () => {
    const { exchange } = waiting()
    let isBroken = false
    const wait = exchange.until(() => {
      if (isBroken) throw new Error('broken condition')
      return false
    })
    isBroken = true
    exchange.options.openSocket({ url: exchange.options.url }).subscribe()
    exchange.cut()
    await expect(wait).rejects.toThrow('broken condition')
  })

  it('leaves no timer and no listener when the wait is over', async () => {
    const { time, exchange } = waiting()
    const abort = new AbortController()
    const remove = jest.spyOn(abort.signal, 'removeEventListener')
    const wait = exchange.until(() => exchange.dials.length === 1, { signal: abort.signal })
    expect(time.scheduler.actions).toHaveLength(1)
    const { openSocket, url } = exchange.options
    openSocket({ url }).subscribe().unsubscribe()
    time.pass(1)
    await wait
    expect(remove).toHaveBeenCalledTimes(1)
    expect(time.scheduler.actions).toHaveLength(0)
  })

  it('limits `idle` too, where frames do not leave because a client does not read', async () => {
    await using exchange = await startExchange({ market: false })
    const socket = connect(Number(new URL(exchange.url).port), '127.0.0.1')
    socket.pause().write(upgradeRequest)
    await exchange.until(() => exchange.connections === 1)
    exchange.emitRaw(new Uint8Array(32 * 1024 * 1024))
    const error = await exchange.idle({ timeoutMs: 20 }).catch((fault: unknown) => fault as UpbitError)
    expect(error).toMatchObject({ code: 'TIMEOUT' })
    expect(error?.message).toBe(
      'idle() took longer than 20 ms; connections: 1, dials: 1, messages received: 0.',
    )
    socket.destroy()
  })

  it.each([0, -1, Number.NaN, '5' as unknown as number])(
    'rejects with INVALID_OPTION for timeoutMs %p',
    async (timeoutMs) => {
      const { exchange } = waiting()
      await expect(exchange.until(() => true, { timeoutMs })).rejects.toMatchObject({
        code: 'INVALID_OPTION',
        option: 'timeoutMs',
      })
    },
  )
})
