/** After a refusal one goes first, and the rest after its answer: a whole line at once would be refused together. */
import { NEVER, Observable, of, Subject } from 'rxjs'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { Answer } from '../../src/rate-limit/answer'
import { DialLimits } from '../../src/rate-limit/dial-limits'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import { RestLimits } from '../../src/rate-limit/rest-limits'
import fc from '../support/seeded-fast-check'

const host = 'api.upbit.com'
const ok: Answer = { status: 200, headers: {} }
const tooMany: Answer = { status: 429, headers: {} }
const blocked: Answer = { status: 418, headers: { 'retry-after': '20' } }

interface Start {
  readonly time: VirtualTime
  readonly limiter: RateLimiter
  /** Calls in a group; what came of it is the answer's to say. */
  call(answer$: Observable<Answer>, group?: string): void
  /** When each call went. */
  readonly wentAtMs: number[]
}

function start(): Start {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  const rest = new RestLimits(limiter, host)
  const wentAtMs: number[] = []
  return {
    time,
    limiter,
    wentAtMs,
    call: (answer$, group = 'ticker') =>
      void rest
        .run$(
          group,
          new Observable<Answer>((subscriber) => {
            wentAtMs.push(time.nowMs)
            return answer$.subscribe(subscriber)
          }),
          { priority: 'poll', scope: 'address' },
        )
        .subscribe({ error: () => {} }),
  }
}

describe('Caution', () => {
  it('C10.2 after HTTP 429 one call goes first, and the rest of its line after that one’s answer', () => {
    const { time, call, wentAtMs } = start()
    call(of(tooMany))
    const first = new Subject<Answer>()
    call(first)
    for (let i = 0; i < 5; i++) call(of(ok))
    time.pass(1300)
    expect(wentAtMs).toEqual([0, 1000])
    first.next(ok)
    expect(wentAtMs).toEqual([0, 1000, 1300, 1300, 1300, 1300, 1300])
  })

  it('C10.2 the one that goes first and is refused holds the rest back, which it has cost nothing', () => {
    const { time, call, wentAtMs } = start()
    call(of(tooMany))
    const first = new Subject<Answer>()
    call(first)
    for (let i = 0; i < 3; i++) call(of(ok))
    time.pass(1100)
    first.next(tooMany)
    time.pass(10_000)
    expect(wentAtMs).toEqual([0, 1000, 3100, 3100, 3100])
  })

  it('C10.2 after HTTP 418 one call of all groups goes first', () => {
    const { time, call, wentAtMs } = start()
    call(of(blocked))
    const first = new Subject<Answer>()
    call(first, 'market')
    for (const group of ['market', 'trade', 'candle', 'ticker']) call(of(ok), group)
    time.pass(20_500)
    expect(wentAtMs).toEqual([0, 20_000])
    first.next(ok)
    expect(wentAtMs).toEqual([0, 20_000, 20_500, 20_500, 20_500, 20_500])
  })

  it('C10.2 what the first answer says is left holds for the rest', () => {
    const { time, call, wentAtMs } = start()
    call(of(tooMany))
    const first = new Subject<Answer>()
    call(first)
    for (let i = 0; i < 5; i++) call(of(ok))
    time.pass(1100)
    first.next({ status: 200, headers: { 'remaining-req': 'group=ticker; min=600; sec=2' } })
    expect(wentAtMs).toEqual([0, 1000, 1100, 1100])
    time.pass(1010)
    expect(wentAtMs).toHaveLength(7)
  })

  it('C10.2 one that ends without an answer proves nothing, so one goes again', () => {
    const { time, call, wentAtMs } = start()
    call(of(tooMany))
    const first = new Subject<Answer>()
    call(first)
    for (let i = 0; i < 3; i++) call(i === 0 ? NEVER : of(ok))
    time.pass(2000)
    first.error(new Error('network'))
    expect(wentAtMs).toEqual([0, 1000, 2000])
  })

  it('C10.2 one that is not answered in ten seconds is not waited for any longer', () => {
    const { time, call, wentAtMs } = start()
    call(of(tooMany))
    for (let i = 0; i < 4; i++) call(i < 2 ? NEVER : of(ok))
    time.pass(60_000)
    expect(wentAtMs).toEqual([0, 1000, 11_000, 21_000, 21_000])
  })

  it('C10.2 dials one by one after a refusal, and all that may once one is accepted', () => {
    const { time, limiter } = start()
    const dials = new DialLimits(limiter, host)
    const wentAtMs: number[] = []
    const turns: { accepted(): void; refused(status?: number): void }[] = []
    const dial = (): void =>
      void dials
        .turn$('reconnect', () => {})
        .subscribe((turn) => {
          wentAtMs.push(time.nowMs)
          turns.push(turn)
        })
    dial()
    turns[0]?.refused(429)
    for (let i = 0; i < 4; i++) dial()
    time.pass(1200)
    expect(wentAtMs).toEqual([0, 1000])
    // No word on limits: the next one is the first again.
    turns[1]?.refused(503)
    expect(wentAtMs).toEqual([0, 1000, 1200])
    turns[2]?.accepted()
    expect(wentAtMs).toEqual([0, 1000, 1200, 1200, 1200])
  })

  it('C11.1 property: refusals follow one by one, and who was refused long ago waits for nobody', () => {
    const step = fc.record({
      afterMs: fc.nat(3000),
      burst: fc.integer({ min: 1, max: 6 }),
      answerMs: fc.nat(400),
      status: fc.constantFrom(200, 200, 429, 418),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        const { time, call, wentAtMs } = start()
        const out = new Set<number>()
        let beside = 0
        let refusedAtMs = -1
        let isRefusing = false
        let waiting = 0
        for (const { afterMs, burst, answerMs, status } of steps) {
          time.pass(afterMs)
          for (let i = 0; i < burst; i++) {
            waiting++
            const call$ = new Observable<Answer>((subscriber) => {
              waiting--
              // While the exchange refuses, nothing goes beside the one that asks whether it still does.
              if (isRefusing && out.size > 0) beside++
              const atMs = time.nowMs
              const id = wentAtMs.length
              out.add(id)
              time.at(atMs + answerMs, () => {
                out.delete(id)
                if (status !== 200) {
                  isRefusing = true
                  refusedAtMs = time.nowMs
                } else if (atMs > refusedAtMs) isRefusing = false
                subscriber.next({ status, headers: {} })
                subscriber.complete()
              })
            })
            call(call$)
          }
        }
        time.pass(300 * 3_600_000)
        expect(waiting).toBe(0)
        expect(beside).toBe(0)
        // Two hours without a call: every permit is free, and the refusals are over.
        time.pass(2 * 3_600_000)
        const { length } = wentAtMs
        for (let i = 0; i < 10; i++) call(NEVER)
        expect(wentAtMs).toHaveLength(length + 10)
      }),
      { numRuns: 60 },
    )
  })
})
