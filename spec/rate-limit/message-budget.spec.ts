import { virtualTime } from '../support/virtual-time'
import type { VirtualTime } from '../support/virtual-time'
import type { MessageBudget } from '../../src/rate-limit/message-budget'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'

function start(hasPings = true): {
  time: VirtualTime
  limiter: RateLimiter
  budget: MessageBudget
  proofs(): number
  /** Something came from the server. */
  sign(): void
  take(messages: number): string[]
} {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  let proofs = 0
  let signAtMs = 0
  const budget = limiter.messages('api.upbit.com', {
    hasPings,
    proved: () => proofs++,
    signAgeMs: () => time.nowMs - signAtMs,
  })
  return {
    time,
    limiter,
    budget,
    proofs: () => proofs,
    sign: () => (signAtMs = time.nowMs),
    take: (messages) => Array.from({ length: messages }, () => budget.take()),
  }
}

describe('MessageBudget', () => {
  it('C11.1 lets five go, and the sixth a second after the first proof', () => {
    const { time, budget, take } = start()
    const payloads = take(4)
    expect(budget.waitMs('addition')).toBe(0)
    payloads.push(...take(1))
    expect(budget.waitMs('addition')).toBe(1010)
    time.pass(60_000)
    // Nothing has proved them: a link may have stalled for that long.
    expect(budget.waitMs('addition')).toBe(1010)
    budget.ponged(payloads[1])
    time.pass(1009)
    expect(budget.waitMs('addition')).toBe(1)
    time.pass(1)
    expect(budget.waitMs('addition')).toBe(0)
  })

  it('takes the pong of a message for the proof of those before it, and tells of it once', () => {
    const { time, budget, proofs, take } = start()
    const payloads = take(5)
    budget.ponged(payloads[4])
    budget.ponged(payloads[2])
    expect(proofs()).toBe(1)
    time.pass(1010)
    take(4)
    expect(budget.waitMs('addition')).toBe(0)
  })

  it.each(['', '6', '-1', 'x', '1e3', '9'.repeat(20)])('takes the pong %j for nothing', (payload) => {
    const { time, budget, proofs, take } = start()
    take(5)
    budget.ponged(payload)
    time.pass(5000)
    expect(budget.waitMs('addition')).toBeGreaterThan(0)
    expect(proofs()).toBe(0)
  })

  it('takes a frame that only the last message can have caused for the proof of all', () => {
    const { time, budget, take } = start()
    const payloads = take(5)
    budget.caused(payloads[3]!)
    expect(budget.waitMs('addition')).toBe(1010)
    time.pass(1010)
    expect(budget.waitMs('addition')).toBe(0)
    take(4)
    expect(budget.waitMs('addition')).toBeGreaterThan(0)
  })

  it('C11.1 keeps 10 messages of a minute for additions', () => {
    const { time, budget, take } = start()
    for (let i = 0; i < 90; i++) {
      budget.ponged(take(1)[0])
      if (i % 5 === 4) time.pass(1010)
    }
    expect(budget.waitMs('addition')).toBe(0)
    expect(budget.waitMs('other')).toBe(60_010 - time.nowMs)
    for (let i = 0; i < 10; i++) {
      budget.ponged(take(1)[0])
      if (i % 5 === 4) time.pass(1010)
    }
    expect(budget.waitMs('addition')).toBe(60_010 - time.nowMs)
    expect(budget.isScarce).toBe(true)
  })

  describe.each([
    ['a browser, which has no pings', false],
    ['an adapter whose pongs do not say whose they are', true],
  ])('for %s', (_case, hasPings) => {
    function startWithout(): ReturnType<typeof start> {
      const made = start(hasPings)
      if (hasPings) made.budget.ponged(undefined)
      return made
    }

    it('C11.1 keeps one in five for what keeps alive, and six of a minute', () => {
      const { time, budget, take } = startWithout()
      budget.caused(take(4)[3]!)
      expect(['addition', 'other', 'keep-alive'].map((use) => budget.waitMs(use as 'other'))).toEqual([
        1010, 1010, 0,
      ])
      for (let sent = 4; sent < 92; sent += 4) {
        time.pass(1010)
        budget.caused(take(4)[3]!)
      }
      time.pass(1010)
      take(2)
      expect(budget.waitMs('addition')).toBeGreaterThan(10_000)
      expect(budget.waitMs('keep-alive')).toBe(0)
    })

    it('C11.1 takes what nothing proves for counted with a sign of life a minute after it, and never without', () => {
      const { time, budget, sign, take } = startWithout()
      take(4)
      time.pass(59_999)
      sign()
      time.pass(600_000)
      // A line that delivers nothing, in a page whose timers are late.
      expect(budget.waitMs('addition')).toBe(1010)
      sign()
      time.pass(1009)
      expect(budget.waitMs('addition')).toBe(1)
      time.pass(1)
      expect(budget.waitMs('addition')).toBe(0)
    })

    it('C11.1 takes a sign that seems to come from the future, since the clock was set back, for none', () => {
      const { time, budget, sign, take } = startWithout()
      take(4)
      time.pass(61_000)
      sign()
      const { nowMs } = time
      jest.spyOn(time, 'nowMs', 'get').mockReturnValue(nowMs - 3_600_000)
      expect(budget.waitMs('addition')).toBe(1010)
    })

    it('needs a question where changes wait for a proof, and a permit is left for it', () => {
      const { time, budget, take } = startWithout()
      take(3)
      expect(budget.needsQuestion).toBe(false)
      const payloads = take(1)
      expect(budget.needsQuestion).toBe(true)
      payloads.push(...take(1))
      expect(budget.needsQuestion).toBe(false)
      budget.caused(payloads[1]!)
      time.pass(1010)
      expect(budget.waitMs('addition')).toBe(0)
      budget.caused(take(4)[3]!)
      // Proved: the time alone is waited for.
      expect(budget.needsQuestion).toBe(false)
    })
  })

  describe('a peer that sends, and answers no ping or none with what it carried', () => {
    it('C11.1 is taken for one without pings by a sign 10 s after a message: a minute after it that has counted', () => {
      const { time, budget, sign, take } = start()
      take(5)
      budget.ponged('')
      time.pass(9999)
      sign()
      expect(budget.waitMs('addition')).toBe(1010)
      expect(budget.needsQuestion).toBe(false)
      time.pass(50_000)
      sign()
      // Taken for one without pings, and proved by nothing yet.
      expect(budget.waitMs('addition')).toBe(1010)
      time.pass(1)
      sign()
      time.pass(1009)
      expect(budget.waitMs('addition')).toBe(1)
      time.pass(1)
      expect(budget.waitMs('addition')).toBe(0)
      take(4)
      // One in five is kept from here on, for what asks for a proof.
      expect(budget.waitMs('addition')).toBe(1010)
      expect(budget.needsQuestion).toBe(true)
    })

    it('C11.1 is one with pings as long as nothing comes from it, and again from the first pong that says whose it is', () => {
      const { time, budget, proofs, sign, take } = start()
      const payloads = take(4)
      time.pass(300_000)
      expect(budget.needsQuestion).toBe(false)
      sign()
      time.pass(1)
      expect(budget.waitMs('addition')).toBe(1009)
      budget.ponged(payloads[3])
      expect(proofs()).toBe(0)
      take(1)
      // With pings five may go: the four have returned.
      time.pass(1010)
      take(3)
      expect(budget.waitMs('addition')).toBe(0)
    })
  })

  it('is among the budgets until its connection is gone', () => {
    const { time, limiter, budget, take } = start()
    const payloads = take(5)
    budget.waiting(true)
    expect(limiter.budgets()).toEqual([
      {
        host: 'api.upbit.com',
        scope: 'connection',
        group: 'websocket-message',
        limit: 5,
        periodMs: 1000,
        free: 0,
        waiting: { reconnect: 0, subscribe: 1, reconcile: 0, backfill: 0, poll: 0 },
        waits: { count: 0, totalMs: 0, maxMs: 0 },
        blockedUntilMs: undefined,
      },
    ])
    budget.ponged(payloads[4])
    time.pass(1500)
    budget.waiting(false)
    take(1)
    expect(limiter.budgets()).toMatchObject([{ free: 4, waits: { count: 1, totalMs: 1500, maxMs: 1500 } }])
    budget.close()
    expect(limiter.budgets()).toEqual([])
  })
})
