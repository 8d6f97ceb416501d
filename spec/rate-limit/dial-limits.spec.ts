import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { DialTurn, DialWait } from '../../src/rate-limit/dial-limits'
import { DialLimits } from '../../src/rate-limit/dial-limits'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import type { Priority } from '../../src/rate-limit/priority'

function start(): {
  time: VirtualTime
  dials: DialLimits
  went: { atMs: number; turn: DialTurn }[]
  waits: DialWait[]
  ask(priority?: Priority): void
} {
  const time = virtualTime()
  const dials = new DialLimits(new RateLimiter(time.environment), 'api.upbit.com')
  const went: { atMs: number; turn: DialTurn }[] = []
  const waits: DialWait[] = []
  return {
    time,
    dials,
    went,
    waits,
    ask: (priority = 'subscribe') =>
      void dials
        .turn$(priority, (wait) => void waits.push(wait))
        .subscribe((turn) => void went.push({ atMs: time.nowMs, turn })),
  }
}

describe('DialLimits', () => {
  it('C10.2 holds all dials of the host back after HTTP 429, for a second at least, growing', () => {
    const { time, went, waits, ask } = start()
    const holds: number[] = []
    for (let i = 0; i < 4; i++) {
      ask()
      const { turn } = went[went.length - 1]!
      turn.refused(429)
      waits.length = 0
      ask()
      holds.push(waits[0]!.delayMs)
      time.pass(holds[i]! + 20_000)
      went[went.length - 1]!.turn.refused(429)
      time.pass(60_000)
    }
    expect(holds).toEqual([1000, 4000, 16_000, 30_000])
    expect(waits[0]!.reason).toBe('connect-limit')
  })

  it('C10.2 waits as long as HTTP 429 says', () => {
    const { went, waits, ask } = start()
    ask()
    went[0]!.turn.refused(429, 12_000)
    ask()
    expect(waits).toEqual([{ delayMs: 12_000, reason: 'connect-limit' }])
  })

  it('C10.2 is blocked by HTTP 418 once, whoever tells of it', () => {
    const { time, dials, went, waits, ask } = start()
    ask()
    went[0]!.turn.refused(418)
    expect(dials.block(undefined)).toBe(60_000)
    ask()
    expect(waits).toEqual([{ delayMs: 60_000, reason: 'blocked' }])
    time.pass(60_000)
    went[1]!.turn.refused(418)
    expect(dials.block(undefined)).toBe(120_000)
    time.pass(120_000)
    ask()
    went[2]!.turn.accepted()
    expect(dials.block(undefined)).toBe(60_000)
  })

  it('C11.1 counts from the answer, from the end of the socket, or from when it must be gone', () => {
    const ends: ((turn: DialTurn) => void)[] = [
      (turn) => turn.accepted(),
      (turn) => turn.refused(503),
      (turn) => turn.refused(),
      (turn) => turn.left(1000),
    ]
    const sixthAtMs = ends.map((end) => {
      const { time, went, ask } = start()
      for (let i = 0; i < 6; i++) ask()
      time.pass(3000)
      end(went[0]!.turn)
      // Only the first word counts.
      time.pass(500)
      went[0]!.turn.left(1000)
      time.pass(9000)
      return went[5]?.atMs
    })
    expect(sixthAtMs).toEqual([4010, 4010, 4010, 5010])
  })

  it('says once that an Origin had to be waited for', () => {
    const { dials } = start()
    expect([dials.isFirstOriginWait(), dials.isFirstOriginWait()]).toEqual([true, false])
  })
})
