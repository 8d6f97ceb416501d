import { virtualTime } from './support/virtual-time'
import type { VirtualTime } from './support/virtual-time'
import { configureUpbit, createUpbit, GlobalRateLimiter, type Upbit } from '../src/index'
import { createVirtualExchange, resetShared } from '../src/testing'

let worlds = 0

function start(): { time: VirtualTime; upbit: Upbit; limiter: GlobalRateLimiter } {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const upbit = createUpbit({ ...exchange.options, url: `ws://limited-${++worlds}.invalid` })
  return { time, upbit, limiter: upbit.limiter }
}

/** Lets what promises do happen. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

afterEach(() => resetShared())

describe('GlobalRateLimiter', () => {
  it('C11.1 calls in turn, and passes on what is returned', async () => {
    const { time, limiter } = start()
    const called: number[] = []
    const results = Array.from({ length: 11 }, (_, index) =>
      limiter.run('ticker', () => {
        called.push(index)
        return Promise.resolve(`result ${index}`)
      }),
    )
    await settle()
    expect(called).toHaveLength(10)
    time.pass(1010)
    expect(await results[10]).toBe('result 10')
    expect(await results[0]).toBe('result 0')
  })

  it('passes a plain value on, and what is thrown as it is', async () => {
    const { limiter } = start()
    expect(await limiter.run('ticker', () => 5)).toBe(5)
    const thrown = { odd: true }
    await expect(
      limiter.run('ticker', () => {
        throw thrown
      }),
    ).rejects.toBe(thrown)
  })

  it('C11.1 learns from the Response of fetch, from an answer of axios, and from an error with a response', async () => {
    const { limiter } = start()
    const free = (): number | undefined => limiter.budgets().find(({ group }) => group === 'ticker')?.free
    const headers = (sec: number): Record<string, string> => ({
      'Remaining-Req': `group=ticker; min=600; sec=${sec}`,
    })
    await limiter.run('ticker', () => Promise.resolve(new Response('[]', { headers: headers(8) })))
    expect(free()).toBe(8)
    await limiter.run('ticker', () => ({ status: 200, headers: headers(5), data: [] }))
    expect(free()).toBe(5)
    const error = Object.assign(new Error('429'), { response: { status: 429, headers: headers(0) } })
    await expect(limiter.run('ticker', () => Promise.reject(error))).rejects.toBe(error)
    expect(free()).toBe(0)
    expect(limiter.budgets()[0]?.blockedUntilMs).toBeGreaterThan(0)
  })

  it('C10.2 a 418 that another client meets holds the dials of this one back', async () => {
    const { time, upbit, limiter } = start()
    const teapot = new Response('', { status: 418, headers: { 'Retry-After': '30' } })
    await limiter.run('ticker', () => teapot)
    const statuses: string[] = []
    upbit.status$.subscribe((status) =>
      statuses.push(status.state === 'waiting' ? `waiting: ${status.reason}` : status.state),
    )
    const subscription = upbit.ticker$('KRW-BTC').subscribe()
    expect(statuses).toEqual(['idle', 'waiting: blocked'])
    time.pass(30_000)
    expect(statuses).toEqual(['idle', 'waiting: blocked', 'connecting', 'live'])
    subscription.unsubscribe()
  })

  it('C2.4 rejects with TIMEOUT when the turn has not come, and does not call any more', async () => {
    const { time, limiter } = start()
    for (let i = 0; i < 10; i++) void limiter.run('ticker', () => new Promise<never>(() => {}))
    let isCalled = false
    const late = limiter.run('ticker', () => (isCalled = true), { timeoutMs: 1700 })
    const error = expect(late).rejects.toMatchObject({
      code: 'TIMEOUT',
      nextStep: expect.any(String) as string,
    })
    time.pass(1700)
    await error
    time.pass(60_000)
    expect(isCalled).toBe(false)
    expect(limiter.budgets()[0]?.waiting.poll).toBe(0)
  })

  it('C11.1 rejects with RATE_LIMITED at once what cannot come in its time, and says what the exchange said', async () => {
    const { time, limiter } = start()
    await limiter.run('ticker', () => ({ status: 418, headers: {}, data: 'Blocked for 60 seconds.' }))
    time.pass(15_000)
    await expect(limiter.run('market', () => 1)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 418,
      message:
        "A call in 'market' was not sent: the exchange takes nothing for 45 s, since it answered with HTTP 418 Blocked for 60 seconds.",
      nextStep: expect.stringContaining('45 s') as string,
    })
    const patient = limiter.run('market', () => 'in time', { timeoutMs: 60_000 })
    time.pass(45_000)
    expect(await patient).toBe('in time')
  })

  it('does not end a call that began in time, however long it takes', async () => {
    const { time, limiter } = start()
    let finish = (_result: string): void => {}
    const long = limiter.run('ticker', () => new Promise<string>((resolve) => (finish = resolve)), {
      timeoutMs: 100,
    })
    time.pass(60_000)
    finish('done')
    expect(await long).toBe('done')
  })

  it('C2.4 rejects with ABORTED when its signal aborts: before, while it waits, and in the call', async () => {
    const { time, limiter } = start()
    const gone = AbortSignal.abort()
    await expect(limiter.run('order-cancel-all', () => 1, { signal: gone })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    const abort = new AbortController()
    const signals: AbortSignal[] = []
    const ends: (() => void)[] = []
    const options = { signal: abort.signal }
    const calls = [1, 2].map(() =>
      limiter.run(
        'order-cancel-all',
        (signal) => {
          signals.push(signal)
          return new Promise<void>((resolve) => ends.push(resolve))
        },
        options,
      ),
    )
    const rejected = calls.map((call) => expect(call).rejects.toMatchObject({ code: 'ABORTED' }))
    expect(signals).toHaveLength(1)
    abort.abort('enough')
    await Promise.all(rejected)
    await expect(calls[1]).rejects.toMatchObject({ cause: 'enough' })
    expect(signals[0]).toMatchObject({ aborted: true, reason: 'enough' })
    ends.forEach((end) => end())
    await settle()
    const next = limiter.run('order-cancel-all', () => 'next')
    time.pass(2010)
    expect(await next).toBe('next')
  })

  it('C11.1 an aborted call that goes on keeps its permit until a period after its end', async () => {
    const { time, limiter } = start()
    let end = (): void => {}
    const abort = new AbortController()
    const call = limiter.run('order-cancel-all', () => new Promise<void>((resolve) => (end = resolve)), {
      signal: abort.signal,
    })
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'ABORTED' })
    let gone = 0
    const next = limiter.run('order-cancel-all', () => ++gone, { timeoutMs: 1e6 })
    time.pass(100_000)
    end()
    await settle()
    time.pass(2009)
    expect(gone).toBe(0)
    time.pass(1)
    expect(await next).toBe(1)
  })

  it('C11.3 an answer that cannot be read changes nothing of what the call has come to', async () => {
    const { limiter } = start()
    const odd = {
      status: 200,
      headers: {
        get(): never {
          throw new Error('headers are gone')
        },
      },
    }
    expect(await limiter.run('ticker', () => odd)).toBe(odd)
    const thrown = {
      get response(): never {
        throw new Error('no response')
      },
    }
    await expect(limiter.run('ticker', () => Promise.reject(thrown as unknown as Error))).rejects.toBe(thrown)
    const clone = (): never => {
      throw new Error('no copy')
    }
    const refused = { status: 418, headers: {}, clone }
    expect(await limiter.run('ticker', () => refused)).toBe(refused)
    expect(limiter.budgets()[0]?.blockedUntilMs).toBeGreaterThan(0)
  })

  it('C10.2 reads from a copy how long the text of a refusal says, and leaves the text to its caller', async () => {
    const { time, limiter } = start()
    const text = JSON.stringify({ error: { name: 'teapot', message: 'blocked for 5 minutes' } })
    const response = await limiter.run('ticker', () => new Response(text, { status: 418 }))
    expect(limiter.budgets()[0]?.blockedUntilMs).toBe(time.environment.now() + 300_000)
    expect(await response.text()).toBe(text)
  })

  it('C10.2 waits a second at most for a text that does not end, and reads no more than its beginning', async () => {
    const { time, limiter } = start()
    let pulls = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulls++
        controller.enqueue(new TextEncoder().encode('x'.repeat(1000)))
      },
    })
    await limiter.run('order', () => new Response(endless, { status: 429 }))
    expect(pulls).toBeLessThan(10)
    const silent = new Response(new ReadableStream(), { status: 429 })
    const call = limiter.run('ticker', () => silent)
    await settle()
    time.pass(1000)
    expect(await call).toBe(silent)
    expect(limiter.budgets().map(({ blockedUntilMs }) => blockedUntilMs !== undefined)).toEqual([false, true])
  })

  describe.each([429, 418])('C10.2 after HTTP %d to another client', (status) => {
    /** How many of six calls, which take 300 ms each, have gone before any has ended, and when the first has. */
    async function goneOf(call: () => unknown): Promise<readonly number[]> {
      const { time, limiter } = start()
      const refusal = { response: { status, headers: { 'retry-after': '1' } } }
      await expect(limiter.run('ticker', () => Promise.reject(refusal as never))).rejects.toBe(refusal)
      time.pass(1100)
      let gone = 0
      for (let i = 0; i < 6; i++) {
        limiter
          .run('ticker', async () => {
            gone++
            await new Promise<void>((resolve) => time.at(time.nowMs + 300, resolve))
            return call()
          })
          .catch(() => {})
      }
      await settle()
      const before = gone
      time.pass(300)
      await settle()
      return [before, gone]
    }

    it.each<[string, unknown]>([
      ['data without a status', { data: 1 }],
      ['a list', []],
      ['nothing', undefined],
      [
        'what cannot be looked at',
        {
          get error() {
            throw new Error('odd')
          },
        },
      ],
    ])('the first that returns %s was let in, and the rest go', async (_case, result) => {
      expect(await goneOf(() => result)).toEqual([1, 6])
    })

    it.each<[string, () => unknown]>([
      ['throws', () => Promise.reject(new Error('network'))],
      [
        'returns what the exchange says where it refuses',
        () => ({ error: { name: 429, message: 'too many' } }),
      ],
      ['returns that it was refused', () => ({ status, headers: {} })],
    ])('the first that %s proves nothing', async (_case, call) => {
      expect((await goneOf(call))[1]).toBeLessThanOrEqual(2)
    })
  })

  it('C11.1 lets calls go by their priority', async () => {
    const { time, limiter } = start()
    const called: string[] = []
    const call = (name: string) => () => void called.push(name)
    void limiter.run('order-cancel-all', call('first'))
    void limiter.run('order-cancel-all', call('poll'))
    void limiter.run('order-cancel-all', call('reconcile'), { priority: 'reconcile' })
    await settle()
    time.pass(2010)
    await settle()
    time.pass(2010)
    await settle()
    expect(called).toEqual(['first', 'reconcile', 'poll'])
  })

  it.each<[string, unknown[], string]>([
    ['a group that is no text', [5, () => 1], 'group'],
    ['an empty group', ['', () => 1], 'group'],
    ['no group', [undefined, () => 1], 'group'],
    ['a call that is none', ['ticker', 'x'], 'call'],
    ['an unknown option', ['ticker', () => 1, { prio: 'poll' }], 'prio'],
    ['an unknown priority', ['ticker', () => 1, { priority: 'first' }], 'priority'],
    ['a signal that is none', ['ticker', () => 1, { signal: {} }], 'signal'],
    ['a time of nothing', ['ticker', () => 1, { timeoutMs: 0 }], 'timeoutMs'],
  ])('C2.2 refuses %s', async (_case, args, option) => {
    const run = start().limiter.run.bind(start().limiter) as (...given: unknown[]) => Promise<unknown>
    await expect(run(...args)).rejects.toMatchObject({ code: 'INVALID_OPTION', option })
  })

  it('C1.2 C11.1 the shared one is of the shared instance, and asking for it is no use of that', async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler)
    const limiter = GlobalRateLimiter.shared()
    configureUpbit({ ...exchange.sharedOptions, url: 'ws://first.invalid' })
    await limiter.run('market', () => 1)
    configureUpbit({ url: 'ws://second.invalid' })
    await limiter.run('market', () => 1)
    expect(limiter.budgets().map(({ host }) => host)).toEqual(['first.invalid', 'second.invalid'])
  })

  it('C11.1 one share for the process: another one is ALREADY_CONFIGURED until its client is shut down', async () => {
    const time = virtualTime()
    const { options } = createVirtualExchange(time.scheduler)
    const half = createUpbit({ ...options, limits: { share: 0.5 } })
    expect(() => createUpbit({ ...options, limits: { share: 0.25 } })).toThrow(
      expect.objectContaining({ code: 'ALREADY_CONFIGURED', option: 'limits.share' }) as Error,
    )
    createUpbit(options)
    let called = 0
    for (let i = 0; i < 10; i++) void half.limiter.run('ticker', () => called++)
    await settle()
    expect(called).toBe(5)
    await half.shutdown()
    createUpbit({ ...options, limits: { share: 0.25 } })
  })

  it.each([0, -1, 1.5, NaN, '1'])('C11.1 refuses a share of %s', (share) => {
    expect(() => createUpbit({ limits: { share: share as number }, isolated: true })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option: 'limits.share' }) as Error,
    )
  })
})
