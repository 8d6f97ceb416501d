import { EMPTY, of, throwError } from 'rxjs'
import { FakeNetwork } from '../support/fake-network'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import { dial$ } from '../../src/connection/dial'
import { DialPacer } from '../../src/connection/dial-pacer'
import type { OpenSocket, Socket, SocketFailure } from '../../src/transport/socket'

function start(openSocketOf: (network: FakeNetwork) => OpenSocket = ({ openSocket }) => openSocket): {
  time: VirtualTime
  network: FakeNetwork
  pacer: DialPacer
  log: string[]
  failures: SocketFailure[]
  dial(): { unsubscribe(): void }
} {
  const time = virtualTime()
  const network = new FakeNetwork(time)
  const pacer = new DialPacer(time.environment)
  const log: string[] = []
  const failures: SocketFailure[] = []
  const note = (what: string): void => void log.push(`${time.nowMs} ${what}`)
  const dialed$ = dial$({
    environment: time.environment,
    openSocket: openSocketOf(network),
    url: 'ws://exchange.invalid/websocket/v1',
    host: 'exchange.invalid',
    pacer,
    state: {
      waiting: (reason, delayMs) => note(`waits ${delayMs}: ${reason}`),
      dialing: () => note('dials'),
    },
  })
  return {
    time,
    network,
    pacer,
    log,
    failures,
    dial: () =>
      dialed$.subscribe({
        next: () => note('opens'),
        error: (failure: SocketFailure) => {
          note('fails')
          failures.push(failure)
        },
        complete: () => note('completes'),
      }),
  }
}

describe('dial$', () => {
  it('dials at once where it may, and emits the socket when it opens', () => {
    const { time, network, log, dial } = start()
    dial()
    time.pass(500)
    network.newest.open()
    expect(log).toEqual(['0 dials', '500 opens'])
    expect(network.newest.request).toEqual({ url: 'ws://exchange.invalid/websocket/v1' })
  })

  it('C8.2 tells of a wait for its place in line, and dials when it is over', () => {
    const { time, log, dial } = start()
    for (let i = 0; i < 6; i++) dial()
    expect(log.slice(5)).toEqual(['0 waits 1100: connect-limit'])
    time.pass(1100)
    expect(log.slice(6)).toEqual(['1100 dials'])
  })

  it('C10.2 goes on waiting when its host is blocked meanwhile', () => {
    const { time, network, pacer, log, dial } = start()
    network.dialed = (dialed) => dialed.open()
    for (let i = 0; i < 6; i++) dial()
    time.pass(100)
    pacer.block('exchange.invalid', 20_000)
    time.pass(20_000)
    expect(log.slice(10)).toEqual([
      '0 waits 1100: connect-limit',
      '1100 waits 19000: blocked',
      '20100 dials',
      '20100 opens',
    ])
  })

  it('C10.1 abandons a dial that has not opened in 10 s', () => {
    const { time, network, log, failures, dial } = start()
    dial()
    time.pass(9999)
    expect(log).toEqual(['0 dials'])
    time.pass(1)
    expect(log).toEqual(['0 dials', '10000 fails'])
    expect(failures[0]).toEqual({
      kind: 'socket-failure',
      phase: 'handshake',
      reason: 'not open within 10 s',
    })
    expect(network.newest.leftAtMs).toBe(10_000)
  })

  it('does not limit the time that a socket stays open', () => {
    const { time, network, log, failures, dial } = start()
    dial()
    time.pass(9000)
    network.newest.open()
    time.pass(1_000_000)
    network.newest.end(1006)
    expect(log).toEqual(['0 dials', '9000 opens', '1009000 fails'])
    expect(failures[0]).toMatchObject({ phase: 'open', closeCode: 1006 })
  })

  it('gives its place in line back when it is given up', () => {
    const { pacer, dial } = start()
    for (let i = 0; i < 5; i++) dial()
    const waiting = dial()
    const next = pacer.join('exchange.invalid')
    expect(next.wait().delayMs).toBe(10_200)
    waiting.unsubscribe()
    expect(next.wait().delayMs).toBe(1100)
  })

  it.each<[string, OpenSocket, Partial<SocketFailure>]>([
    [
      'throws what is no failure',
      () => throwError(() => new Error('odd')),
      { phase: 'handshake', cause: expect.any(Error) as unknown },
    ],
    [
      'throws at the call, before there is an observable',
      () => {
        throw new TypeError('no such agent')
      },
      { phase: 'handshake', cause: new TypeError('no such agent') },
    ],
    ['throws nothing at all', () => throwError(() => undefined), { phase: 'handshake' }],
    ['completes', () => EMPTY, { phase: 'handshake', reason: 'ended by its adapter' }],
    ['opens and completes', () => of({} as Socket), { phase: 'open', reason: 'ended by its adapter' }],
  ])('makes a failure of an adapter that %s', (_case, openSocket, expected) => {
    const { failures, dial } = start(() => openSocket)
    dial()
    expect(failures).toEqual([expect.objectContaining({ kind: 'socket-failure', ...expected })])
  })
})
