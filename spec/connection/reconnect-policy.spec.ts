import { offline, online } from '../support/online'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import type { SocketFailure } from '../../src/transport/socket'
import fc from '../support/seeded-fast-check'

/** The waits before the redials of a server that ends each session at once. */
function waitsBetween(dialedAtMs: readonly number[]): readonly number[] {
  return dialedAtMs.slice(1).map((atMs, index) => atMs - dialedAtMs[index]!)
}

describe('ReconnectPolicy', () => {
  it('C10.1 waits min(30, 2^n) s, give or take a quarter, in whole ms', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e']) {
      const { time, network, connected } = offline({ seed })
      network.dialed = (dial) => time.at(time.nowMs, () => dial.refuse())
      connected.listen()
      time.pass(400_000)
      const waits = waitsBetween(network.dialedAtMs)
      expect(waits.length).toBeGreaterThan(12)
      waits.forEach((waitMs, index) => {
        const middleMs = 1000 * Math.min(30, 2 ** index)
        expect(waitMs).toBeGreaterThanOrEqual(0.75 * middleMs)
        expect(waitMs).toBeLessThanOrEqual(1.25 * middleMs)
        expect(Number.isInteger(waitMs)).toBe(true)
      })
    }
  })

  it('C10.1 spreads the waits: no two of fifty clients come at the same time', () => {
    const waits = Array.from({ length: 50 }, (_, seed) => {
      const { time, network, connected } = offline({ seed })
      connected.listen()
      network.newest.refuse()
      time.pass(10_000)
      return waitsBetween(network.dialedAtMs)[0]!
    })
    expect(new Set(waits).size).toBeGreaterThan(40)
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(400)
  })

  it('C10.1 does not start over for a server that accepts and closes at once', () => {
    const { time, network, connected } = offline()
    network.dialed = (dial) =>
      time.at(time.nowMs, () => {
        dial.open()
        time.at(time.nowMs + 9000, () => dial.end(1000))
      })
    connected.listen()
    time.pass(300_000)
    const waits = waitsBetween(network.dialedAtMs).map((waitMs) => waitMs - 9000)
    expect(waits[0]).toBeLessThan(1250)
    expect(waits[1]).toBeGreaterThanOrEqual(1500)
    expect(waits[2]).toBeGreaterThanOrEqual(3000)
    expect(waits[3]).toBeGreaterThanOrEqual(6000)
    expect(waits[4]).toBeGreaterThanOrEqual(12_000)
    expect(waits[5]).toBeGreaterThanOrEqual(22_500)
  })

  it('C10.1 redials once after 100 to 400 ms when a stable session ended, then with backoff', () => {
    const { time, network, dial } = online()
    time.pass(10_000)
    dial.end(1006)
    time.pass(99)
    expect(network.dials).toHaveLength(1)
    time.pass(301)
    expect(network.dials).toHaveLength(2)
    network.newest.refuse()
    const refusedAtMs = time.nowMs
    time.pass(749)
    expect(network.dials).toHaveLength(2)
    time.pass(501)
    expect(network.dials).toHaveLength(3)
    expect(time.nowMs).toBe(refusedAtMs + 1250)
  })

  it('C10.1 starts the backoff over after 10 s open, and not before', () => {
    const after = (openMs: number): number => {
      const { time, network, connected } = offline()
      connected.listen()
      for (let i = 0; i < 3; i++) {
        network.newest.refuse()
        time.pass(10_000)
      }
      network.newest.open()
      time.pass(openMs)
      network.newest.end(1006)
      const endedAtMs = time.nowMs
      const { length } = network.dials
      time.pass(20_000)
      return network.dialedAtMs[length]! - endedAtMs
    }
    expect(after(9999)).toBeGreaterThanOrEqual(6000)
    expect(after(10_000)).toBeLessThanOrEqual(400)
  })

  it('C8.2 numbers the dials since the last stable session', () => {
    const { time, network, connected } = offline()
    connected.listen()
    network.newest.refuse()
    time.pass(2000)
    network.newest.open()
    time.pass(1000)
    network.newest.end(1006)
    time.pass(4000)
    network.newest.open()
    time.pass(10_000)
    network.newest.end(1006)
    time.pass(400)
    const attempts = connected.statuses.flatMap((status) =>
      status.state === 'connecting' ? [status.attempt] : [],
    )
    expect(attempts).toEqual([1, 2, 3, 1])
  })

  describe('what ends it', () => {
    it.each<[string, Partial<SocketFailure>, string]>([
      ['HTTP 401', { status: 401, reason: '{"error":{"name":"jwt_verification"}}' }, 'HTTP 401'],
      ['HTTP 403', { status: 403, reason: '' }, 'HTTP 403'],
    ])('C10.2 dials no more after %s', (_case, failure, serverName) => {
      const { time, network, connected } = offline()
      connected.want('KRW-BTC')
      connected.listen()
      network.newest.refuse(failure)
      time.pass(600_000)
      expect(network.dials).toHaveLength(1)
      expect(connected.refusal).toMatchObject({
        code: 'AUTH_REFUSED',
        serverName,
        serverMessage: failure.reason,
      })
      expect(connected.connection.status).toEqual({ state: 'closed' })
      expect(connected.ends).toBe(1)
    })

    it('C10.2 dials no more after INVALID_AUTH, whether or not anything was asked for', () => {
      const { time, network, connected, dial } = online([])
      dial.error('INVALID_AUTH')
      time.pass(150)
      dial.end(1000)
      time.pass(600_000)
      expect(network.dials).toHaveLength(1)
      expect(connected.refusal).toMatchObject({ code: 'AUTH_REFUSED', serverName: 'INVALID_AUTH' })
    })

    it('starts afresh for whoever subscribes after that', () => {
      const { network, connected } = offline()
      connected.listen()
      network.newest.refuse({ status: 401 })
      connected.listen()
      expect(network.dials).toHaveLength(2)
      expect(connected.connection.status).toEqual({ state: 'connecting', attempt: 1 })
    })
  })

  describe('limits on connects', () => {
    it('C10.2 waits at least a second after HTTP 429, growing', () => {
      for (const seed of ['a', 'b', 'c', 'd']) {
        const { time, network, connected } = offline({ seed })
        network.dialed = (dial) => time.at(time.nowMs, () => dial.refuse({ status: 429 }))
        connected.listen()
        time.pass(200_000)
        const waits = waitsBetween(network.dialedAtMs)
        expect(waits[0]).toBeGreaterThanOrEqual(1000)
        expect(waits[3]).toBeGreaterThanOrEqual(6000)
        expect(waits[6]).toBeGreaterThanOrEqual(22_500)
      }
    })

    it('C10.2 waits as long as HTTP 429 says, if that is longer', () => {
      const { time, network, connected } = offline()
      connected.listen()
      network.newest.refuse({ status: 429, retryAfterMs: 12_000 })
      time.pass(11_999)
      expect(network.dials).toHaveLength(1)
      time.pass(1)
      expect(network.dials).toHaveLength(2)
    })

    it('C10.2 waits the stated time after HTTP 418', () => {
      const { time, network, connected } = offline()
      connected.listen()
      network.newest.refuse({ status: 418, retryAfterMs: 45_000 })
      expect(connected.connection.status).toEqual({
        state: 'waiting',
        reason: 'blocked',
        retryAtMs: time.environment.now() + 45_000,
      })
      time.pass(44_999)
      expect(network.dials).toHaveLength(1)
      time.pass(1)
      expect(network.dials).toHaveLength(2)
    })

    it('C10.2 waits 60 s after HTTP 418 where no time is stated, doubling', () => {
      const { time, network, connected } = offline()
      network.dialed = (dial) => time.at(time.nowMs, () => dial.refuse({ status: 418 }))
      connected.listen()
      time.pass(500_000)
      expect(waitsBetween(network.dialedAtMs)).toEqual([60_000, 120_000, 240_000])
    })

    it('C10.2 begins with 60 s again once a dial has opened', () => {
      const { time, network, connected } = offline()
      connected.listen()
      network.newest.refuse({ status: 418 })
      time.pass(60_000)
      network.newest.open()
      network.newest.end(1006)
      time.pass(10_000)
      network.newest.refuse({ status: 418 })
      const { length } = network.dials
      time.pass(59_999)
      expect(network.dials).toHaveLength(length)
      time.pass(1)
      expect(network.dials).toHaveLength(length + 1)
    })

    it('C10.2 holds back every dial of the host after HTTP 418, whichever connection it is of', () => {
      const { time, network, connected, another } = offline()
      const others = Array.from({ length: 7 }, another)
      connected.listen()
      for (const other of others) other.listen()
      expect(network.dials).toHaveLength(5)
      time.pass(100)
      network.dials[0]!.refuse({ status: 418, retryAfterMs: 60_000 })
      network.dials[1]!.refuse()
      another().listen()
      time.pass(59_000)
      expect(network.dials).toHaveLength(5)
      expect(others[6]!.states).toEqual(['idle', 'waiting: connect-limit', 'waiting: blocked'])
      time.pass(2000)
      expect(network.dials.length).toBeGreaterThan(5)
    })

    it('takes a block in a handshake for one, though the session before ended with an error', () => {
      const { time, network, connected, dial } = online()
      time.pass(20_000)
      dial.error('INVALID_PARAM')
      dial.end(1000)
      time.pass(400)
      network.newest.refuse({ status: 418, retryAfterMs: 60_000 })
      expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'blocked' })
    })
  })

  describe('what it reports', () => {
    it('says nothing of a stable session that ended, which is everyday life', () => {
      const { time, network, connected, dial } = online()
      time.pass(20_000)
      dial.end(1006)
      time.pass(400)
      network.newest.open()
      expect(connected.errors).toEqual([])
    })

    it('C8.1 reports each failed dial with its cause and what comes next', () => {
      const { connected, network } = offline()
      connected.listen()
      const cause = new Error('connect ECONNREFUSED 127.0.0.1:9')
      network.newest.refuse({ cause })
      expect(connected.errors).toEqual([
        expect.objectContaining({
          code: 'CONNECT_FAILED',
          message: 'No connection to exchange.invalid: not opened: connect ECONNREFUSED 127.0.0.1:9.',
          nextStep: expect.stringMatching(/^The next attempt is in [12] s; nothing has to be done for it\.$/),
          cause,
        }),
      ])
    })

    it('C8.1 reports a block even after a stable session', () => {
      const { connected, network, time, dial } = online()
      time.pass(20_000)
      dial.end(1006)
      time.pass(400)
      network.newest.refuse({ status: 418, retryAfterMs: 60_000 })
      expect(connected.errors.map(({ message }) => message)).toEqual([
        'No connection to exchange.invalid: HTTP 418: blocked.',
      ])
    })
  })

  it('C11.2 dials at most six times in ten seconds and five in any second, for any number of connections and any server', () => {
    const behaviour = fc.oneof(
      fc.record({
        kind: fc.constant('refuse' as const),
        status: fc.constantFrom(429, 418, 500, 503, undefined),
        retryAfterMs: fc.option(fc.nat(3000), { nil: undefined }),
        afterMs: fc.nat(300),
      }),
      fc.record({
        kind: fc.constant('close' as const),
        openMs: fc.nat(12_000),
        code: fc.constantFrom(1000, 1001, 1006),
        afterMs: fc.nat(300),
      }),
      fc.record({
        kind: fc.constant('error' as const),
        name: fc.constantFrom('TOO_MANY_REQUEST', "I'm a teapot", 'INVALID_PARAM'),
        afterMs: fc.nat(300),
      }),
      fc.record({ kind: fc.constant('hang' as const), afterMs: fc.nat(300) }),
    )
    const churn = fc.array(fc.record({ index: fc.nat(11), afterMs: fc.nat(2000) }), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.array(behaviour, { minLength: 1, maxLength: 20 }),
        churn,
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(0, 5000),
        (behaviours, remounts, count, lingerMs) => {
          const { time, network, connected, another } = offline({ lingerMs })
          let turn = 0
          network.dialed = (dial) => {
            const next = behaviours[turn++ % behaviours.length]!
            time.at(time.nowMs + next.afterMs, () => {
              if (next.kind === 'refuse') return dial.refuse(next)
              if (next.kind === 'hang') return
              dial.open()
              if (next.kind === 'close') return time.at(time.nowMs + next.openMs, () => dial.end(next.code))
              dial.error(next.name)
              time.at(time.nowMs + 150, () => dial.end(1000))
            })
          }
          const all = [connected, ...Array.from({ length: count - 1 }, another)]
          for (const each of all) each.want('KRW-BTC')
          const subscriptions = all.map((each) => each.listen())
          for (const { index, afterMs } of remounts) {
            time.pass(afterMs)
            subscriptions[index % count]!.unsubscribe()
            time.pass(afterMs % 3)
            subscriptions[index % count] = all[index % count]!.listen()
          }
          time.pass(60_000)
          for (const subscription of subscriptions) subscription.unsubscribe()
          expect(mostInAnyWindow(network.dialedAtMs, 1000)).toBeLessThanOrEqual(5)
          expect(mostInAnyWindow(network.dialedAtMs, 10_000)).toBeLessThanOrEqual(6)
        },
      ),
      { numRuns: 60 },
    )
  })
})
