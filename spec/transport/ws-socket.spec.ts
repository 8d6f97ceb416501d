import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { virtualTime } from '../support/virtual-time'
import { realEnvironment } from '../../src/base/environment'
import type { SocketRequest } from '../../src/transport/socket'
import { wsSocket } from '../../src/transport/ws-socket'
import { adapterCases } from './adapter-cases'
import { Dialed } from './dialed'
import type { WsPeer } from './ws-peer'
import { startWsPeer } from './ws-peer'

describe('wsSocket', () => {
  adapterCases(startWsPeer)

  describe('over a real socket', () => {
    let peer: WsPeer
    const dialed: Dialed[] = []

    beforeEach(async () => {
      peer = await startWsPeer()
    })

    afterEach(async () => {
      for (const dial of dialed.splice(0)) dial.leave()
      await peer.end()
    })

    function dial(request: Partial<SocketRequest> = {}): Dialed {
      const made = new Dialed(wsSocket(realEnvironment), { url: peer.url, ...request })
      dialed.push(made)
      return made
    }

    async function open(): Promise<Dialed> {
      const made = dial()
      await peer.accept()
      await made.until('open')
      return made
    }

    it('brings texts as bytes, so that decoding alone decides what is UTF-8', async () => {
      const made = await open()
      peer.send('{"a":1}')
      await made.until('frame 1')
      expect(made.frames[0]).toBeInstanceOf(Buffer)
    })

    it('stays open after a text frame that is not UTF-8', async () => {
      const made = await open()
      peer.socket.send(Buffer.from([0xff, 0xfe, 0x80]), { binary: false })
      peer.send('next')
      await made.until('frame 2')
      expect(made.frames[0]).toEqual(Buffer.from([0xff, 0xfe, 0x80]))
      expect(made.texts[1]).toBe('next')
    })

    it('sends its messages as text frames', async () => {
      const made = await open()
      const arrived = once(peer.socket, 'message')
      made.socket?.send('[]')
      const [, isBinary] = (await arrived) as [Buffer, boolean]
      expect(isBinary).toBe(false)
    })

    it('C10.3 pings, and tells of the pong and of nothing else', async () => {
      const made = await open()
      made.socket?.ping?.()
      await once(peer.socket, 'ping')
      await made.until('pong')
      expect(made.log).toEqual(['open', 'pong'])
    })

    it('offers no compression and sends no Origin, whose limit is one request in ten seconds', async () => {
      dial({ headers: { authorization: 'Bearer abc' } })
      const { request } = await peer.dialed()
      expect(request.headers['sec-websocket-extensions']).toBeUndefined()
      expect(request.headers.origin).toBeUndefined()
      expect(request.headers.authorization).toBe('Bearer abc')
    })

    it('closes a connection whose frames are over 16 MiB, rather than hold them', async () => {
      const made = await open()
      peer.send(new Uint8Array(16 * 1024 * 1024 + 1))
      await made.until('error')
      expect(made.failure).toMatchObject({ phase: 'open', closeCode: 1006 })
      expect(String(made.failure?.cause)).toContain('Max payload size exceeded')
    })

    it.each<[string, string, number, number | undefined]>([
      ['a status alone', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n', 403, undefined],
      [
        'a Retry-After in seconds',
        'HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n',
        429,
        7000,
      ],
      [
        'seconds in the body',
        "HTTP/1.1 418 I'm a teapot\r\ncontent-length: 22\r\n\r\nBlocked for 45 seconds",
        418,
        45_000,
      ],
      [
        'a Retry-After that is no number, and seconds in the body',
        'HTTP/1.1 418 No\r\nretry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\ncontent-length: 14\r\n\r\nwait 9 seconds',
        418,
        9000,
      ],
      ['a redirect', 'HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n', 302, undefined],
    ])('C10.2 reads %s from a refusal', async (_case, answer, status, retryAfterMs) => {
      const made = dial()
      await peer.answer(answer)
      await made.until('error')
      expect(made.failure).toMatchObject({ phase: 'handshake', status })
      expect(made.failure?.retryAfterMs).toBe(retryAfterMs)
      expect(made.log).toEqual(['error'])
    })

    it('C8.3 keeps no more of a refusal than its beginning', async () => {
      const made = dial()
      await peer.answer(`HTTP/1.1 500 No\r\ncontent-length: 300\r\n\r\n${'x'.repeat(300)}`)
      await made.until('error')
      expect(made.failure?.reason).toBe('x'.repeat(200))
    })

    it('C8.3 takes no time from beyond the part of a refusal that it reads, though that came in one piece', async () => {
      const made = dial()
      const body = `${'1'.repeat(20_000)} Blocked for 9 seconds`
      await peer.answer(`HTTP/1.1 418 No\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
      await made.until('error')
      expect(made.failure).toMatchObject({ status: 418, reason: '1'.repeat(200) })
      expect(made.failure?.retryAfterMs).toBeUndefined()
    })

    it('reads no endless refusal: the status is enough', async () => {
      // On a clock that stands still, so that no time limit ends it.
      const made = new Dialed(wsSocket(virtualTime().environment), { url: peer.url })
      dialed.push(made)
      const stream = await peer.answer('HTTP/1.1 418 No\r\ntransfer-encoding: chunked\r\n\r\n')
      stream.write(`1400\r\n${'y'.repeat(0x1400)}\r\n`)
      await made.until('error')
      expect(made.failure).toMatchObject({ status: 418, phase: 'handshake' })
    })

    it('C10.2 takes the status of a refusal whose body never comes', async () => {
      const time = virtualTime()
      const made = new Dialed(wsSocket(time.environment), { url: peer.url })
      dialed.push(made)
      await peer.answer('HTTP/1.1 401 Unauthorized\r\ncontent-length: 10\r\n\r\nhalf')
      // The second begins when the answer's head is there, in whichever turn that is.
      for (let turn = 0; made.failure === undefined && turn < 5000; turn++) {
        await new Promise(setImmediate)
        time.pass(1)
      }
      await made.until('error')
      expect(made.failure).toMatchObject({ status: 401, reason: 'half' })
    })

    it('C10.2 takes the status of a refusal that is cut in its body', async () => {
      const made = dial()
      const stream = await peer.answer('HTTP/1.1 403 No\r\ncontent-length: 10\r\n\r\nhalf')
      stream.destroy()
      await made.until('error')
      expect(made.failure).toMatchObject({ status: 403, phase: 'handshake' })
    })

    it('fails a dial that is no WebSocket after all', async () => {
      const made = dial()
      await peer.answer(
        'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
      )
      await made.until('error')
      expect(made.failure).toMatchObject({ phase: 'handshake' })
      expect(String(made.failure?.cause)).toContain('Sec-WebSocket-Accept')
    })

    it('names what stopped a dial to a port where nobody listens', async () => {
      const free = createServer().listen(0, '127.0.0.1')
      await once(free, 'listening')
      const { port } = free.address() as AddressInfo
      free.close()
      await once(free, 'close')
      const made = dial({ url: `ws://127.0.0.1:${port}` })
      await made.until('error')
      expect(made.failure).toMatchObject({ phase: 'handshake' })
      expect(String(made.failure?.cause)).toContain('ECONNREFUSED')
      expect(made.failure?.status).toBeUndefined()
    })

    it('cuts the TCP connection of a dial that is given up', async () => {
      const made = dial()
      const { stream } = await peer.dialed()
      stream.resume()
      made.leave()
      await once(stream, 'end')
      expect(made.log).toEqual([])
    })

    it('C1.6 holds the process only while it is told to', async () => {
      // The server's ends are among them, and stay as they are.
      const holding = (): number =>
        process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length
      const made = dial()
      await peer.dialed()
      const dialing = holding()
      made.leave()
      const { socket } = await open()
      const opened = holding()
      socket?.reference(true)
      expect(holding()).toBe(opened + 1)
      socket?.reference(false)
      expect(holding()).toBe(opened)
      expect(dialing).toBe(1)
    })

    it('sees the messages that came in one piece with the opening', async () => {
      const made = dial()
      const accepting = peer.accept()
      await accepting
      peer.send('at once')
      peer.close(1000, '')
      await made.until('error')
      expect(made.texts).toEqual(['at once'])
      expect(made.log).toEqual(['open', 'frame 1', 'frames complete', 'pongs complete', 'error'])
    })
  })
})
