/** The messages of a page, which has no ping: what proves there that the exchange has counted them (C11.1). */
import { Subject } from 'rxjs'
import { codesOf, online } from '../support/online'
import type { FakeDial } from '../support/fake-network'
import { LimitedServer } from '../support/limited-server'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import { LimitWaits } from '../../src/connection/limit-waits'
import { SessionMessages } from '../../src/connection/session-messages'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import { aTicker } from '../../src/testing'
import fc from '../support/seeded-fast-check'

const ticker = (code: string): object => aTicker({ code })

/** When everything of a socket went that the exchange may count. */
function counted({ sent, questions }: FakeDial): readonly { readonly atMs: number; readonly text: string }[] {
  return [...sent, ...questions].sort((a, b) => a.atMs - b.atMs)
}

function textPings({ sent }: FakeDial): readonly number[] {
  return sent.filter(({ text }) => text === 'PING').map(({ atMs }) => atMs)
}

function answer(dial: FakeDial, index: number): void {
  const [{ ticket }] = JSON.parse(dial.questions[index]!.text) as [{ ticket: string }]
  dial.frame({ method: 'LIST_SUBSCRIPTIONS', result: [], ticket })
}

describe('SessionMessages in a page', () => {
  /** Four messages whose codes keep silent, a second apart. */
  function silent(): ReturnType<typeof online> {
    const made = online(['KRW-S0'], { browser: true })
    for (let i = 1; i <= 4; i++) {
      made.time.pass(1200)
      made.connected.want(`KRW-S${i}`)
    }
    made.time.pass(1200)
    return made
  }

  it('C11.1 asks what the exchange has where a change waits for a proof, and goes on a second after the answer', () => {
    const { time, connected, dial } = silent()
    expect(dial.sent).toHaveLength(4)
    expect(dial.questions).toHaveLength(1)
    expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'message-limit' })
    time.pass(300)
    answer(dial, 0)
    time.pass(1009)
    expect(dial.sent).toHaveLength(4)
    time.pass(1)
    expect(codesOf(dial.sent[4]!.text)).toHaveLength(5)
    expect(connected.connection.status.state).toBe('live')
  })

  it('C11.1 takes no answer to another question for it', () => {
    const { time, dial } = silent()
    dial.frame({ method: 'LIST_SUBSCRIPTIONS', result: [], ticket: 'another' })
    time.pass(20_000)
    expect(dial.sent).toHaveLength(4)
  })

  it('C11.1 waits a minute at most where the exchange answers no question, and asks no second one meanwhile', () => {
    const { time, dial } = silent()
    for (let second = 0; second < 60; second++) {
      time.pass(1000)
      dial.frame({ status: 'UP' })
    }
    expect(dial.questions).toHaveLength(1)
    // Two of the five have to return, since one permit is kept for what keeps alive.
    expect(dial.sent[4]?.atMs).toBeGreaterThan(61_000)
    expect(dial.sent[4]?.atMs).toBeLessThan(65_000)
  })

  it('C11.1 takes a frame of what was new in a message for its proof, though silence had accepted it before', () => {
    const { time, connected, dial } = online(['KRW-S0'], { browser: true })
    for (let i = 1; i <= 5; i++) {
      time.pass(1200)
      dial.frame(ticker(`KRW-S${i - 1}`))
      connected.want(`KRW-S${i}`)
    }
    time.pass(1200)
    expect(dial.sent).toHaveLength(6)
    expect(dial.questions).toEqual([])
  })

  describe('the beat of the exchange', () => {
    function start(): { readonly time: VirtualTime; readonly messages: SessionMessages; free(): number } {
      const time = virtualTime()
      const limiter = new RateLimiter(time.environment)
      const messages = new SessionMessages(
        {
          limits: new LimitWaits(time.environment),
          budget: (ports) => limiter.messages('api.upbit.com', { ...ports, signAgeMs: () => 0 }),
        },
        () => time.nowMs,
      )
      messages.opened(false, () => {})
      return { time, messages, free: () => limiter.budgets()[0]!.free }
    }

    it('C11.1 is the proof of the first PING and what went before it once, and of no later one', () => {
      const { time, messages, free } = start()
      messages.sent()
      expect(messages.keepsAlive(false)).toBe(true)
      messages.sent()
      time.pass(10_000)
      messages.beat()
      time.pass(1010)
      expect(free()).toBe(4)
      expect(messages.keepsAlive(false)).toBe(true)
      messages.beat()
      time.pass(1010)
      expect(free()).toBe(3)
    })

    it('C11.1 proves nothing where it has come before anything was asked', () => {
      const { time, messages, free } = start()
      messages.beat()
      messages.keepsAlive(false)
      messages.beat()
      time.pass(1010)
      expect(free()).toBe(4)
    })
  })

  it('C10.3 C11.1 checks a page that comes and goes only while changes may go too', () => {
    const wake = new Subject<void>()
    const { time, dial } = online(['KRW-S0'], { browser: true, wakeUps$: wake })
    for (let second = 0; second < 28; second++) {
      time.pass(1000)
      wake.next()
      if (second % 3 === 0) dial.frame(ticker('KRW-S9'))
    }
    // Two checks, and the question that follows ten seconds after any change.
    expect(counted(dial)).toHaveLength(4)
    // The one that has its time goes with the permit that is kept for it.
    time.pass(20_000)
    expect(textPings(dial)).toEqual([5000, 10_000, 40_000])
  })

  it('C10.3 judges a silent line where no permit is left for a PING, too', () => {
    const { time, dial } = silent()
    time.pass(24_000)
    expect(counted(dial)).toHaveLength(5)
    time.pass(26_000)
    expect(dial.terminatedAtMs).toBe(55_000)
  })

  it('C11.1 property: a page never has more counted than 5 in a second and 100 in a minute, whatever its link does', () => {
    const step = fc.record({
      kind: fc.constantFrom('want', 'want', 'want', 'leave', 'leave', 'wake'),
      code: fc.nat(40),
      afterMs: fc.oneof(fc.nat(700), fc.nat(700), fc.nat(7000)),
      /** Nothing passes for so long; both ways, or the way there only. */
      stallMs: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.nat(3000), fc.nat(70_000)),
      isBothWays: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 60, maxLength: 200 }),
        fc.boolean(),
        fc.nat(999),
        (steps, answersQuestions, phaseMs) => {
          const wake = new Subject<void>()
          const { time, connected, dial } = online(['KRW-C0'], { browser: true, wakeUps$: wake })
          const server = new LimitedServer(() => time.nowMs, phaseMs)
          const link = new Link(time, dial, server, answersQuestions)
          for (const { kind, code, afterMs, stallMs, isBothWays } of steps) {
            // A line of which one way alone stalls falls silent too, before a minute is over.
            if (stallMs > 0) link.stall(isBothWays ? stallMs : Math.min(stallMs, 55_000), isBothWays)
            if (kind === 'want') connected.want(`KRW-C${code}`, `KRW-S${time.nowMs % 50}`)
            else if (kind === 'leave') connected.leave(`KRW-C${code}`)
            else wake.next()
            link.pass(afterMs)
            if (dial.terminatedAtMs !== undefined) break
          }
          link.pass(80_000)
          expect(server.arrivedAtMs).toHaveLength(counted(dial).length)
          expect(server.most(1000)).toBeLessThanOrEqual(5)
          expect(server.most(60_000)).toBeLessThanOrEqual(100)
        },
      ),
      { numRuns: 40, endOnFailure: true },
    )
  })
})

