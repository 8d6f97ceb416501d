import type { Subscription } from 'rxjs'
import { LimitedServer } from '../support/limited-server'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import { Gate } from '../../src/rate-limit/gate'
import { Line } from '../../src/rate-limit/line'
import type { Permit, Window } from '../../src/rate-limit/permits'
import { agePerStepMs, priorities, type Priority } from '../../src/rate-limit/priority'
import type { TurnRequest, TurnWait } from '../../src/rate-limit/waiters'
import fc from '../support/seeded-fast-check'

const ten: readonly Window[] = [{ limit: 10, periodMs: 1000 }]

interface Start {
  readonly time: VirtualTime
  readonly line: Line
  /** When each went, by the name that it was asked with. */
  readonly went: { readonly name: string; readonly atMs: number; readonly permit: Permit }[]
  ask(name: string, request?: Partial<TurnRequest>): Subscription
  readonly gate: Gate
}

function start(windows: readonly Window[] = ten): Start {
  const time = virtualTime()
  const gate = new Gate()
  const went: Start['went'] = []
  const line = new Line({
    environment: time.environment,
    now: () => time.nowMs,
    windows: () => windows,
    gates: () => [gate],
    firstOf: () => [gate],
    freed: () => line.move(),
  })
  const started: Start = {
    time,
    line,
    went,
    gate,
    ask: (name, request) =>
      line
        .turn$({ priority: 'poll', referenced: false, ...request })
        .subscribe((permit) => void went.push({ name, atMs: time.nowMs, permit })),
  }
  return started
}

const namesOf = ({ went }: Start): string => went.map(({ name }) => name).join(' ')

/** So many get in line and half of them leave it, from the end and from the middle, as their timeouts have it. */
function costOf(count: number) {
  const time = virtualTime()
  const cost = { asked: 0, timers: 0, went: 0, cpuUs: 0 }
  const line = new Line({
    environment: {
      ...time.environment,
      timer$: (delayMs, options) => {
        cost.timers++
        return time.environment.timer$(delayMs, options)
      },
    },
    now: () => (cost.asked++, time.nowMs),
    windows: () => ten,
    gates: () => (cost.asked++, []),
    firstOf: () => [],
    freed: () => {},
  })
  const before = process.cpuUsage()
  const waiters = Array.from({ length: count }, (_, index) =>
    line.turn$({ priority: priorities[index % 5]!, referenced: index % 2 === 0 }).subscribe((permit) => {
      cost.went++
      line.counted(permit)
    }),
  )
  for (const waiter of waiters.slice(count / 2).reverse()) waiter.unsubscribe()
  time.pass(100 * count)
  cost.cpuUs = process.cpuUsage(before).user
  return cost
}

