import fc from 'fast-check'
import { mostInAnyWindow } from '../support/windows'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { Environment } from '../../src/base/environment'
import { realEnvironment } from '../../src/base/environment'
import type { DialPlace } from '../../src/connection/dial-pacer'
import { DialPacer, dialPacerOf } from '../../src/connection/dial-pacer'

const host = 'api.upbit.com'

function start(): { time: VirtualTime; pacer: DialPacer } {
  const time = virtualTime()
  return { time, pacer: new DialPacer(time.environment) }
}

/** Dials as soon as it may, and says when that was. */
function dialWhenDue(time: VirtualTime, pacer: DialPacer, dialedAtMs: number[], name = host): DialPlace {
  const place = pacer.join(name)
  const turn = (): void => {
    const { delayMs } = place.wait()
    if (delayMs > 0) return time.at(time.nowMs + delayMs, turn)
    place.go()
    dialedAtMs.push(time.nowMs)
  }
  turn()
  return place
}

describe('DialPacer', () => {
  it('C11.2 lets five dials go at once, the sixth after a second and the next after ten', () => {
    const { time, pacer } = start()
    const dialedAtMs: number[] = []
    for (let i = 0; i < 8; i++) dialWhenDue(time, pacer, dialedAtMs)
    time.pass(60_000)
    expect(dialedAtMs).toEqual([0, 0, 0, 0, 0, 1100, 10_200, 10_200])
  })

  it('tells everyone in line when the turn will come', () => {
    const { pacer } = start()
    const places = Array.from({ length: 8 }, () => pacer.join(host))
    expect(places.map((place) => place.wait().delayMs)).toEqual([0, 0, 0, 0, 0, 1100, 10_200, 10_200])
    expect(places[7]?.wait().reason).toBe('connect-limit')
  })

  it('moves the line up when somebody leaves it', () => {
    const { pacer } = start()
    const places = Array.from({ length: 7 }, () => pacer.join(host))
    expect(places[6]?.wait().delayMs).toBe(10_200)
    places[0]?.leave()
    expect(places[6]?.wait().delayMs).toBe(1100)
    places[1]?.leave()
    expect(places[6]?.wait().delayMs).toBe(0)
  })

  it('takes no dial back that went', () => {
    const { pacer } = start()
    for (let i = 0; i < 6; i++) {
      const place = pacer.join(host)
      place.go()
      place.leave()
    }
    expect(pacer.join(host).wait().delayMs).toBe(10_200)
  })

  it('counts each host by itself', () => {
    const { time, pacer } = start()
    for (let i = 0; i < 6; i++) dialWhenDue(time, pacer, [])
    expect(pacer.join('127.0.0.1:9000').wait().delayMs).toBe(0)
  })

  it('C10.2 holds back every dial of a blocked host, those in line too, and none of another', () => {
    const { time, pacer } = start()
    const dialedAtMs: number[] = []
    for (let i = 0; i < 7; i++) dialWhenDue(time, pacer, dialedAtMs)
    const elsewhere: number[] = []
    time.pass(500)
    expect(pacer.block(host, 60_000)).toBe(60_000)
    expect(pacer.join(host).wait()).toEqual({ delayMs: 60_000, reason: 'blocked' })
    dialWhenDue(time, pacer, elsewhere, 'sg-api.upbit.com')
    time.pass(120_000)
    expect(dialedAtMs).toEqual([0, 0, 0, 0, 0, 60_500, 60_500])
    expect(elsewhere).toEqual([500])
  })

  it('C10.2 blocks for 60 s where no time is stated, doubling with each block until a dial opens', () => {
    const { pacer, time } = start()
    const block = (): number => {
      const waitMs = pacer.block(host, undefined)
      time.pass(waitMs)
      return waitMs
    }
    expect([block(), block(), block()]).toEqual([60_000, 120_000, 240_000])
    pacer.opened(host)
    expect(block()).toBe(60_000)
  })

  it('C10.2 blocks for an hour at most where no time is stated, and for as long as is stated', () => {
    const { pacer, time } = start()
    for (let blocks = 0; blocks < 20; blocks++) time.pass(pacer.block(host, undefined))
    expect(pacer.block(host, undefined)).toBe(3_600_000)
    expect(pacer.block(host, 7_200_000)).toBe(7_200_000)
  })

  it('C10.2 takes a stated time of nothing for none, since each answer would be followed by the next dial', () => {
    const { pacer, time } = start()
    expect(pacer.block(host, 0)).toBe(60_000)
    time.pass(60_000)
    expect(pacer.block(host, 0)).toBe(120_000)
  })

  it('C10.2 doubles once for a block, however many dials under way it is told to', () => {
    const { pacer, time } = start()
    for (let dial = 0; dial < 5; dial++) expect(pacer.block(host, undefined)).toBe(60_000)
    time.pass(60_000)
    expect(pacer.block(host, undefined)).toBe(120_000)
  })

  it('C8.3 forgets a host that is dialed no more, and no sooner than its limits are over', () => {
    const { pacer, time } = start()
    for (let i = 0; i < 1000; i++) pacer.join(`host-${i}.invalid`).go()
    pacer.join('waiting.invalid')
    pacer.block('blocked.invalid', 60_000)
    expect(pacer.hosts).toBe(1002)
    time.pass(10_199)
    pacer.join(host).go()
    expect(pacer.hosts).toBe(1003)
    time.pass(1)
    pacer.join('next.invalid').leave()
    // The blocked one, the one in line, and the two dialed last.
    expect(pacer.hosts).toBe(4)
    expect(pacer.join('blocked.invalid').wait().reason).toBe('blocked')
  })

  it('lets a short block shorten no longer one', () => {
    const { pacer } = start()
    pacer.block(host, 60_000)
    expect(pacer.block(host, 1000)).toBe(60_000)
  })

  it('C11.2 keeps both limits under any order of dials, departures and blocks', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('dial' as const) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), index: fc.nat(20) }) },
      // From 1: a stated time of nothing is taken for none, and lasts 60 s (C10.2).
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('block' as const),
          blockMs: fc.integer({ min: 1, max: 5000 }),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), durationMs: fc.nat(3000) }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { time, pacer } = start()
        const dialedAtMs: number[] = []
        const places: DialPlace[] = []
        let blockedUntilMs = 0
        for (const action of steps) {
          if (action.kind === 'dial') {
            const isFree =
              time.nowMs >= blockedUntilMs && !dialedAtMs.some((atMs) => atMs > time.nowMs - 10_200)
            const before = dialedAtMs.length
            const inLine = places.some((place) => place.wait().delayMs > 0)
            places.push(dialWhenDue(time, pacer, dialedAtMs))
            // C11.1: never a wait when every permit of the period is free.
            if (isFree && !inLine) expect(dialedAtMs).toHaveLength(before + 1)
          } else if (action.kind === 'leave') {
            places[action.index]?.leave()
          } else if (action.kind === 'block') {
            pacer.block(host, action.blockMs)
            blockedUntilMs = Math.max(blockedUntilMs, time.nowMs + action.blockMs)
          } else {
            time.pass(action.durationMs)
          }
        }
        time.pass(1_000_000)
        expect(mostInAnyWindow(dialedAtMs, 1000)).toBeLessThanOrEqual(5)
        expect(mostInAnyWindow(dialedAtMs, 10_000)).toBeLessThanOrEqual(6)
      }),
    )
  })
})

describe('dialPacerOf', () => {
  it('is one for each clock', () => {
    const { environment } = virtualTime()
    expect(dialPacerOf(environment)).toBe(dialPacerOf(environment))
    expect(dialPacerOf(virtualTime().environment)).not.toBe(dialPacerOf(environment))
  })

  it('C1.5 C11.2 is one for the whole process, in whatever copy of the package the real clock is', () => {
    const mine = dialPacerOf(realEnvironment)
    jest.isolateModules(() => {
      /* eslint-disable @typescript-eslint/no-require-imports -- a second copy is what `require` gives here */
      const clock = require('../../src/base/environment') as { realEnvironment: Environment }
      const copy = require('../../src/connection/dial-pacer') as { dialPacerOf: typeof dialPacerOf }
      /* eslint-enable @typescript-eslint/no-require-imports */
      expect(clock.realEnvironment).not.toBe(realEnvironment)
      expect(copy.dialPacerOf).not.toBe(dialPacerOf)
      expect(copy.dialPacerOf(clock.realEnvironment)).toBe(mine)
      // A clock of the user's own, given to both.
      const { environment } = virtualTime()
      expect(copy.dialPacerOf(environment)).toBe(dialPacerOf(environment))
    })
  })
})
