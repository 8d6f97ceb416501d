/** C1: instances and configuration, seen from outside. */
import type * as api from '../../src/index'
import { configureUpbit, createUpbit, GlobalWebSocketManager, ticker$ } from '../../src/index'
import { aTicker, createVirtualExchange, resetShared } from '../../src/testing'
import { record } from '../support/recorder'
import { virtualTime } from '../support/virtual-time'
import { world } from '../support/world'

/** The shared instance on an exchange in memory. */
function sharedWorld() {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const { url, openSocket, environment } = exchange.options
  configureUpbit({ url, openSocket, environment, logger: false })
  return { time, exchange, pass: (ms: number) => time.pass(ms) }
}

const codeAndOption = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    const { code, option } = error as { code?: string; option?: string }
    return [code, option]
  }
  return 'nothing thrown'
}

afterEach(() => resetShared())

describe('C1.1 one connection a target', () => {
  it('C1.1 whoever asks: clients of one host share its connection', () => {
    const { upbit, client, exchange, pass } = world()
    const others = [client(), client()]
    for (const each of [upbit, ...others]) each.ticker$('KRW-BTC').subscribe()
    others[0]?.trade$('KRW-ETH').subscribe()
    pass(60_000)
    expect(exchange.dials).toHaveLength(1)
    expect(exchange.received.filter(({ kind }) => kind === 'subscribe')).toHaveLength(1)
  })

  it('C1.1 clients of two hosts have two', () => {
    const { upbit, client, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    client({ url: 'ws://another.invalid' }).ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(exchange.dials).toHaveLength(2)
  })

  it('C1.1 an auxiliary connection exists only for a second level of one code, while it is used', () => {
    const { upbit, exchange, pass } = world()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-ETH', { level: 10 }).subscribe()
    pass(1000)
    expect(exchange.connections).toBe(1)
    const second = upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(1000)
    expect(exchange.connections).toBe(2)
    second.unsubscribe()
    pass(5000)
    expect(exchange.connections).toBe(1)
  })
})

describe('C1.2 the shared instance', () => {
  it('C1.2 ticker$ and GlobalWebSocketManager.shared() are of one connection', () => {
    const { exchange, pass } = sharedWorld()
    ticker$('KRW-BTC').subscribe()
    ticker$('KRW-ETH').subscribe()
    pass(1000)
    expect(exchange.dials).toHaveLength(1)
    expect(GlobalWebSocketManager.shared().status).toMatchObject({ state: 'live', epoch: 1 })
    expect(GlobalWebSocketManager.shared().consumers()).toHaveLength(2)
  })

  it('C1.2 configureUpbit before first use sets options, in one call or several; a call of ticker$ is no use', () => {
    const { exchange, pass } = sharedWorld()
    const stream$ = ticker$('KRW-BTC')
    configureUpbit({ lingerMs: 50 })
    configureUpbit({ format: 'SIMPLE_LIST' })
    const consumer = stream$.subscribe()
    pass(1000)
    expect(exchange.received[0]).toMatchObject({ format: 'SIMPLE_LIST' })
    consumer.unsubscribe()
    pass(50)
    expect(exchange.connections).toBe(0)
  })

  it.each<[string, () => unknown]>([
    ['a subscription', () => ticker$('KRW-BTC').subscribe().unsubscribe()],
    ['GlobalWebSocketManager.shared()', () => GlobalWebSocketManager.shared()],
  ])('C1.2 after first use by %s other options throw ALREADY_CONFIGURED, naming the option', (_, use) => {
    const { exchange } = sharedWorld()
    const { url, openSocket, environment } = exchange.options
    use()
    expect(codeAndOption(() => configureUpbit({ lingerMs: 1 }))).toEqual(['ALREADY_CONFIGURED', 'lingerMs'])
    expect(codeAndOption(() => configureUpbit({ region: 'sg' }))).toEqual(['ALREADY_CONFIGURED', 'region'])
    expect(codeAndOption(() => configureUpbit({ url: 'ws://other.invalid' }))).toEqual([
      'ALREADY_CONFIGURED',
      'url',
    ])
    expect(codeAndOption(() => configureUpbit({ logger: console }))).toEqual(['ALREADY_CONFIGURED', 'logger'])
    expect(codeAndOption(() => configureUpbit({ openSocket: (request) => openSocket(request) }))).toEqual([
      'ALREADY_CONFIGURED',
      'openSocket',
    ])
    expect(codeAndOption(() => configureUpbit({ environment: { ...environment } }))).toEqual([
      'ALREADY_CONFIGURED',
      'environment',
    ])
    // What it has already is no difference.
    configureUpbit({ url, openSocket, environment, logger: false, lingerMs: 5000 })
  })

  it('C1.2 options that another client’s connection of the same host has not throw at once', () => {
    const { exchange } = sharedWorld()
    const { url, openSocket, environment } = exchange.options
    const other = createUpbit({ url, openSocket, environment, logger: false, lingerMs: 1 })
    expect(codeAndOption(() => configureUpbit({ lingerMs: 2 }))).toEqual(['ALREADY_CONFIGURED', 'lingerMs'])
    configureUpbit({ lingerMs: 1 })
    expect(other.manager).toBe(GlobalWebSocketManager.shared())
    return other.shutdown()
  })

  it('C1.2 what is unset is read from UPBIT_URL and UPBIT_REGION, at first use', () => {
    const before = { ...process.env }
    try {
      process.env.UPBIT_REGION = 'sg'
      expect(hostOf(() => createUpbit({ isolated: true }))).toBe('sg-api.upbit.com')
      process.env.UPBIT_URL = 'ws://from-environment.invalid:1'
      expect(hostOf(() => createUpbit({ isolated: true }))).toBe('from-environment.invalid:1')
      expect(hostOf(() => createUpbit({ isolated: true, url: 'ws://given.invalid' }))).toBe('given.invalid')
      // Whoever names a region means it.
      expect(hostOf(() => createUpbit({ isolated: true, region: 'th' }))).toBe('th-api.upbit.com')
      process.env.UPBIT_URL = ''
      process.env.UPBIT_REGION = ''
      expect(hostOf(() => createUpbit({ isolated: true }))).toBe('api.upbit.com')
      process.env.UPBIT_REGION = 'moon'
      expect(codeAndOption(() => createUpbit({ isolated: true }))).toEqual(['INVALID_OPTION', 'region'])
    } finally {
      process.env = before
    }
  })

  it('C1.2 after shutdown a new subscription starts afresh, and options may be set again', async () => {
    const { exchange, pass } = sharedWorld()
    const first = record(ticker$('KRW-BTC'))
    pass(1000)
    await GlobalWebSocketManager.shared().shutdown()
    expect(first.end).toBe('complete')
    expect(exchange.connections).toBe(0)

    configureUpbit({ lingerMs: 7 })
    const second = record(ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker())
    expect(second.values).toMatchObject([{ epoch: 1, code: 'KRW-BTC' }])
    expect(first.values).toEqual([])
  })
})

describe('C1.3 createUpbit', () => {
  it.each([
    ['lingerMs', { lingerMs: 1 }],
    ['format', { format: 'SIMPLE' } as const],
    ['logger', { logger: false } as const],
  ])('C1.3 a differing manager-wide option throws ALREADY_CONFIGURED: %s', (option, differing) => {
    const { client } = world()
    expect(codeAndOption(() => client(differing))).toEqual(['ALREADY_CONFIGURED', option])
    expect(() => client({ ...differing, isolated: true })).not.toThrow()
  })

  it('C1.3 another path of the same host is a differing url', () => {
    const { client } = world({ client: { url: 'ws://paths.invalid/one' } })
    expect(codeAndOption(() => client({ url: 'ws://paths.invalid/two' }))).toEqual([
      'ALREADY_CONFIGURED',
      'url',
    ])
  })

  it('C1.3 { isolated: true } makes a connection of its own', () => {
    const { upbit, client, exchange, pass } = world()
    const apart = client({ isolated: true })
    upbit.ticker$('KRW-BTC').subscribe()
    apart.ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(exchange.connections).toBe(2)
    expect(apart.manager).not.toBe(upbit.manager)
    expect(apart.consumers()).toHaveLength(1)
  })

  it('C1.3 shutdown of a client releases it, the last one closes the connection', async () => {
    const { upbit, client, exchange, pass } = world()
    const other = client()
    const mine = record(upbit.ticker$('KRW-BTC'))
    const theirs = record(other.ticker$('KRW-BTC'))
    pass(1000)
    await upbit.shutdown()
    expect([mine.end, theirs.end]).toEqual(['complete', 'open'])
    exchange.emit(aTicker())
    expect(theirs.values).toHaveLength(1)
    expect(exchange.connections).toBe(1)
    // Released is released: once more does not count twice.
    await upbit.shutdown()
    expect(theirs.end).toBe('open')
    await other.shutdown()
    expect(theirs.end).toBe('complete')
    expect(exchange.connections).toBe(0)
  })

  it('C1.3 a released client that subscribes again shares again', async () => {
    const { upbit, client, pass } = world()
    const other = client()
    other.ticker$('KRW-BTC').subscribe()
    await upbit.shutdown()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(upbit.consumers()).toHaveLength(2)
    await other.shutdown()
    expect(upbit.consumers()).toHaveLength(1)
  })
})

describe('C1.4 url', () => {
  it.each([
    ['ws://127.0.0.1:9000', '/websocket/v1'],
    ['ws://127.0.0.1:9000/', '/websocket/v1'],
    ['wss://gateway.invalid/upbit', '/upbit'],
    ['wss://gateway.invalid/?token=abc', '/?token=abc'],
    ['wss://gateway.invalid/a/b?c=d', '/a/b?c=d'],
  ])('C1.4 %s is dialed as %s', (url, path) => {
    const { exchange, client, pass } = world()
    client({ url, isolated: true, logger: false }).ticker$('KRW-BTC').subscribe()
    pass(100)
    expect(exchange.dials[0]).toMatchObject({ path })
  })
})

describe('C1.5 one realm', () => {
  it('C1.5 a second copy of the package finds the same managers and tells errors apart by code', () => {
    const { exchange, pass } = sharedWorld()
    ticker$('KRW-BTC').subscribe()
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a second copy is what `require` gives here
      const copy = require('../../src/index') as typeof api
      expect(copy.ticker$).not.toBe(ticker$)
      copy.ticker$('KRW-ETH').subscribe()
      expect(copy.GlobalWebSocketManager.shared()).toBe(GlobalWebSocketManager.shared())
      expect(codeAndOption(() => copy.configureUpbit({ lingerMs: 1 }))).toEqual([
        'ALREADY_CONFIGURED',
        'lingerMs',
      ])
    })
    pass(1000)
    expect(exchange.dials).toHaveLength(1)
    expect(exchange.received[0]?.items).toMatchObject([{ type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'] }])
  })
})

describe('C1.6 nothing is left', () => {
  it('C1.6 shutdown() resolves when no socket and no timer is left', async () => {
    const { upbit, exchange, time, pass } = world({ exchange: { latencyMs: 40 } })
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    pass(1000)
    expect(exchange.connections).toBe(2)
    await upbit.shutdown()
    expect(exchange.connections).toBe(0)
    expect(time.scheduler.actions).toEqual([])
  })

  it('C1.6 shutdown() while dialing or waiting leaves nothing either', async () => {
    const { upbit, exchange, time, pass } = world()
    exchange.refuse(503)
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    expect(upbit.manager.status.state).toBe('waiting')
    await upbit.shutdown()
    expect(time.scheduler.actions).toEqual([])
  })
})

function hostOf(make: () => ReturnType<typeof createUpbit>): string {
  return new URL(make().manager.options.url).host
}
