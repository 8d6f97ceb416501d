import { virtualTime } from '../support/virtual-time'
import type { VirtualTime } from '../support/virtual-time'
import type { MessageBudget } from '../../src/rate-limit/message-budget'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'

function start(hasPings = true): {
  time: VirtualTime
  limiter: RateLimiter
  budget: MessageBudget
  proofs(): number
  take(messages: number): string[]
} {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  let proofs = 0
  const budget = limiter.messages('api.upbit.com', hasPings, () => proofs++)
  return {
    time,
    limiter,
    budget,
    proofs: () => proofs,
    take: (messages) => Array.from({ length: messages }, () => budget.take()),
  }
}

describe('MessageBudget', () => {
  it('C11.1 lets five go, and the sixth a second after the first proof', () => {
    const { time, budget, take } = start()
    const payloads = take(4)
    expect(budget.waitMs(true)).toBe(0)
    payloads.push(...take(1))
    expect(budget.waitMs(true)).toBe(1010)
    time.pass(60_000)
    // Nothing has proved them: a link may have stalled for that long.
    expect(budget.waitMs(true)).toBe(1010)
    budget.ponged(payloads[1])
    time.pass(1009)
    expect(budget.waitMs(true)).toBe(1)
    time.pass(1)
    expect(budget.waitMs(true)).toBe(0)
  })

  it('takes the pong of a message for the proof of those before it, and tells of it once', () => {
    const { time, budget, proofs, take } = start()
    const payloads = take(5)
    budget.ponged(payloads[4])
    budget.ponged(payloads[2])
    expect(proofs()).toBe(1)
    time.pass(1010)
    take(4)
    expect(budget.waitMs(true)).toBe(0)
  })

  it.each(['', '6', '-1', 'x', '1e3', '9'.repeat(20)])('takes the pong %j for nothing', (payload) => {
    const { time, budget, proofs, take } = start()
    take(5)
    budget.ponged(payload)
    time.pass(5000)
    expect(budget.waitMs(true)).toBeGreaterThan(0)
    expect(proofs()).toBe(0)
  })

  it('takes a frame that only the last message can have caused for the proof of all', () => {
    const { time, budget, take } = start()
    take(5)
    budget.caused()
    time.pass(1010)
    expect(budget.waitMs(true)).toBe(0)
  })

  it('C11.1 keeps 10 messages of a minute for additions', () => {
    const { time, budget, take } = start()
    for (let i = 0; i < 90; i++) {
      budget.ponged(take(1)[0])
      if (i % 5 === 4) time.pass(1010)
    }
    expect(budget.waitMs(true)).toBe(0)
    expect(budget.waitMs(false)).toBe(60_010 - time.nowMs)
    for (let i = 0; i < 10; i++) {
      budget.ponged(take(1)[0])
      if (i % 5 === 4) time.pass(1010)
    }
    expect(budget.waitMs(true)).toBe(60_010 - time.nowMs)
    expect(budget.isScarce).toBe(true)
  })

  it.each([
    ['a browser, which has no pings', false],
    ['an adapter whose pongs do not say whose they are', true],
  ])('C11.1 takes what no frame proves for counted after 25 s, for %s', (_case, hasPings) => {
    const { time, budget, take } = start(hasPings)
    take(5)
    if (hasPings) budget.ponged(undefined)
    time.pass(26_009)
    expect(budget.waitMs(true)).toBe(1)
    time.pass(1)
    expect(budget.waitMs(true)).toBe(0)
    take(5)
    budget.caused()
    time.pass(1010)
    expect(budget.waitMs(true)).toBe(0)
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
    take(1)
    expect(limiter.budgets()).toMatchObject([{ free: 4, waits: { count: 1, totalMs: 1500, maxMs: 1500 } }])
    budget.close()
    expect(limiter.budgets()).toEqual([])
  })
})
