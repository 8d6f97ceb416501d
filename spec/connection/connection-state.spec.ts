import { ConnectionState } from '../../src/connection/connection-state'
import type { ConnectionStatus } from '../../src/connection/status'
import type { SocketFailure } from '../../src/transport/socket'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'

const closed: SocketFailure = { kind: 'socket-failure', phase: 'open', closeCode: 1000 }
const refused: SocketFailure = { kind: 'socket-failure', phase: 'handshake', status: 503 }
const fault = { name: 'WRONG_FORMAT', message: '' }
const limit = { name: 'TOO_MANY_REQUEST', message: '' }

function start(): {
  time: VirtualTime
  state: ConnectionState
  statuses: ConnectionStatus[]
  reported: unknown[][]
} {
  const time = virtualTime()
  const reported: unknown[][] = []
  const note =
    (what: string) =>
    (...details: unknown[]) =>
      void reported.push([what, ...details])
  const state = new ConnectionState(time.environment, {
    opened: note('opened'),
    lost: note('lost'),
    ended: note('ended'),
    sent: note('sent'),
    rejected: note('rejected'),
    failed: note('failed'),
    undecodable: note('undecodable'),
    drift: note('drift'),
    silent: note('silent'),
    error: note('error'),
  })
  const statuses: ConnectionStatus[] = []
  state.status$.subscribe((status) => statuses.push(status))
  return { time, state, statuses, reported }
}

describe('ConnectionState', () => {
  it('numbers its epochs, and opens each before anything of it can come', () => {
    const { state, reported } = start()
    expect([state.opened(), state.opened(), state.opened()]).toEqual([1, 2, 3])
    expect(reported).toEqual([
      ['opened', 1],
      ['opened', 2],
      ['opened', 3],
    ])
    expect(state.counters.epochs).toBe(3)
  })

  it('keeps a record of its own for each session', () => {
    const { state } = start()
    state.opened()
    state.record.failed(fault)
    state.opened()
    expect(state.serverErrorOf(closed)).toBeUndefined()
  })

  it('lays an error frame to the end of its session, and to no failed dial after it', () => {
    const { state } = start()
    state.opened()
    state.record.failed(fault)
    expect(state.serverErrorOf(closed)).toBe(fault)
    expect(state.serverErrorOf(refused)).toBeUndefined()
  })

  it.each([
    ['nothing the exchange said', undefined, 'disconnect'],
    ['a limit', limit, 'disconnect'],
    ['a fault of the request', fault, 'rejected'],
  ])('C7 reports a session that was lost for %s', (_case, error, cause) => {
    const { time, state, reported } = start()
    state.opened()
    state.record.sign(time.environment.now() + 7)
    if (error !== undefined) state.record.failed(error)
    state.lost(closed)
    expect(reported).toEqual([
      ['opened', 1],
      ['lost', 1, time.environment.now() + 7, cause],
    ])
  })

  it('C7 reports no session where a dial failed', () => {
    const { state, reported } = start()
    state.lost(refused)
    expect(reported).toEqual([])
  })

  it('C8.2 is live again, since the same time, when a limit is over', () => {
    const { time, state, statuses } = start()
    state.opened()
    const live = state.status
    time.pass(100)
    state.limited(2000)
    expect(state.status).toEqual({
      state: 'waiting',
      reason: 'message-limit',
      retryAtMs: time.environment.now() + 2000,
    })
    state.limited(0)
    state.limited(0)
    expect(state.status).toBe(live)
    expect(statuses).toHaveLength(4)
  })

  it('is not live by a limit that ends after the session', () => {
    const { state } = start()
    state.opened()
    state.lost(closed)
    state.waiting('backoff', 1000)
    state.limited(0)
    expect(state.status).toMatchObject({ state: 'waiting', reason: 'backoff' })
  })

  it('C8.2 is idle when it ended, closed when it was shut down, and begins again with attempt 1', () => {
    const { state, reported } = start()
    state.attempt = 7
    state.ended()
    expect(state.status).toEqual({ state: 'idle' })
    state.closed()
    state.ended()
    expect(state.status).toEqual({ state: 'closed' })
    state.dialing()
    expect(state.status).toEqual({ state: 'connecting', attempt: 1 })
    expect(state.counters.dials).toBe(1)
    expect(reported).toEqual([['ended'], ['ended']])
  })
})