describe('Line', () => {
  it('C11.1 lets go at once while permits are free, and the next a period after the proof of one', () => {
    const started = start([{ limit: 2, periodMs: 1000 }])
    const { time, line, went, ask } = started
    for (const name of ['a', 'b', 'c']) ask(name)
    time.pass(60_000)
    expect(namesOf(started)).toBe('a b')
    line.counted(went[1]!.permit)
    time.pass(1009)
    expect(namesOf(started)).toBe('a b')
    time.pass(1)
    expect(namesOf(started)).toBe('a b c')
  })

  it('takes the first proof only: what is said later changes nothing', () => {
    const { time, line, went, ask } = start([{ limit: 1, periodMs: 1000 }])
    ask('a')
    line.counted(went[0]!.permit)
    time.pass(900)
    line.counted(went[0]!.permit)
    ask('b')
    time.pass(110)
    expect(went.map(({ atMs }) => atMs)).toEqual([0, 1010])
  })

  it('C11.1 serves by priority, and by age within one', () => {
    const started = start([{ limit: 1, periodMs: 1000 }])
    const { time, line, went, ask } = started
    ask('first')
    for (const priority of [...priorities].reverse())
      for (const n of [1, 2]) ask(`${priority}${n}`, { priority })
    for (let i = 0; i < 10; i++) {
      line.counted(went[i]!.permit)
      time.pass(1010)
    }
    expect(namesOf(started)).toBe(
      'first reconnect1 reconnect2 subscribe1 subscribe2 reconcile1 reconcile2 backfill1 backfill2 poll1 poll2',
    )
  })

  it('C11.1 a poll goes within the time of ageing, however many reconnects come', () => {
    const { time, line, went, ask } = start([{ limit: 1, periodMs: 1000 }])
    ask('first', { priority: 'reconnect' })
    line.counted(went[0]!.permit)
    ask('poll')
    for (let i = 0; i < 40; i++) {
      ask(`reconnect ${i}`, { priority: 'reconnect' })
      // More come than can go.
      time.pass(505)
      for (const { permit } of went) line.counted(permit)
    }
    const polledAtMs = went.find(({ name }) => name === 'poll')!.atMs
    // Of one reconnect each half second 16 come within 8 s of it.
    expect(went.filter(({ atMs }) => atMs < polledAtMs)).toHaveLength(
      1 + 8000 / 505 + (505 - (8000 % 505)) / 505,
    )
  })

  it('C11.1 property: nobody is overtaken by who came more than 2 s a step of priority later', () => {
    const arrival = fc.record({ priority: fc.constantFrom(...priorities), afterMs: fc.nat(600) })
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 80 }), (arrivals) => {
        const { time, line, went, ask } = start([{ limit: 1, periodMs: 1000 }])
        const cameAtMs = new Map<string, { atMs: number; priority: Priority }>()
        const pass = (durationMs: number): void => {
          for (let leftMs = durationMs; leftMs > 0; leftMs -= 50) {
            for (const { permit } of went) line.counted(permit)
            time.pass(Math.min(50, leftMs))
          }
        }
        arrivals.forEach(({ priority, afterMs }, index) => {
          pass(afterMs)
          cameAtMs.set(String(index), { atMs: time.nowMs, priority })
          ask(String(index), { priority })
        })
        pass(arrivals.length * 1200)
        expect(went).toHaveLength(arrivals.length)
        went.forEach(({ name }, place) => {
          const later = cameAtMs.get(name)!
          for (const earlierName of went.slice(place + 1).map((each) => each.name)) {
            const overtaken = cameAtMs.get(earlierName)!
            const steps = priorities.indexOf(overtaken.priority) - priorities.indexOf(later.priority)
            if (later.atMs > overtaken.atMs) {
              expect(later.atMs - overtaken.atMs).toBeLessThanOrEqual(Math.max(0, steps) * agePerStepMs)
            }
          }
        })
      }),
      { numRuns: 40 },
    )
  })

  it('C8.2 tells who waits how long it will be, and again when that changes', () => {
    const { time, line, went, ask } = start([{ limit: 1, periodMs: 1000 }])
    const told: [number, TurnWait][] = []
    ask('a')
    const second = ask('b')
    ask('c', { waits: (wait) => void told.push([time.nowMs, wait]) })
    time.pass(300)
    line.counted(went[0]!.permit)
    second.unsubscribe()
    time.pass(1010)
    expect(told).toEqual([
      [0, { delayMs: 2020, isBlocked: false }],
      [300, { delayMs: 2020, isBlocked: false }],
      [300, { delayMs: 1010, isBlocked: false }],
    ])
    expect(went.map(({ name }) => name)).toEqual(['a', 'c'])
  })

  it('C10.2 holds everybody back while its scope is blocked, and says so', () => {
    const started = start()
    started.gate.block(5000, 0)
    const told: TurnWait[] = []
    started.ask('first', { waits: (wait) => void told.push(wait) })
    started.ask('second')
    expect(told).toEqual([{ delayMs: 5000, isBlocked: true }])
    started.time.pass(4999)
    expect(namesOf(started)).toBe('')
    started.time.pass(1)
    expect(namesOf(started)).toBe('first')
    started.gate.passed(5000)
    started.line.counted(started.went[0]!.permit)
    expect(namesOf(started)).toBe('first second')
  })

  it('C11.1 costs the same for each of 10,000 in line: a timer for the first, and no look at the others', () => {
    // The first time code is compiled. If one looked at the others, ten times as many would cost a hundred times as much.
    costOf(1000)
    const few = costOf(1000)
    const many = costOf(10_000)
    expect(many.went).toBe(5000)
    expect(many.asked).toBeLessThan(20 * 20_000)
    expect(many.timers).toBeLessThan(1100)
    expect(many.cpuUs).toBeLessThan(15 * few.cpuUs)
  })

  it('leaves the line when it is unsubscribed, from inside a teller too', () => {
    const started = start([{ limit: 1, periodMs: 1000 }])
    const { time, line, went, ask } = started
    ask('a')
    const leaving: Subscription[] = []
    leaving.push(ask('b', { waits: () => leaving[0]?.unsubscribe() }))
    ask('c', { waits: () => leaving[0]?.unsubscribe() })
    line.counted(went[0]!.permit)
    time.pass(5000)
    expect(namesOf(started)).toBe('a c')
  })

  it('asks for more from inside a turn without going past the limit', () => {
    const started = start([{ limit: 3, periodMs: 1000 }])
    const { line } = started
    let asked = 0
    const more = (): void => {
      if (++asked > 10) return
      line.turn$({ priority: 'poll', referenced: false }).subscribe(more)
    }
    more()
    expect(asked).toBe(4)
  })

  describe('what answers say', () => {
    it('C11.1 takes an answer with fewer calls left than it thinks for calls of others, for a period', () => {
      const { time, line, went, ask } = start()
      ask('a')
      line.left(4, went[0]!.permit)
      line.counted(went[0]!.permit)
      for (let i = 0; i < 9; i++) ask(`next ${i}`)
      expect(went).toHaveLength(5)
      time.pass(1010)
      expect(went).toHaveLength(10)
    })

    it('C11.1 waits for the next second where none is left', () => {
      const { time, line, went, ask } = start()
      ask('a')
      line.left(0, went[0]!.permit)
      line.counted(went[0]!.permit)
      ask('b')
      time.pass(1009)
      expect(went).toHaveLength(1)
      time.pass(1)
      expect(went).toHaveLength(2)
    })

    it('makes nothing of an answer that says as much as it thinks, or that comes a second late', () => {
      const { time, line, went, ask } = start()
      ask('a')
      line.left(9, went[0]!.permit)
      line.left(50, went[0]!.permit)
      expect(line.budgetOf('h', 'address', 'g').free).toBe(9)
      time.pass(1001)
      line.left(0, went[0]!.permit)
      expect(line.budgetOf('h', 'address', 'g').free).toBe(9)
    })

    it('C11.1 holds everything back for a second after HTTP 429, doubling while it goes on, for 30 s at most', () => {
      const { time, line, went, ask } = start()
      const holds: number[] = []
      for (let i = 0; i < 7; i++) {
        ask('call')
        const { permit } = went[went.length - 1]!
        line.refused(permit, undefined)
        line.counted(permit)
        const sinceMs = time.nowMs
        ask('next')
        const { length } = went
        while (went.length === length) time.pass(500)
        holds.push(time.nowMs - sinceMs)
        // The next one is the one to be refused.
        went.splice(0, went.length - 1)
        line.refused(went[0]!.permit, 1)
        line.counted(went[0]!.permit)
        time.pass(1000)
      }
      expect(holds).toEqual([1000, 4000, 16_000, 30_000, 30_000, 30_000, 30_000])
    })

    it('counts what was under way together as one refusal, and starts over once a later call passes', () => {
      const { time, line, went, ask } = start()
      for (let i = 0; i < 3; i++) ask('call')
      for (const { permit } of went) line.refused(permit, undefined)
      for (const { permit } of went) line.passed(permit)
      for (const { permit } of went) line.counted(permit)
      ask('after')
      time.pass(999)
      expect(went).toHaveLength(3)
      time.pass(1)
      expect(went).toHaveLength(4)
      line.passed(went[3]!.permit)
      line.refused(went[3]!.permit, undefined)
      line.counted(went[3]!.permit)
      ask('again')
      time.pass(1000)
      expect(went).toHaveLength(5)
    })

    it('waits as long as HTTP 429 says, and a period at least', () => {
      const { time, line, went, ask } = start()
      ask('a')
      line.refused(went[0]!.permit, 7000)
      ask('b')
      time.pass(6999)
      expect(went).toHaveLength(1)
      time.pass(1)
      expect(went).toHaveLength(2)
    })
  })

  it('C10.2 remembers refusals in a row as long as the longest hold, for who asks only now and then', () => {
    const { time, line, went, ask } = start()
    ask('a')
    line.refused(went[0]!.permit, undefined)
    line.counted(went[0]!.permit)
    expect([2000, 30_999, 31_000].map((atMs) => line.isIdle(time.nowMs + atMs))).toEqual([false, false, true])
    time.pass(2000)
    ask('b')
    line.passed(went[1]!.permit)
    line.counted(went[1]!.permit)
    expect(line.isIdle(time.nowMs + 1010)).toBe(true)
  })

  it('tells its budget: what is free, who waits, who had to', () => {
    const started = start([
      { limit: 2, periodMs: 1000 },
      { limit: 3, periodMs: 10_000 },
    ])
    const { time, line, went, ask } = started
    ask('a')
    ask('b')
    for (const { permit } of went) line.counted(permit)
    ask('c', { priority: 'reconcile' })
    ask('d')
    expect(line.budgetOf('host', 'secret key', 'group')).toEqual({
      host: 'host',
      scope: 'account',
      group: 'group',
      limit: 2,
      periodMs: 1000,
      free: 0,
      waiting: { reconnect: 0, subscribe: 0, reconcile: 1, backfill: 0, poll: 1 },
      waits: { count: 0, totalMs: 0, maxMs: 0 },
      blockedUntilMs: undefined,
    })
    time.pass(2000)
    line.hold(time.nowMs + 500)
    expect(line.budgetOf('host', 'address', 'group')).toMatchObject({
      scope: 'address',
      limit: 3,
      periodMs: 10_000,
      free: 0,
      waits: { count: 1, totalMs: 1010, maxMs: 1010 },
      blockedUntilMs: time.environment.now() + 500,
    })
  })

  it('C11.1 property: never more than the limit in any window, however the server counts and the network delays', () => {
    const step = fc.record({
      afterMs: fc.nat(400),
      burst: fc.integer({ min: 1, max: 12 }),
      priority: fc.constantFrom(...priorities),
      /** On the way there and back; a long one is a link that stalls. */
      thereMs: fc.oneof(fc.nat(80), fc.nat(4000)),
      backMs: fc.oneof(fc.nat(80), fc.nat(4000)),
      end: fc.constantFrom('answer', 'answer', 'lost', 'leave'),
    })
    const budgets = fc.constantFrom<readonly Window[]>(
      ten,
      [{ limit: 1, periodMs: 2000 }],
      [
        { limit: 5, periodMs: 1000 },
        { limit: 6, periodMs: 10_000 },
      ],
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), budgets, fc.nat(999), (calls, windows, phaseMs) => {
        const { time, line } = start(windows)
        const server = new LimitedServer(() => time.nowMs, phaseMs)
        let out = 0
        let lastProofMs = -Infinity
        let waiting = 0
        const longestMs = Math.max(...windows.map(({ periodMs }) => periodMs))
        const [{ limit }] = windows as readonly [Window]
        for (const { afterMs, burst, priority, thereMs, backMs, end } of calls) {
          time.pass(afterMs)
          for (let n = 0; n < burst; n++) {
            const isAllFree = out === 0 && waiting === 0 && time.nowMs >= lastProofMs + longestMs + 10
            const call = { hasGone: false }
            waiting++
            const turn = line.turn$({ priority, referenced: false }).subscribe((permit) => {
              call.hasGone = true
              waiting--
              out++
              const proved = (): void => {
                line.counted(permit)
                out--
                lastProofMs = time.nowMs
              }
              time.at(time.nowMs + thereMs, () => {
                server.arrive()
                // The end of a connection is seen some time after what was sent on it has arrived.
                time.at(time.nowMs + (end === 'lost' ? 10_000 : backMs), () => {
                  if (end === 'answer') line.left(server.left(limit, windows[0]!.periodMs), permit)
                  proved()
                })
              })
            })
            // C11.1: never a wait when every permit of the period is free.
            if (isAllFree) expect(call.hasGone).toBe(true)
            if (end === 'leave' && !call.hasGone) {
              turn.unsubscribe()
              waiting--
            }
          }
        }
        time.pass(5_000_000)
        expect(waiting).toBe(0)
        for (const window of windows) expect(server.most(window.periodMs)).toBeLessThanOrEqual(window.limit)
      }),
      { numRuns: 150 },
    )
  })
})