/** A link that keeps the order and may stall, and an exchange behind it of which codes `KRW-S…` never speak. */
class Link {
  private seen = 0
  private thereFreeMs = 0
  private backFreeMs = 0
  private hasBeat = false

  constructor(
    private readonly time: VirtualTime,
    private readonly dial: FakeDial,
    private readonly server: LimitedServer,
    private readonly answersQuestions: boolean,
  ) {
    this.carry()
  }

  /** Of one that stalls already nothing changes. */
  stall(durationMs: number, isBothWays: boolean): void {
    if (this.time.nowMs < this.thereFreeMs) return
    this.thereFreeMs = this.time.nowMs + durationMs
    if (isBothWays) this.backFreeMs = this.thereFreeMs
  }

  pass(durationMs: number): void {
    for (const untilMs = this.time.nowMs + durationMs; this.time.nowMs < untilMs;) {
      this.time.pass(Math.min(10, untilMs - this.time.nowMs))
      this.carry()
    }
  }

  private carry(): void {
    const all = counted(this.dial)
    for (; this.seen < all.length; this.seen++) {
      const { text } = all[this.seen]!
      this.through('thereFreeMs', () => {
        this.server.arrive()
        this.reply(text)
      })
    }
  }

  private reply(text: string): void {
    if (text === 'PING') {
      if (!this.hasBeat) this.beat()
    } else if (text.includes('LIST_SUBSCRIPTIONS')) {
      const [{ ticket }] = JSON.parse(text) as [{ ticket: string }]
      if (this.answersQuestions) this.back({ method: 'LIST_SUBSCRIPTIONS', result: [], ticket })
    } else {
      for (const code of codesOf(text)) if (code.startsWith('KRW-C')) this.back(ticker(code))
    }
  }

  private beat(): void {
    this.hasBeat = true
    this.time.at(this.time.nowMs + 10_000, () => {
      this.back({ status: 'UP' })
      this.beat()
    })
  }

  private back(frame: object): void {
    this.through('backFreeMs', () => this.dial.frame(frame))
  }

  /** Not before what went before it, nor while the link stalls, also from now on. */
  private through(way: 'thereFreeMs' | 'backFreeMs', arrive: () => void): void {
    const tryNow = (): void => {
      if (this.time.nowMs < this[way]) this.time.at(this[way], tryNow)
      else arrive()
    }
    this.time.at(this.time.nowMs + 20, tryNow)
  }
}
