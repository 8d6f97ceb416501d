import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { DialTurn, DialWait } from '../../src/rate-limit/dial-limits'
import { DialLimits } from '../../src/rate-limit/dial-limits'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import type { Priority } from '../../src/rate-limit/priority'
import { RestLimits } from '../../src/rate-limit/rest-limits'

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

interface Side {
  /** Asks for a turn, which `went` has when it came. */
  ask(): void
  readonly went: { readonly atMs: number; readonly turn: DialTurn }[]
  readonly waits: DialWait[]
  readonly dials: DialLimits
}

/** Dials without a token and those of an account, in one process. */
function startBoth(): {
  time: VirtualTime
  limiter: RateLimiter
  common: Side
  own: Side
  /** A call of the public market data, answered at once; when it went. */
  call(status?: number, scope?: string): number[]
} {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  const side = (dials: DialLimits): Side => {
    const went: { atMs: number; turn: DialTurn }[] = []
    const waits: DialWait[] = []
    return {
      went,
      waits,
      dials,
      ask: () =>
        void dials
          .turn$('reconnect', (wait) => void waits.push(wait))
          .subscribe((turn) => void went.push({ atMs: time.nowMs, turn })),
    }
  }
  const rest = new RestLimits(limiter, 'api.upbit.com')
  return {
    time,
    limiter,
    common: side(new DialLimits(limiter, 'api.upbit.com')),
    own: side(new DialLimits(limiter, 'api.upbit.com', false, () => 'key')),
    call: (status = 200, scope = 'address') => {
      const atMs: number[] = []
      rest
        .turn$(scope === 'address' ? 'ticker' : 'order', { priority: 'reconcile', scope })
        .subscribe((turn) => {
          atMs.push(time.nowMs)
          turn.answered({ status, headers: { 'retry-after': '2' } })
        })
      return atMs
    },
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

  describe('C10.2 of an account, which stand in two lines', () => {
    it('go at once after a block of the address, as the one that goes first: they do not wait for themselves', () => {
      const { time, common, own, call } = startBoth()
      call(418)
      time.pass(5000)
      own.ask()
      expect(own.went.map(({ atMs }) => atMs)).toEqual([5000])
      common.ask()
      const called = call()
      time.pass(50)
      expect([common.went, called]).toEqual([[], []])
      own.went[0]!.turn.accepted()
      expect([common.went[0]!.atMs, called]).toEqual([5050, [5050]])
    })

    it('hold back by a block whatever would go beside the first of them, and no longer', () => {
      const { time, common, own, call } = startBoth()
      own.dials.block(2000)
      common.dials.block(2000)
      time.pass(2000)
      own.ask()
      own.ask()
      common.ask()
      expect([own.went.length, common.went.length]).toEqual([1, 0])
      own.went[0]!.turn.accepted()
      expect([own.went.length, common.went.length]).toEqual([2, 1])
      expect(call(200, 'key')).toEqual([2000])
    })

    it('are not taken for the one that has no answer while they wait in the line of all', () => {
      const { time, common, own, call } = startBoth()
      common.ask()
      common.went[0]!.turn.refused(429, 30_000)
      own.dials.block(1000)
      time.pass(1000)
      own.ask()
      // It waits for the others of its address, and keeps nobody of its account waiting by that.
      expect(call(200, 'key')).toEqual([1000])
      time.pass(28_999)
      expect(own.went).toEqual([])
      time.pass(1)
      expect(own.went.map(({ atMs }) => atMs)).toEqual([30_000])
    })

    it('go one by one after a block of the account, however many have come into the line of all meanwhile', () => {
      const { time, common, own, call } = startBoth()
      for (let i = 0; i < 5; i++) {
        common.ask()
        common.went[i]!.turn.accepted()
      }
      own.dials.block(500)
      time.pass(500)
      for (let i = 0; i < 3; i++) own.ask()
      time.pass(510)
      own.went[0]!.turn.left(0)
      time.pass(9000)
      // Five may go, and of these one.
      expect(own.went.map(({ atMs }) => atMs)).toEqual([1010, 10_010])
      const called = call(200, 'key')
      time.pass(900)
      expect([own.went.length, called]).toEqual([2, []])
      own.went[1]!.turn.accepted()
      expect([own.went.length, called]).toEqual([3, [10_910]])
    })

    it('C10.2 do not go when their account is blocked or held back while they wait in the line of all', () => {
      const { time, common, own } = startBoth()
      own.ask()
      common.ask()
      common.went[0]!.turn.refused(429, 5000)
      own.ask()
      time.pass(1000)
      own.went[0]!.turn.refused(418, 20_000)
      time.pass(19_999)
      expect(own.went).toHaveLength(1)
      expect(own.waits.at(-1)).toEqual({ delayMs: 16_000, reason: 'blocked' })
      time.pass(1)
      expect(own.went.map(({ atMs }) => atMs)).toEqual([0, 21_000])
    })

    it('cost nothing when they leave, or are sent back, before they went', () => {
      const { time, limiter, common, own } = startBoth()
      common.ask()
      common.went[0]!.turn.refused(429, 5000)
      const free = (): (number | undefined)[] =>
        limiter
          .budgets()
          .filter(({ group }) => group === 'websocket-connect')
          .map((budget) => budget.free)
      own.dials
        .turn$('reconnect', () => {})
        .subscribe()
        .unsubscribe()
      expect(free()).toEqual([4, 5])
      own.ask()
      own.dials.block(20_000)
      time.pass(15_000)
      expect(free()).toEqual([5, 5])
    })

    it('tell nobody a time that has come: who waits for an answer is told when that is given up', () => {
      const { time, common, own, call } = startBoth()
      call(418)
      time.pass(5000)
      own.ask()
      expect(own.waits).toEqual([])
      time.pass(100)
      common.ask()
      expect(common.waits).toEqual([{ delayMs: 9900, reason: 'blocked' }])
      own.went[0]!.turn.refused(429)
      time.pass(1)
      common.ask()
      expect(common.waits.every(({ delayMs }) => delayMs > 0)).toBe(true)
    })
  })
})
