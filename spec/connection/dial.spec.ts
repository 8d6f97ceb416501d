import type { Observable } from 'rxjs'
import { EMPTY, of, Subject, throwError } from 'rxjs'
import { FakeNetwork } from '../support/fake-network'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { DialHeaders } from '../../src/connection/dial'
import { dial$ } from '../../src/connection/dial'
import { DialLimits } from '../../src/rate-limit/dial-limits'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import { UpbitError } from '../../src/base/errors'
import type { OpenSocket, Socket, SocketFailure } from '../../src/transport/socket'

function start(
  openSocketOf: (network: FakeNetwork) => OpenSocket = ({ openSocket }) => openSocket,
  sendsOrigin = false,
  headers$?: Observable<DialHeaders>,
): {
  time: VirtualTime
  network: FakeNetwork
  dials: DialLimits
  errors: UpbitError[]
  state: { isResuming: boolean }
  log: string[]
  failures: SocketFailure[]
  dial(): { unsubscribe(): void }
} {
  const time = virtualTime()
  const network = new FakeNetwork(time)
  const dials = new DialLimits(new RateLimiter(time.environment), 'exchange.invalid', sendsOrigin)
  const errors: UpbitError[] = []
  const state = { isResuming: false }
  const log: string[] = []
  const failures: SocketFailure[] = []
  const note = (what: string): void => void log.push(`${time.nowMs} ${what}`)
  const dialed$ = dial$({
    environment: time.environment,
    openSocket: openSocketOf(network),
    headers$,
    url: 'ws://exchange.invalid/websocket/v1',
    host: 'exchange.invalid',
    dials,
    reports: { error: (error) => void errors.push(error) },
    state: {
      get isResuming() {
        return state.isResuming
      },
      waiting: (reason, delayMs) => note(`waits ${delayMs}: ${reason}`),
      dialing: () => note('dials'),
    },
  })
  return {
    time,
    network,
    dials,
    errors,
    state,
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
    const { time, network, log, dial } = start()
    network.dialed = (dialed) => time.at(200, () => dialed.open())
    for (let i = 0; i < 6; i++) dial()
    expect(log.slice(5)).toEqual(['0 waits 1010: connect-limit'])
    time.pass(1210)
    expect(log.filter((line) => /^\d+ (waits|dials)/.test(line)).slice(5)).toEqual([
      '0 waits 1010: connect-limit',
      // The answers came 200 ms after the dials.
      '200 waits 1010: connect-limit',
      '1210 dials',
    ])
  })

  it('C10.2 goes on waiting when its host is blocked meanwhile', () => {
    const { time, network, dials, log, dial } = start()
    network.dialed = (dialed) => dialed.open()
    for (let i = 0; i < 6; i++) dial()
    time.pass(100)
    dials.block(20_000)
    time.pass(20_000)
    expect(log.slice(10)).toEqual([
      '0 waits 1010: connect-limit',
      '100 waits 20000: blocked',
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
    const { time, network, log, dial } = start()
    network.dialed = (dialed) => dialed.open()
    for (let i = 0; i < 5; i++) dial()
    const waiting = dial()
    dial()
    expect(log.slice(-1)).toEqual(['0 waits 10010: connect-limit'])
    waiting.unsubscribe()
    expect(log.slice(-1)).toEqual(['0 waits 1010: connect-limit'])
    time.pass(1010)
    expect(network.dials).toHaveLength(6)
  })

  it('C11.1 counts a dial from its answer, and one that was left from the moment when its socket must be gone', () => {
    const { time, network, dial } = start()
    for (let i = 0; i < 5; i++) dial()
    dial()
    time.pass(2000)
    network.dials[0]!.refuse({ status: 503 })
    time.pass(1009)
    expect(network.dials).toHaveLength(5)
    time.pass(1)
    expect(network.dials).toHaveLength(6)
    const last = dial()
    // The other four were left at 10 s, and gone a second later: a second after that the seventh would be due, but for
    // the six of ten seconds, of which the first was counted at 2 s.
    time.pass(12_009 - time.nowMs)
    expect(network.dials).toHaveLength(6)
    time.pass(1)
    expect(network.dials).toHaveLength(7)
    last.unsubscribe()
  })

  it('C11.1 lets who lost a session go before who has only come', () => {
    const { time, network, log, state, dial } = start()
    network.dialed = (dialed) => dialed.open()
    for (let i = 0; i < 6; i++) dial()
    log.length = 0
    state.isResuming = true
    dial()
    expect(log).toEqual(['0 waits 1010: connect-limit', '0 waits 10010: connect-limit'])
    time.pass(1010)
    expect(network.dials).toHaveLength(6)
  })

  it('C11.1 C8.2 dials once in ten seconds where an Origin is sent, and says once what to do about it', () => {
    const { time, network, log, errors, dial } = start(undefined, true)
    network.dialed = (dialed) => dialed.open()
    for (let i = 0; i < 3; i++) dial()
    expect(log.slice(2)).toEqual(['0 waits 10010: origin-limit', '0 waits 20020: origin-limit'])
    time.pass(20_020)
    expect(network.dialedAtMs).toEqual([0, 10_010, 20_020])
    expect(errors).toEqual([
      expect.objectContaining({
        code: 'ORIGIN_LIMITED',
        nextStep: expect.stringContaining('docs/guides/limits.md') as string,
      }),
    ])
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

  describe('with headers that are given for each dial', () => {
    const startWith = (headers$: Observable<DialHeaders>) => start(undefined, false, headers$)

    it('asks for them when its turn has come, and has 10 s from the request on', () => {
      const givenSubject = new Subject<DialHeaders>()
      const { time, network, log, dial } = startWith(givenSubject)
      dial()
      time.pass(9000)
      expect(network.dials).toEqual([])
      givenSubject.next({ headers: { authorization: 'Bearer t' } })
      // Only the first: no dial has two tokens.
      givenSubject.next({ headers: { authorization: 'Bearer other' } })
      expect(network.dials).toHaveLength(1)
      expect(network.newest.request.headers).toEqual({ authorization: 'Bearer t' })
      time.pass(9999)
      expect(log).toEqual(['0 dials'])
      time.pass(1)
      expect(log).toEqual(['0 dials', '19000 fails'])
    })

    it('fails with what they fail with as the cause, and with their silence', () => {
      const cause = new UpbitError('AUTH_REFUSED', 'no')
      for (const [headers$, expected] of [
        [throwError(() => cause), cause],
        [EMPTY, new Error('no headers were given')],
      ] as const) {
        const { failures, dial } = startWith(headers$)
        dial()
        expect(failures).toEqual([{ kind: 'socket-failure', phase: 'handshake', cause: expected }])
      }
    })
  })
})
