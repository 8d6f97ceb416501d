import { of, Subject, throwError } from 'rxjs'
import type { VirtualTime } from '../support/virtual-time'
import { record } from '../support/recorder'
import { virtualTime } from '../support/virtual-time'
import type { Answer } from '../../src/rate-limit/answer'
import { RateLimiter } from '../../src/rate-limit/rate-limiter'
import { RestLimits } from '../../src/rate-limit/rest-limits'

const host = '127.0.0.1:9000'

function start(): {
  time: VirtualTime
  limiter: RateLimiter
  rest: RestLimits
  call(group: string, answer: Partial<Answer>, scope?: string): void
  free(group: string): number | undefined
  groups(): readonly string[]
} {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  const rest = new RestLimits(limiter, host)
  return {
    time,
    limiter,
    rest,
    call: (group, answer, scope = 'address') =>
      void rest
        .run$(group, of({ status: 200, headers: {}, ...answer }), { priority: 'poll', scope })
        .subscribe(),
    free: (group) => limiter.budgets().find((budget) => budget.group === group)?.free,
    groups: () => limiter.budgets().map(({ group }) => group),
  }
}

const remaining = (group: string, sec: number): Partial<Answer> => ({
  headers: { 'remaining-req': `group=${group}; min=600; sec=${sec}` },
})

