/**
 * What `OpenSocket` promises, as cases that every adapter has to pass: the spec of an adapter supplies a peer, real or
 * not, and runs them.
 */
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { OpenSocket, SocketRequest } from '../../src/transport/socket'
import { Dialed } from './dialed'

/** The other end of the dials. */
export interface Peer {
  /** The adapter under test, its timers on `time`. */
  openSocket(time: VirtualTime): OpenSocket
  readonly request: SocketRequest
  /** How many dials there were. */
  readonly dials: number
  /** Lets the dial open. */
  accept(): Promise<void>
  /** Lets the dial fail. */
  refuse(): Promise<void>
  send(data: string | Uint8Array): void
  /** The texts that came from the adapter, when `count` have come. */
  received(count: number): Promise<readonly string[]>
  close(code: number, reason: string): void
  /** Ends the connection without a close frame. */
  drop(): void
  /** From now on a close frame gets no answer. */
  ignoreClose(): void
  /** The code with which the adapter closed; 1006 when it dropped the connection. */
  closedWith(): Promise<number>
  /** Resolves when the adapter's close frame has come, answered or not. */
  closeFrame(): Promise<void>
  end(): Promise<void>
}

export function adapterCases(startPeer: () => Promise<Peer>): void {
  let peer: Peer
  let time: VirtualTime
  const dialed: Dialed[] = []

  beforeEach(async () => {
    peer = await startPeer()
    time = virtualTime()
  })

  afterEach(async () => {
    for (const dial of dialed.splice(0)) dial.leave()
    await peer.end()
  })

  function dial(request = peer.request): Dialed {
    const made = new Dialed(peer.openSocket(time), request)
    dialed.push(made)
    return made
  }

  async function open(): Promise<Dialed> {
    const made = dial()
    await peer.accept()
    await made.until('open')
    return made
  }

  it('dials on subscription and not before, once for each', async () => {
    const openSocket = peer.openSocket(time)
    const cold$ = openSocket(peer.request)
    expect(peer.dials).toBe(0)
    const made = new Dialed(() => cold$, peer.request)
    dialed.push(made)
    await peer.accept()
    await made.until('open')
    expect(peer.dials).toBe(1)
  })

  it('brings frames in the order in which they were sent, text and bytes alike', async () => {
    const made = await open()
    peer.send('{"a":1}')
    peer.send(new TextEncoder().encode('{"b":"비트코인"}'))
    peer.send('{"c":3}')
    await made.until('frame 3')
    expect(made.texts).toEqual(['{"a":1}', '{"b":"비트코인"}', '{"c":3}'])
  })

  it('sends texts in order', async () => {
    const made = await open()
    made.socket?.send('first')
    made.socket?.send('second')
    expect(await peer.received(2)).toEqual(['first', 'second'])
  })

  it.each([
    [1000, 'done'],
    [1001, ''],
    [1011, 'trouble'],
  ])(
    'C10.2 keeps the close code %d, after the frames have completed, and dials no second time',
    async (code, reason) => {
      const made = await open()
      peer.send('last')
      await made.until('frame 1')
      peer.close(code, reason)
      await made.until('error')
      expect(made.failure).toMatchObject({
        kind: 'socket-failure',
        phase: 'open',
        closeCode: code,
        reason,
      })
      expect(made.log.slice(0, 2)).toEqual(['open', 'frame 1'])
      expect(made.log.indexOf('frames complete')).toBeLessThan(made.log.indexOf('error'))
      expect(made.log.filter((entry) => entry === 'open' || entry === 'error')).toHaveLength(2)
      expect(peer.dials).toBe(1)
    },
  )

  it('C10.2 tells a connection that ended without a close frame by 1006', async () => {
    const made = await open()
    peer.drop()
    await made.until('error')
    expect(made.failure).toMatchObject({ phase: 'open', closeCode: 1006 })
    expect(made.log.indexOf('frames complete')).toBeLessThan(made.log.indexOf('error'))
  })

  it('fails with the phase of the handshake where the dial could not be opened', async () => {
    const made = dial()
    await peer.refuse()
    await made.until('error')
    expect(made.failure).toMatchObject({ kind: 'socket-failure', phase: 'handshake' })
    expect(made.failure?.closeCode).toBeUndefined()
    expect(made.log).toEqual(['error'])
  })

  it('makes a failed dial of what the platform refuses before it dials', () => {
    const made = dial({ url: 'not a url' })
    expect(made.failure).toMatchObject({ kind: 'socket-failure', phase: 'handshake' })
    expect(String(made.failure?.cause)).toContain('Invalid URL')
  })

  it('closes with 1000 when it is unsubscribed from, and says nothing more', async () => {
    const made = await open()
    made.leave()
    expect(await peer.closedWith()).toBe(1000)
    await made.until('pongs complete')
    expect(made.log.filter((entry) => entry === 'error' || entry === 'complete')).toEqual([])
    time.pass(10_000)
    expect(await peer.closedWith()).toBe(1000)
  })

  it('closes on demand, and then errors with the close', async () => {
    const made = await open()
    made.socket?.close()
    made.socket?.close()
    expect(await peer.closedWith()).toBe(1000)
    await made.until('error')
    expect(made.failure).toMatchObject({ phase: 'open', closeCode: 1000 })
  })

  it.each(['unsubscribed from', 'told to close'])(
    'C10.3 is gone a second after it was %s where the peer does not answer',
    async (how) => {
      const made = await open()
      peer.ignoreClose()
      if (how === 'told to close') made.socket?.close()
      else made.leave()
      await peer.closeFrame()
      time.pass(999)
      await new Promise(setImmediate)
      expect(made.log).not.toContain('pongs complete')
      time.pass(1)
      await made.until('pongs complete')
    },
  )

  it('drops the connection at once when told to', async () => {
    const made = await open()
    peer.ignoreClose()
    made.socket?.terminate()
    await made.until('error')
    expect(made.failure).toMatchObject({ phase: 'open', closeCode: 1006 })
    made.socket?.terminate()
    expect(made.log.filter((entry) => entry === 'error')).toHaveLength(1)
  })

  it('gives up a dial that is unsubscribed from while it opens', async () => {
    const made = dial()
    made.leave()
    // It may never get as far as the peer.
    void peer.accept()
    time.pass(2000)
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    expect(made.log).toEqual([])
  })

  it('sends nothing, and throws nothing, once it is closing', async () => {
    const made = await open()
    const { socket } = made
    socket?.close()
    socket?.send('too late')
    expect(await peer.closedWith()).toBe(1000)
    await made.until('error')
    socket?.send('much too late')
    socket?.ping?.()
    expect(await peer.received(0)).toEqual([])
  })
}
