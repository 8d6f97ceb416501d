/** What a connection does when it is told that it may have slept, or that a network is back (C10.3). */
import { Subject } from 'rxjs'
import type { Offline } from '../support/online'
import { offline, online } from '../support/online'

/** A connection whose dials are refused, and that has failed so often that it waits for half a minute. */
function waiting(
  wakeUps$: Subject<void>,
  answer: Parameters<Offline['network']['newest']['refuse']>[0] = {},
): Offline {
  const made = offline({ wakeUps$ })
  made.network.dialed = (dial) => made.time.at(made.time.nowMs, () => dial.refuse(answer))
  made.connected.listen()
  while (made.network.dials.length < 7) made.time.pass(1000)
  return made
}

describe('a wake-up', () => {
  it('C10.3 pings at once, and a line without an answer is dead 10 s later', () => {
    const wakeUps$ = new Subject<void>()
    const { time, dial } = online(['KRW-BTC'], { answersPings: false, wakeUps$ })
    time.pass(12_000)
    wakeUps$.next()
    expect(dial.pingedAtMs).toEqual([12_000])
    time.pass(9999)
    expect(dial.terminatedAtMs).toBeUndefined()
    time.pass(1)
    expect(dial.terminatedAtMs).toBe(22_000)
  })

  it('C10.3 does not put off the end of a line that is waited for, nor ping more than once in 5 s', () => {
    const wakeUps$ = new Subject<void>()
    const { time, dial } = online(['KRW-BTC'], { answersPings: false, wakeUps$ })
    for (let second = 0; second < 8; second++) {
      time.pass(1000)
      wakeUps$.next()
    }
    expect(dial.pingedAtMs).toEqual([5000])
    time.pass(6999)
    expect(dial.terminatedAtMs).toBeUndefined()
    time.pass(1)
    expect(dial.terminatedAtMs).toBe(15_000)
  })

  it('C10.3 the next beat is 30 s after that ping', () => {
    const wakeUps$ = new Subject<void>()
    const { time, dial } = online(['KRW-BTC'], { wakeUps$ })
    time.pass(12_000)
    wakeUps$.next()
    time.pass(60_000)
    expect(dial.pingedAtMs).toEqual([12_000, 42_000, 72_000])
  })

  it('C10.3 dials within 400 ms instead of after the backoff, and says so', () => {
    const wakeUps$ = new Subject<void>()
    const { time, network, connected } = waiting(wakeUps$)
    const { length } = network.dials
    network.dialed = () => {}
    wakeUps$.next()
    expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'backoff' })
    const { status } = connected.connection
    const leftMs = status.state === 'waiting' ? status.retryAtMs - time.environment.now() : NaN
    expect(leftMs).toBeGreaterThanOrEqual(100)
    expect(leftMs).toBeLessThanOrEqual(400)
    time.pass(leftMs)
    expect(network.dials).toHaveLength(length + 1)
  })

  it('C10.1 the backoff goes on growing after a dial that a wake-up brought forward', () => {
    const wakeUps$ = new Subject<void>()
    const { time, network } = waiting(wakeUps$)
    wakeUps$.next()
    time.pass(400)
    const { length } = network.dials
    time.pass(22_000)
    expect(network.dials).toHaveLength(length)
  })

  it('C11.2 many of them break no limit', () => {
    const wakeUps$ = new Subject<void>()
    const { time, network } = waiting(wakeUps$)
    const { length } = network.dials
    for (let i = 0; i < 1000; i++) {
      wakeUps$.next()
      time.pass(10)
    }
    expect(network.dials.length - length).toBeLessThanOrEqual(6)
  })

  it.each([
    ['what the exchange states', { status: 429, retryAfterMs: 60_000 }, 60_000],
    ['a block', { status: 418, retryAfterMs: 90_000 }, 90_000],
  ])('C10.2 does not shorten %s', (_what, answer, waitMs) => {
    const wakeUps$ = new Subject<void>()
    const { time, network, connected } = offline({ wakeUps$ })
    connected.listen()
    network.newest.refuse(answer)
    time.pass(1000)
    wakeUps$.next()
    time.pass(waitMs - 1001)
    wakeUps$.next()
    expect(network.dials).toHaveLength(1)
    time.pass(1)
    expect(network.dials).toHaveLength(2)
  })

  it('C1.6 is listened to only while the connection is wanted', () => {
    const wakeUps$ = new Subject<void>()
    const { time, network, connected } = offline({ wakeUps$ })
    expect(wakeUps$.observed).toBe(false)
    const listening = connected.listen()
    network.newest.refuse()
    expect(wakeUps$.observed).toBe(true)
    time.pass(2000)
    network.newest.open()
    expect(wakeUps$.observed).toBe(true)
    listening.unsubscribe()
    time.pass(5000)
    expect(wakeUps$.observed).toBe(false)
  })
})
