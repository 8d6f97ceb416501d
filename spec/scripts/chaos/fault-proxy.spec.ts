/** The fault proxy: passes everything on in order, and does to bytes and connections what it is told to. */
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { Subject } from 'rxjs'
import { FaultProxy } from '../../../scripts/chaos/fault-proxy'
import { realEnvironment } from '../../../src/base/environment'
import { seededRandom } from '../../../src/base/seeded-random'

let far: Server
let proxy: FaultProxy
const open: Socket[] = []

/** A server that sends back what it gets. */
beforeEach(async () => {
  far = createServer((socket) => {
    open.push(socket)
    socket.on('error', () => {})
    socket.pipe(socket)
  })
  await once(far.listen(0, '127.0.0.1'), 'listening')
  const url = `ws://127.0.0.1:${(far.address() as AddressInfo).port}`
  proxy = await FaultProxy.start(url, realEnvironment, seededRandom(1))
})

afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  await proxy.stop()
  await new Promise((resolve) => far.close(resolve))
})

async function client(): Promise<Socket> {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1')
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

/** So many bytes of what comes back. */
async function answer(socket: Socket, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer)
    if (Buffer.concat(chunks).length >= length) break
  }
  return Buffer.concat(chunks)
}

const text = Array.from({ length: 2000 }, (_, line) => `line ${line}\n`).join('')

describe('the fault proxy', () => {
  it('passes on what comes, and counts who asks for a WebSocket', async () => {
    const socket = await client()
    socket.write(text)
    expect((await answer(socket, text.length)).toString()).toBe(text)
    expect(proxy.connectedAtMs).toHaveLength(0)
    const dial = await client()
    dial.write('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n')
    await answer(dial, 20)
    expect(proxy.connectedAtMs).toHaveLength(1)
  })

  it('keeps the order of bytes whatever the delay of each chunk', async () => {
    Object.assign(proxy.conditions, { delayMs: 3, jitterMs: 12 })
    const socket = await client()
    socket.setNoDelay()
    const lines = text.slice(0, 4000).match(/.{1,100}/gs) ?? []
    for (const line of lines) {
      socket.write(line)
      await new Promise(setImmediate)
    }
    expect((await answer(socket, 4000)).toString()).toBe(text.slice(0, 4000))
  })

  it('takes the time of a narrow link, by the byte', async () => {
    proxy.conditions.bytesPerSecond = 200_000
    const socket = await client()
    const startMs = performance.now()
    socket.write(text)
    await answer(socket, text.length)
    expect(performance.now() - startMs).toBeGreaterThanOrEqual((text.length / 200_000) * 1000 - 5)
  })

  it('spoils a run of bytes of the next chunk, and no other', async () => {
    proxy.corrupt(5, 1)
    const socket = await client()
    socket.write('a'.repeat(100))
    const spoilt = await answer(socket, 100)
    expect(spoilt.filter((byte) => byte === 0)).toHaveLength(5)
    expect(spoilt.toString()).toContain('\0\0\0\0\0')
    socket.write('b'.repeat(100))
    expect((await answer(socket, 100)).toString()).toBe('b'.repeat(100))
  })

  it('swallows everything of a half-open connection and tells nobody; the next one is well', async () => {
    const socket = await client()
    socket.write('one')
    await answer(socket, 3)
    proxy.halfOpen()
    let heard = ''
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    socket.write('two')
    const other = await client()
    other.write('three')
    expect((await answer(other, 5)).toString()).toBe('three')
    expect([heard, socket.destroyed, proxy.connections]).toEqual(['', false, 2])
  })

  it('ends connections with a reset', async () => {
    const socket = await client()
    socket.write('one')
    await answer(socket, 3)
    proxy.reset()
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNRESET')
  })

  it('ends a connection whose end is just being passed on, and leaves nothing of it behind', async () => {
    const dueSubject = new Subject<void>()
    const environment = { ...realEnvironment, timer$: () => dueSubject }
    const url = `ws://127.0.0.1:${(far.address() as AddressInfo).port}`
    await proxy.stop()
    proxy = await FaultProxy.start(url, environment, seededRandom(1))
    const socket = await client()
    socket.write('one')
    await answer(socket, 3)
    proxy.conditions.delayMs = 1
    open.at(-1)?.end()
    while (!dueSubject.observed) await new Promise((resolve) => setImmediate(resolve))
    dueSubject.next()
    proxy.reset()
    socket.resume().on('error', () => {})
    await once(socket, 'close')
    await new Promise((resolve) => realEnvironment.timer$(20).subscribe(resolve))
    expect(process.getActiveResourcesInfo()).not.toContain('TCPSocketWrap')
  })

  it('is refused by the system while it refuses, and then listens where it did', async () => {
    const { url } = proxy
    proxy.refuse(50)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
    await new Promise((resolve) => realEnvironment.timer$(80).subscribe(resolve))
    const again = await client()
    again.write('well')
    expect((await answer(again, 4)).toString()).toBe('well')
    expect(proxy.url).toBe(url)
  })
})
