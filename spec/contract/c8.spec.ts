/** C8: errors, warnings and status, seen from outside. */
import { inspect } from 'node:util'
import { createUpbit, errorCodes } from '../../src/index'
import type { ConnectionStatus, Logger, UpbitOptions } from '../../src/index'
import { aTicker, aTrade } from '../../src/testing'
import { record } from '../support/recorder'
import { world } from '../support/world'

/** A client to whose `errors$` nobody listens, and what leaves it. */
function silent(options: UpbitOptions = {}) {
  const here = world()
  const upbit = here.client({ isolated: true, ...options })
  const fail = (name = 'saver'): void => {
    upbit.subscribeTicker(
      'KRW-BTC',
      () => {
        throw new Error('disk full')
      },
      { name },
    )
  }
  return { ...here, upbit, fail }
}

describe('C8.1', () => {
  let warnings: unknown[][]
  let warn: jest.SpyInstance
  beforeEach(() => {
    warnings = []
    warn = jest
      .spyOn(process, 'emitWarning')
      .mockImplementation((...given: unknown[]) => void warnings.push(given))
  })
  afterEach(() => warn.mockRestore())

  it('C8.1 while nobody listens each distinct problem is a warning at most once a minute, with code, consumer, next step', () => {
    const { exchange, pass, fail } = silent()
    fail('saver')
    fail('chart')
    pass(1000)
    const say = (name: string): unknown[] => [
      expect.stringMatching(
        new RegExp(
          `^The handler of ${name} failed: disk full\\. Thrown at .*c8\\.spec\\.ts.* Mend the handler; it stays`,
        ),
      ),
      { type: 'UpbitWarning', code: 'HANDLER_FAILED' },
    ]
    for (let i = 0; i < 3; i++) exchange.emit(aTicker())
    expect(warnings).toEqual([say('saver'), say('chart')])
    pass(59_999)
    exchange.emit(aTicker())
    expect(warnings).toHaveLength(2)
    pass(1)
    exchange.emit(aTicker())
    expect(warnings).toEqual([say('saver'), say('chart'), say('saver'), say('chart')])
  })

  it('C8.1 who listens to errors$ gets every one, and no warning is given', () => {
    const { upbit, exchange, pass, fail } = silent()
    const errors = record(upbit.errors$)
    fail()
    pass(1000)
    for (let i = 0; i < 3; i++) exchange.emit(aTicker())
    expect(errors.values.map(({ code }) => code)).toEqual(Array(3).fill('HANDLER_FAILED'))
    expect(warnings).toEqual([])
    errors.subscription.unsubscribe()
    exchange.emit(aTicker())
    expect(warnings).toHaveLength(1)
  })

  it.each([
    [
      'console',
      (calls: unknown[][]): Logger => ({
        ...console,
        warn: (...given: unknown[]) => void calls.push(given),
      }),
    ],
    [
      'pino',
      (calls: unknown[][]) => ({
        level: 'info',
        warn(this: { readonly level: string }, ...given: unknown[]): void {
          // A logger's methods need their logger.
          if (this.level === 'info') calls.push(given)
        },
      }),
    ],
  ])('C8.1 a logger of the shape of %s replaces the warning', (_, make) => {
    const calls: unknown[][] = []
    const { exchange, pass, fail } = silent({ logger: make(calls) })
    fail()
    pass(1000)
    exchange.emit(aTicker())
    expect(calls).toEqual([
      [
        {
          code: 'HANDLER_FAILED',
          consumer: 'saver',
          stream: undefined,
          proxy: undefined,
          path: undefined,
          nextStep: 'Mend the handler; it stays subscribed and gets the next event.',
        },
        expect.stringMatching(/^The handler of saver failed: disk full\. Thrown at .*c8\.spec\.ts/),
      ],
    ])
    expect(warnings).toEqual([])
  })

  it('C8.1 logger: false silences', () => {
    const { exchange, pass, fail } = silent({ logger: false })
    fail()
    pass(1000)
    exchange.emit(aTicker())
    expect(warnings).toEqual([])
  })

  it('C8.1 every error at run time has a code of the closed set and a next step', () => {
    const { upbit, exchange, pass, errors } = world({ exchange: { switches: { unknownField: true } } })
    upbit.subscribeTicker('KRW-BTC', () => {
      throw new Error('x')
    })
    upbit.orderbook$('KRW-BTC').subscribe()
    pass(10_000)
    exchange.emit(aTicker({ timestamp: 100 }))
    exchange.emitRaw('{"type":"ticker"}')
    exchange.emit([3, 2, 1, 0].map((timestamp) => aTicker({ timestamp })))
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    upbit.subscribeTrade('KRW-XXX', () => {})
    pass(2000)
    exchange.refuse(503, { times: 3 })
    exchange.cut()
    pass(20_000)
    expect([...new Set(errors.map(({ code }) => code))].sort()).toEqual([
      'CLOCK_STEPPED',
      'CONNECT_FAILED',
      'HANDLER_FAILED',
      'REJECTED',
      'SCHEMA_DRIFT',
      'SILENT_CODE',
      'UNDECODABLE',
    ])
    for (const { code, nextStep } of errors) {
      expect(errorCodes).toContain(code)
      expect(nextStep).toMatch(/^[A-Z].*\.$/)
    }
  })
})