describe('RestLimits', () => {
  it('passes an answer on as it is, and completes', () => {
    const { rest } = start()
    const answer = { status: 200, headers: {}, body: '[]' }
    const seen: unknown[] = []
    rest.run$('market', of(answer), { priority: 'poll', scope: 'address' }).subscribe({
      next: (each) => seen.push(each),
      complete: () => seen.push('complete'),
    })
    expect(seen).toEqual([answer, 'complete'])
    expect(seen[0]).toBe(answer)
  })

  it('asks only in its turn, and each subscriber for itself', () => {
    const { rest, time } = start()
    let asked = 0
    const call$ = rest.run$('order-cancel-all', of({ status: 200, headers: {} }), {
      priority: 'poll',
      scope: 'key',
    })
    expect(asked).toBe(0)
    call$.subscribe(() => asked++)
    call$.subscribe(() => asked++)
    expect(asked).toBe(1)
    time.pass(2010)
    expect(asked).toBe(2)
  })

  it.each<[string, (subject: Subject<Answer>) => void]>([
    ['its answer', (subject) => subject.next({ status: 200, headers: {} })],
    ['its failure', (subject) => subject.error(new Error('network'))],
    ['its end without an answer', (subject) => subject.complete()],
  ])('C11.1 the permit of a call returns a period after %s', (_case, end) => {
    const { rest, time } = start()
    const subject = new Subject<Answer>()
    const options = { priority: 'poll', scope: 'key' } as const
    rest.run$('order-cancel-all', subject, options).subscribe({ error: () => {} })
    let goneAtMs = 0
    rest.turn$('order-cancel-all', options).subscribe(() => (goneAtMs = time.nowMs))
    time.pass(30_000)
    end(subject)
    time.pass(2009)
    expect(goneAtMs).toBe(0)
    time.pass(1)
    expect(goneAtMs).toBe(32_010)
  })

  it('C11.1 unsubscribing ends the call, and its permit returns a period later', () => {
    const { rest, time } = start()
    const subject = new Subject<Answer>()
    const options = { priority: 'poll', scope: 'key' } as const
    const call = rest.run$('order-cancel-all', subject, options).subscribe()
    let goneAtMs = 0
    rest.turn$('order-cancel-all', options).subscribe(() => (goneAtMs = time.nowMs))
    time.pass(500)
    call.unsubscribe()
    expect(subject.observed).toBe(false)
    time.pass(10_000)
    expect(goneAtMs).toBe(2510)
  })

  it('passes errors on', () => {
    const { rest } = start()
    const failure = new Error('network')
    const seen: unknown[] = []
    rest
      .run$(
        'market',
        throwError(() => failure),
        { priority: 'poll', scope: 'address' },
      )
      .subscribe({ error: (error) => seen.push(error) })
    expect(seen).toEqual([failure])
  })

  describe('what it learns', () => {
    it('C11.1 lowers the budget by the header', () => {
      const { call, free } = start()
      call('ticker', remaining('ticker', 9))
      expect(free('ticker')).toBe(9)
      call('ticker', remaining('ticker', 3))
      expect(free('ticker')).toBe(3)
      call('ticker', remaining('ticker', 9))
      expect(free('ticker')).toBe(2)
    })

    it('takes a name that only the header has for the group that was asked for, and both for one budget', () => {
      const { call, free, groups } = start()
      call('market', remaining('crix-markets', 9))
      call('crix-markets', remaining('crix-markets', 8))
      call('trade', remaining('crix-trades', 9))
      call('crix-trades', remaining('crix-trades', 8))
      call('candles', remaining('candles', 9))
      expect(groups()).toEqual(['market', 'trade', 'candle'])
      expect([free('market'), free('trade'), free('candle')]).toEqual([8, 8, 9])
    })

    it('takes a name of the caller alone for the group that the answer names', () => {
      const { call, free, groups } = start()
      call('tickers', remaining('ticker', 4))
      expect(free('ticker')).toBe(4)
      call('tickers', remaining('ticker', 3))
      expect(groups()).toEqual(['tickers', 'ticker'])
      expect([free('tickers'), free('ticker')]).toEqual([9, 3])
    })

    it('counts a call for the group that the answer names, where that is another one than was asked for', () => {
      const { call, free } = start()
      call('default', remaining('order', 11), 'key')
      expect([free('default'), free('order')]).toEqual([29, 11])
    })

    it('learns from group=origin that its calls carry an Origin', () => {
      const { call, free, groups } = start()
      call('ticker', remaining('origin', 0))
      call('trade', {})
      expect(groups()).toEqual(['ticker', 'origin'])
      expect(free('origin')).toBe(0)
    })

    it('C11.1 waits after HTTP 429 and C10.2 after HTTP 418, as long as text or header say', () => {
      const { time, call, limiter } = start()
      const blockedMs = (): (number | undefined)[] =>
        limiter.budgets().map(({ blockedUntilMs = 0 }) => blockedUntilMs - time.environment.now())
      call('ticker', { status: 429, body: 'Too many API requests.' })
      expect(blockedMs()).toEqual([1000])
      time.pass(1000)
      call('ticker', { status: 429, headers: { 'retry-after': '7' } })
      expect(blockedMs()).toEqual([7000])
      time.pass(7000)
      call('ticker', { status: 418, body: '{"error":{"name":418,"message":"blocked for 90 seconds"}}' })
      expect(blockedMs()).toEqual([90_000])
    })

    it('C11.1 lives through any header', () => {
      const { call, free, groups } = start()
      for (const header of [
        '',
        ';;;',
        'group=; sec=',
        'sec=-1',
        'sec=1e9',
        'group=' + 'a'.repeat(5000),
        'min=1',
      ]) {
        call('ticker', { headers: { 'remaining-req': header } })
      }
      call('ticker', { headers: { 'remaining-req': 'SEC = 1 ;GROUP = ticker' } })
      expect(groups()).toEqual(['ticker'])
      expect(free('ticker')).toBe(1)
    })

    it('C11.1 keeps a learned name for hours after its budget is idle, and has forgotten it after six', () => {
      const { time, limiter, call, groups } = start()
      call('tickers', remaining('ticker', 9))
      for (const hours of [5, 6]) {
        time.pass(hours * 3_600_000 + 5000)
        limiter.host('other.invalid')
        call('tickers', hours === 5 ? remaining('ticker', 9) : {})
        expect(groups()).toEqual([hours === 5 ? 'ticker' : 'tickers'])
      }
    })

    it('C11.1 keeps for hours that its calls carry an Origin', () => {
      const { time, limiter, call, groups } = start()
      call('ticker', remaining('origin', 0))
      time.pass(5 * 3_600_000)
      limiter.host('other.invalid')
      call('trade', {})
      expect(groups()).toEqual(['origin'])
    })

    it('C11.1 counts a name of the caller by account once it is learned to be of one', () => {
      const { time, limiter, rest, call } = start()
      call('my-orders', remaining('order', 11))
      time.pass(2000)
      let gone = 0
      const mine = { priority: 'poll', scope: 'address', account: 'key' } as const
      for (let i = 0; i < 20; i++) {
        rest.turn$('my-orders', mine).subscribe(() => gone++)
        rest.turn$('order', { priority: 'poll', scope: 'key' }).subscribe(() => gone++)
      }
      expect(gone).toBe(12)
      expect(limiter.budgets().find(({ group }) => group === 'order')).toMatchObject({ scope: 'account' })
    })

    it('C11.1 has who waits under a name go on in the line that it is learned to belong to', () => {
      const { time, rest, call } = start()
      const goneAtMs: number[] = []
      const turn = (group: string): void =>
        void rest.turn$(group, { priority: 'poll', scope: 'address' }).subscribe((each) => {
          goneAtMs.push(time.nowMs)
          each.answered({ status: 200, headers: {} })
        })
      for (let i = 0; i < 20; i++) turn('tickers')
      expect(goneAtMs).toHaveLength(10)
      call('ticker', {})
      const learning = of({ status: 200, ...remaining('ticker', 9) } as Answer)
      rest.run$('tickers', learning, { priority: 'reconnect', scope: 'address' }).subscribe()
      for (let i = 0; i < 20; i++) turn('ticker')
      time.pass(60_000)
      expect(goneAtMs).toHaveLength(40)
      const after = goneAtMs.filter((atMs) => atMs > 1010)
      const most = Math.max(
        ...after.map((atMs) => after.filter((one) => one >= atMs && one < atMs + 1000).length),
      )
      expect(most).toBe(10)
    })

    it('C11.1 counts a call that names another group there, also where it does not say what is left', () => {
      const { call, free } = start()
      call('default', { headers: { 'remaining-req': 'group=order' } }, 'key')
      expect([free('default'), free('order')]).toEqual([29, 11])
    })

    it('C11.1 takes calls without keys for those of the account that was met first, whoever came first', () => {
      for (const order of [
        ['', 'key'],
        ['key', ''],
      ]) {
        const { rest } = start()
        let gone = 0
        for (let i = 0; i < 20; i++) {
          for (const key of order) {
            const place = key === '' ? { scope: 'address' } : { scope: key }
            rest.turn$('order', { priority: 'poll', ...place }).subscribe(() => gone++)
          }
        }
        expect(gone).toBe(12)
      }
    })

    it('remembers a bounded number of names', () => {
      const { call, groups } = start()
      for (let i = 0; i < 100; i++) call('ticker', remaining(`name-${i}`, 9))
      call('name-3', {})
      call('name-99', {})
      expect(groups()).toEqual(['ticker', 'name-99'])
    })
  })

  describe('C11.1 a turn that cannot come in its time errors at once', () => {
    const options = { priority: 'poll', scope: 'address', withinMs: 5000 } as const
    const blocked = { status: 418, body: '{"error":{"name":418,"message":"Blocked for 60 seconds."}}' }

    it('after a block, with what is left of it and what the exchange said', () => {
      const { rest, time, call } = start()
      call('market', blocked)
      time.pass(10_000)
      const late = record(rest.turn$('ticker', options))
      expect(late.error).toEqual({
        kind: 'turn-too-late',
        waitMs: 50_000,
        refusal: { ...blocked, headers: {} },
      })
      const patient = record(rest.turn$('ticker', { ...options, withinMs: 50_001 }))
      time.pass(50_000)
      expect(patient.values).toHaveLength(1)
    })

    it('while it waits, when the block comes meanwhile, and nothing of it stays in the line', () => {
      const { rest, time, limiter, call } = start()
      for (let i = 0; i < 10; i++) call('ticker', {})
      const waiting = record(rest.turn$('ticker', options))
      expect(waiting.end).toBe('open')
      call('market', blocked)
      expect(waiting.error).toMatchObject({ kind: 'turn-too-late', waitMs: 60_000 })
      expect(limiter.budgets().map(({ waiting: { poll } }) => poll)).toEqual([0, 0])
      time.pass(0)
      expect(time.scheduler.actions).toEqual([])
    })

    it('after a 429 that says to wait longer, and where too many stand before it, but none that can', () => {
      const { rest, call } = start()
      call('ticker', { status: 429, headers: { 'retry-after': '9' } })
      expect(record(rest.turn$('ticker', options)).error).toMatchObject({
        waitMs: 9000,
        refusal: { status: 429 },
      })
      const turns = Array.from({ length: 60 }, () => record(rest.turn$('market', options)))
      expect(turns.slice(0, 50).every(({ error }) => error === undefined)).toBe(true)
      expect(turns.slice(50).map(({ error }) => error)).toEqual(
        Array.from({ length: 10 }, () => ({
          kind: 'turn-too-late',
          waitMs: 5050,
          refusal: undefined,
        })),
      )
    })
  })
})
