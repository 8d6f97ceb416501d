import { NEVER, of, Subject, throwError } from 'rxjs'
import { discreetSocket } from '../../src/transport/discreet-socket'
import type { RawFrame, Socket, SocketFailure } from '../../src/transport/socket'

const token = 'aaaabbbb.ccccddddeeee.ffffgggghhhh'
const request = { url: 'ws://a.invalid', headers: { authorization: `Bearer ${token}` } }
const keys = (): readonly string[] => ['accessKeyOfASpec']

function opened(more: Partial<Socket> = {}) {
  const framesSubject = new Subject<RawFrame>()
  const called: string[] = []
  const real: Socket = {
    frames$: framesSubject,
    pongs$: NEVER,
    send: (text) => called.push(`send ${text}`),
    close: () => called.push('close'),
    terminate: () => called.push('terminate'),
    reference: (held) => called.push(`reference ${held}`),
    ...more,
  }
  let socket: Socket | undefined
  discreetSocket(() => of(real), keys)(request).subscribe((each) => (socket = each))
  const frames: RawFrame[] = []
  socket!.frames$.subscribe((frame) => frames.push(frame))
  return { socket: socket!, frames, framesSubject, called }
}

function failed(error: unknown): unknown {
  let seen: unknown
  discreetSocket(() => throwError(() => error), keys)(request).subscribe({ error: (each) => (seen = each) })
  return seen
}

describe('discreetSocket', () => {
  it('passes frames as they are, bytes as bytes, also where they hold a part of a key by chance', () => {
    const { frames, framesSubject } = opened()
    const bytes = new TextEncoder().encode('{"type":"myOrder","identifier":"accessKeyOf"}')
    for (const frame of ['{"type":"myOrder"}', bytes, '{"error":{"name":"X"}}']) framesSubject.next(frame)
    expect(frames).toEqual(['{"type":"myOrder"}', bytes, '{"error":{"name":"X"}}'])
    expect(frames[1]).toBe(bytes)
  })

  it('C8.3 hides what a frame repeats: a secret anywhere, a part of one in an error', () => {
    const { frames, framesSubject } = opened()
    framesSubject.next(new TextEncoder().encode(`{"type":"${token}"}`))
    framesSubject.next('{"error":{"message":"accessKeyOf…"}}')
    expect(frames).toEqual(['{"type":"[hidden]"}', '{"error":{"message":"[hidden]…"}}'])
  })

  it('hands on what is done with the socket; it has a ping where the platform has one', () => {
    const { socket, called } = opened({ ping: (payload) => called.push(`ping ${payload}`) })
    socket.send('a')
    socket.ping?.('b')
    socket.reference(true)
    socket.close()
    socket.terminate()
    expect(called).toEqual(['send a', 'ping b', 'reference true', 'close', 'terminate'])
    expect(opened().socket).not.toHaveProperty('ping')
  })

  it('C8.3 hides what a failure repeats, in its reason and in its cause', () => {
    const failure: SocketFailure = {
      kind: 'socket-failure',
      phase: 'handshake',
      status: 401,
      reason: `nonce_used: ${token}`,
      cause: Object.assign(new Error(`of ${token}`), { headers: request.headers }),
    }
    const seen = failed(failure)
    expect(seen).toMatchObject({
      ...failure,
      reason: 'nonce_used: [hidden]',
      cause: { message: 'of [hidden]' },
    })
    expect((seen as SocketFailure).cause).not.toHaveProperty('headers')
    expect(failed({ kind: 'socket-failure', phase: 'open', closeCode: 1006 })).toEqual({
      kind: 'socket-failure',
      phase: 'open',
      closeCode: 1006,
    })
  })

  it('C8.3 hides what an adapter throws, at its call too', () => {
    expect(failed(new Error(token))).toMatchObject({ message: '[hidden]' })
    let seen: unknown
    const throwing = discreetSocket(() => {
      throw new Error('accessKeyOfASpec')
    }, keys)
    throwing({ url: 'ws://a.invalid' }).subscribe({ error: (error) => (seen = error) })
    expect(seen).toMatchObject({ message: '[hidden]' })
  })
})