describe('C8.1 errors of the exchange', () => {
  it('C8.1 an error frame that no request explains is told with the exchange’s own words', () => {
    const { upbit, exchange, pass, errors } = world()
    const stream = record(upbit.trade$('KRW-BTC'))
    pass(20_000)
    exchange.sendError('INTERNAL', 'something broke')
    pass(5000)
    expect(errors).toMatchObject([
      {
        code: 'SERVER_ERROR',
        serverName: 'INTERNAL',
        serverMessage: 'something broke',
        message: 'The exchange sent an error that no request explains: INTERNAL something broke',
      },
    ])
    exchange.emit(aTrade())
    expect(stream).toMatchObject({ end: 'open', values: [{ epoch: 2 }] })
  })

  it('C8.1 an error frame that costs consumers their entry is told by them alone', () => {
    const { upbit, exchange, pass, errors } = world()
    exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM')
    const stream = record(upbit.ticker$('KRW-BTC'))
    pass(5000)
    expect(stream.errorCode).toBe('REJECTED')
    expect(errors.filter(({ code }) => code === 'SERVER_ERROR')).toEqual([])
  })
})

describe('C8.2', () => {
  it('C8.2 idle, connecting, live, waiting, connecting, live, idle, closed', async () => {
    const { upbit, exchange, pass, now } = world()
    const statuses: ConnectionStatus[] = []
    upbit.status$.subscribe((status) => statuses.push(status))
    const stream = upbit.ticker$('KRW-BTC').subscribe()
    pass(0)
    const openedMs = now()
    pass(1000)
    exchange.cut()
    const cutMs = now()
    pass(5000)
    stream.unsubscribe()
    pass(5000)
    await upbit.shutdown()
    expect(statuses).toEqual([
      { state: 'idle' },
      { state: 'connecting', attempt: 1 },
      { state: 'live', epoch: 1, since: openedMs },
      { state: 'waiting', reason: 'backoff', retryAtMs: expect.any(Number) as number },
      { state: 'connecting', attempt: 2 },
      { state: 'live', epoch: 2, since: expect.any(Number) as number },
      { state: 'idle' },
      { state: 'closed' },
    ])
    expect((statuses[3] as { retryAtMs: number }).retryAtMs).toBeGreaterThan(cutMs)
  })

  it('C8.2 status$ emits the present one first, and goes on when a new subscription starts afresh', async () => {
    const { upbit, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    const states: string[] = []
    upbit.status$.subscribe(({ state }) => states.push(state))
    await upbit.shutdown()
    // To look is no use: nothing is dialed for it.
    expect(record(upbit.status$).values).toEqual([{ state: 'closed' }])
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(states).toEqual(['live', 'closed', 'idle', 'connecting', 'live'])
  })

  it('C8.2 errors$ and gaps$ go on after a shutdown too', async () => {
    const { upbit, exchange, pass, errors, gaps } = world()
    await upbit.shutdown()
    upbit.subscribeTicker('KRW-BTC', () => {
      throw new Error('x')
    })
    pass(20_000)
    exchange.emit(aTicker())
    exchange.cut()
    expect(errors.map(({ code }) => code)).toContain('HANDLER_FAILED')
    expect(gaps).toMatchObject([{ phase: 'opened', code: 'KRW-BTC' }])
  })

  it('C8.2 after shutdown the last account can still be read', async () => {
    const { upbit, exchange, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTrade())
    await upbit.shutdown()
    expect(upbit.accounting()).toMatchObject({ events: 1, delivered: 1, dials: 1 })
    expect(upbit.consumers()).toEqual([])
    expect(upbit.manager.status).toEqual({ state: 'closed' })
  })
})

describe('C8.3', () => {
  const secret = 'hush'
  const urls = [
    `http://user:${secret}@gateway.invalid/`,
    `wss://user:${secret}@gateway.invalid/#x`,
    `http://gateway.invalid/path?token=${secret}`,
    `user:${secret}@gateway`,
    `wss//user:${secret}@gateway.invalid?key=${secret}`,
  ]

  it.each(urls)('C8.3 no user, password or query in the message about a wrong url: %s', (url) => {
    let shown = ''
    try {
      createUpbit({ url })
    } catch (error) {
      shown = inspect(error) + String(error) + JSON.stringify(error)
    }
    // Of what is no url nothing is known to be harmless.
    expect(shown).toContain(url.includes('://') ? 'gateway' : '…')
    expect(shown).not.toContain(secret)
  })

  it('C8.3 no token of the path in what `inspect` shows of the options', () => {
    const upbit = createUpbit({ url: `wss://gateway.invalid/${secret}/websocket/v1`, isolated: true })
    expect(upbit.inspect().options).toMatchObject({ url: 'wss://gateway.invalid/…/websocket/v1' })
    expect(upbit.manager.options.url).toContain(secret)
  })

  it('C8.3 none in what an inspector shows of a client, its manager, streams and handles', () => {
    const { client, exchange, pass } = world()
    const url = `wss://user:${secret}@gateway.invalid/websocket/v1?token=${secret}`
    const upbit = client({ url, isolated: true })
    const errors = record(upbit.errors$)
    const handle = upbit.subscribeTicker('KRW-BTC', () => {
      throw new Error('x')
    })
    exchange.refuse(503, { times: 2 })
    pass(20_000)
    exchange.emit(aTicker())
    expect(errors.values.length).toBeGreaterThan(1)
    for (const value of [upbit, upbit.manager, upbit.ticker$('KRW-BTC'), upbit.status$, handle]) {
      expect(inspect(value, { depth: 12, showHidden: true })).not.toContain(secret)
      const all = { depth: 10, showHidden: true, getters: true, customInspect: false }
      expect(inspect(value, all)).not.toContain(secret)
      expect(inspect(value, { ...all, showProxy: true })).not.toContain(secret)
    }
    for (const value of [
      handle,
      errors.values,
      upbit.accounting(),
      upbit.consumers(),
      upbit.manager.status,
    ]) {
      expect(JSON.stringify(value)).not.toContain(secret)
    }
  })
})
