import { NEVER } from 'rxjs'
import { online } from '../support/online'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import { heartbeat$ } from '../../src/connection/heartbeat'
import { aTicker } from '../../src/testing'
import type { Socket } from '../../src/transport/socket'

/** When text `PING`s went out. */
function textPings(dial: ReturnType<typeof online>['dial']): readonly number[] {
  return dial.sent.filter(({ text }) => text === 'PING').map(({ atMs }) => atMs)
}

describe('heartbeat$', () => {
  it('C10.3 pings every 30 s', () => {
    const { time, dial } = online()
    time.pass(125_000)
    expect(dial.pingedAtMs).toEqual([30_000, 60_000, 90_000, 120_000])
    expect(dial.terminatedAtMs).toBeUndefined()
  })

  it('C10.3 takes a socket for dead that has sent nothing for 10 s after a ping', () => {
    const { time, dial, connected } = online(['KRW-BTC'], { answersPings: false })
    time.pass(39_999)
    expect(dial.terminatedAtMs).toBeUndefined()
    time.pass(1)
    expect(dial.pingedAtMs).toEqual([30_000])
    expect(dial.terminatedAtMs).toBe(40_000)
    expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'backoff' })
  })

  it('C10.3 takes any frame for an answer', () => {
    const { time, dial } = online(['KRW-BTC'], { answersPings: false })
    for (let ping = 1; ping <= 3; ping++) {
      time.pass(35_000 + (ping - 1) * 30_000 - time.nowMs)
      dial.frame(aTicker())
    }
    time.pass(24_000)
    expect(dial.pingedAtMs).toEqual([30_000, 60_000, 90_000])
    expect(dial.terminatedAtMs).toBeUndefined()
    time.pass(36_000)
    expect(dial.terminatedAtMs).toBe(130_000)
  })

  it('C10.3 does not take a frame from before the ping for an answer', () => {
    const { time, dial } = online(['KRW-BTC'], { answersPings: false })
    time.pass(29_999)
    dial.frame(aTicker())
    time.pass(10_001)
    expect(dial.terminatedAtMs).toBe(40_000)
  })

  it('C10.3 does not take a quiet market for a dead connection', () => {
    const { time, dial, connected } = online()
    time.pass(3_600_000)
    expect(dial.terminatedAtMs).toBeUndefined()
    expect(connected.connection.status).toMatchObject({ state: 'live', epoch: 1 })
  })

  it('C10.3 has a browser send the text PING every 30 s, dead after 25 s of nothing', () => {
    const { time, dial } = online(['KRW-BTC'], { browser: true })
    time.pass(30_000)
    expect(textPings(dial)).toEqual([30_000])
    time.pass(24_000)
    dial.frame({ status: 'UP' })
    time.pass(6000)
    expect(textPings(dial)).toEqual([30_000, 60_000])
    time.pass(24_999)
    expect(dial.terminatedAtMs).toBeUndefined()
    time.pass(1)
    expect(dial.terminatedAtMs).toBe(85_000)
  })

  it('counts a text PING as a message of the pace, since the exchange may', () => {
    const { time, dial, connected } = online(['KRW-BTC'], { browser: true })
    time.pass(29_900)
    connected.want('KRW-ETH')
    time.pass(1000)
    dial.frame({ status: 'UP' })
    time.pass(29_050)
    connected.want('KRW-XRP')
    time.pass(1000)
    // The second one would have gone at 60,000, in the turn of the PING; 300 ms after it the pace is kept.
    expect(dial.sent.map(({ atMs }) => atMs)).toEqual([0, 29_950, 30_000, 60_000, 60_300])
  })

  describe('when the machine sleeps', () => {
    /** A heartbeat by itself, on a clock that can be moved like that of a machine that wakes up. */
    function beating(): {
      readonly time: VirtualTime
      readonly pingedAtMs: readonly number[]
      terminatedAtMs(): number | undefined
      sleep(durationMs: number): void
      sign(): void
    } {
      const time = virtualTime()
      let sleptMs = 0
      let signs = 0
      let terminatedAtMs: number | undefined
      const pingedAtMs: number[] = []
      const socket: Socket = {
        frames$: NEVER,
        pongs$: NEVER,
        send: () => {},
        ping: () => void pingedAtMs.push(time.nowMs),
        close: () => {},
        terminate: () => {
          terminatedAtMs = time.nowMs
        },
        reference: () => {},
      }
      const environment = { ...time.environment, now: () => time.environment.now() + sleptMs }
      heartbeat$(socket, {
        environment,
        signs: () => signs,
        wakeUps$: NEVER,
        keepsAlive: () => true,
      }).subscribe()
      return {
        time,
        pingedAtMs,
        terminatedAtMs: () => terminatedAtMs,
        sleep: (durationMs) => {
          sleptMs += durationMs
        },
        sign: () => {
          signs++
        },
      }
    }

    it('C10.3 checks at once', () => {
      const { time, sleep, pingedAtMs, terminatedAtMs } = beating()
      time.pass(12_000)
      sleep(3_600_000)
      time.pass(3000)
      expect(pingedAtMs).toEqual([15_000])
      time.pass(10_000)
      expect(terminatedAtMs()).toBe(25_000)
    })

    it('C10.3 lives on when that is answered', () => {
      const { time, sleep, sign, pingedAtMs, terminatedAtMs } = beating()
      sleep(3_600_000)
      time.pass(5000)
      sign()
      time.pass(30_000)
      expect(pingedAtMs).toEqual([5000, 35_000])
      expect(terminatedAtMs()).toBeUndefined()
    })

    it('asks again where it slept while it waited, since that wait proves nothing', () => {
      const { time, sleep, pingedAtMs, terminatedAtMs } = beating()
      time.pass(31_000)
      sleep(3_600_000)
      time.pass(4000)
      expect(pingedAtMs).toEqual([30_000, 35_000])
      expect(terminatedAtMs()).toBeUndefined()
    })

    it('C10.3 asks again once only where every timer is late, as in a hidden page', () => {
      const { time, sleep, pingedAtMs, terminatedAtMs } = beating()
      for (let minute = 0; minute < 4; minute++) {
        sleep(55_000)
        time.pass(5000)
      }
      expect(pingedAtMs).toHaveLength(2)
      expect(terminatedAtMs()).toBeDefined()
    })

    it('goes on beating when the clock is set back', () => {
      const { time, sleep, sign, pingedAtMs } = beating()
      time.pass(20_000)
      sleep(-3_600_000)
      for (let beat = 0; beat < 30; beat++) {
        time.pass(5000)
        sign()
      }
      // What passed between the last look at the clock and its setting is unknown to it: at most five seconds.
      expect(pingedAtMs).toEqual([35_000, 65_000, 95_000, 125_000, 155_000])
    })
  })
})
