import { virtualTime } from '../support/virtual-time'
import type { BrowserWebSocket } from '../../src/transport/browser-socket'
import { browserSocket } from '../../src/transport/browser-socket'
import type { Peer } from './adapter-cases'
import { adapterCases } from './adapter-cases'
import { Dialed } from './dialed'
import { FakeWebSocket } from './fake-web-socket'

const PageWebSocket = FakeWebSocket as unknown as BrowserWebSocket
const request = { url: 'ws://exchange.invalid/websocket/v1' }

function newest(): FakeWebSocket {
  return FakeWebSocket.made[FakeWebSocket.made.length - 1]!
}

async function startPeer(): Promise<Peer> {
  FakeWebSocket.made.length = 0
  return {
    openSocket: ({ environment }) => browserSocket(environment, PageWebSocket),
    request,
    get dials() {
      return FakeWebSocket.made.length
    },
    accept: async () => newest().open(),
    refuse: async () => newest().closed(1006, ''),
    send: (data) => newest().message(data),
    received: async () => newest().sent,
    close: (code, reason) => newest().closed(code, reason),
    drop: () => newest().closed(1006, ''),
    ignoreClose: () => {
      newest().answersClose = false
    },
    closedWith: async () => newest().closedWith!,
    closeFrame: async () => expect(newest().closedWith).toBe(1000),
    end: async () => {},
  }
}

function open(): Dialed {
  const dialed = new Dialed(browserSocket(virtualTime().environment, PageWebSocket), request)
  newest().open()
  return dialed
}

describe('browserSocket', () => {
  adapterCases(startPeer)

  it('asks for bytes at once, since a Blob could only be read in a later turn', () => {
    const dialed = open()
    expect(newest().binaryType).toBe('arraybuffer')
    newest().message(new Uint8Array([123, 125]))
    expect(dialed.frames).toEqual([new Uint8Array([123, 125])])
  })

  it('C10.3 has no ping frame and no pong, so that a text takes their place', () => {
    const { socket } = open()
    expect(socket).not.toHaveProperty('ping')
  })

  it('hands on nothing that comes after the session is over', () => {
    const dialed = open()
    newest().answersClose = false
    dialed.socket?.terminate()
    newest().message('late')
    newest().closed(1000, 'late')
    expect(dialed.frames).toEqual([])
    expect(dialed.failure?.closeCode).toBe(1006)
  })

  it('has no process to hold', () => {
    const dialed = open()
    dialed.socket?.reference(true)
    dialed.socket?.reference(false)
    expect(dialed.log).toEqual(['open'])
  })

  it('fails a dial where the platform has no WebSocket', () => {
    const dialed = new Dialed(browserSocket(virtualTime().environment), request)
    expect(dialed.failure).toMatchObject({ phase: 'handshake', cause: expect.any(TypeError) })
  })
})
