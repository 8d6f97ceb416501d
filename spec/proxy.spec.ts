import { config, finalize, Subject } from 'rxjs'
import type { Upbit, UpbitSubscription } from '../src/index'
import {
  configureUpbit,
  createUpbit,
  GlobalWebSocketManager,
  ticker$,
  WebSocketClientProxy,
} from '../src/index'
import { isSharedInUse } from '../src/manager-pool'
import {
  aCandle,
  aMyAsset,
  aMyOrder,
  anAnnouncement,
  anOrderbook,
  aTicker,
  aTrade,
  createVirtualExchange,
  resetShared,
  virtualStartMs,
} from '../src/testing'
import { ManualWork } from './operators/support'
import { record } from './support/recorder'
import { virtualTime } from './support/virtual-time'
import { world } from './support/world'

describe('WebSocketClientProxy', () => {
  it('C2.1 has every stream and every handler, on the connection of its client', () => {
    const { upbit, exchange, pass } = world()
    const proxy = new WebSocketClientProxy('chart_1', { upbit })
    const streams = [
      proxy.ticker$('KRW-BTC'),
      proxy.trade$('KRW-BTC'),
      proxy.orderbook$('KRW-BTC'),
      proxy.candle$('KRW-BTC', '1m'),
    ].map((stream$) => record<object>(stream$))
    const handled: string[] = []
    const note = ({ type }: { readonly type: string }): number => handled.push(type)
    proxy.subscribeTicker('KRW-BTC', note)
    proxy.subscribeTrade('KRW-BTC', note)
    proxy.subscribeOrderbook('KRW-BTC', note)
    proxy.subscribeCandle('KRW-BTC', '1m', note)
    proxy.consume(proxy.ticker$('KRW-BTC'), note)
    record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit([aTicker(), aTrade(), anOrderbook(), aCandle('1m')])
    expect(streams.map(({ values }) => values.length)).toEqual([1, 1, 1, 1])
    expect(handled).toEqual(['ticker', 'ticker', 'trade', 'orderbook', 'candle.1m'])
    expect(exchange.dials).toHaveLength(1)
  })

  it('costs no connection by itself', () => {
    const { upbit, exchange, pass } = world()
    const proxy = new WebSocketClientProxy('chart_1', { upbit })
    proxy.unsubscribeAll()
    pass(10_000)
    expect(exchange.dials).toEqual([])
    expect(proxy.accounting()).toMatchObject({ offered: 0, pending: 0 })
  })

  it('its name begins the names of its consumers, in the account, in errors and in gaps', () => {
    const { upbit, exchange, errors, gaps, pass } = world()
    const proxy = new WebSocketClientProxy('bot_7', { upbit })
    proxy.subscribeTicker('KRW-BTC', () => {
      throw new Error('x')
    })
    proxy.subscribeTrade('KRW-BTC', () => new ManualWork(), { buffer: { capacity: 1 } })
    proxy.consume(new Subject(), () => {})
    proxy.subscribeTicker('KRW-BTC', () => {}, { name: 'mine' })
    pass(1000)
    exchange.emit([aTicker(), ...[1, 2, 3].map((id) => aTrade({ sequential_id: String(id) }))])
    proxy.unsubscribeAll()
    expect(errors).toMatchObject([
      { code: 'HANDLER_FAILED', consumer: 'bot_7 ticker KRW-BTC #1', proxy: 'bot_7' },
    ])
    expect(gaps).toMatchObject([{ cause: 'overflow', consumer: 'bot_7 trade KRW-BTC #2' }])
    proxy.consume(new Subject(), () => {})
    expect(proxy.consumers().map(({ name }) => name)).toEqual(['bot_7 consume #4'])
  })

  it('C4.4 an error that several get is told with the proxy of each, and the error of the others stays as it was', () => {
    const { upbit, exchange, errors, pass } = world()
    exchange.refuse(401)
    const stream = record(upbit.ticker$('KRW-BTC'))
    for (const name of ['a_1', 'b_1']) {
      new WebSocketClientProxy(name, { upbit }).subscribeTicker('KRW-BTC', () => {}, { keepAlive: true })
    }
    pass(1000)
    const refused = errors.filter(({ code }) => code === 'AUTH_REFUSED')
    expect(refused.map(({ proxy }) => proxy)).toEqual(['a_1', 'b_1'])
    expect(refused[0]).toMatchObject({ serverName: 'HTTP 401', nextStep: expect.any(String) as string })
    expect(stream.error).toMatchObject({ code: 'AUTH_REFUSED' })
    expect(stream.error).not.toHaveProperty('proxy')
  })

  describe('its account', () => {
    it('is of its own consumers, past ones too', () => {
      const { upbit, exchange, pass } = world()
      const [proxy, other] = ['a_1', 'a_2'].map((name) => new WebSocketClientProxy(name, { upbit })) as [
        WebSocketClientProxy,
        WebSocketClientProxy,
      ]
      const work = new ManualWork()
      const first = proxy.subscribeTicker('KRW-BTC', () => {})
      proxy.subscribeTrade('KRW-BTC', () => work)
      other.ticker$('KRW-BTC').subscribe()
      upbit.ticker$('KRW-BTC').subscribe()
      pass(1000)
      exchange.emit([aTicker(), aTrade()])
      first.unsubscribe()
      expect(proxy.accounting()).toMatchObject({ offered: 2, delivered: 1, pending: 1 })
      expect(proxy.consumers()).toMatchObject([{ name: 'a_1 trade KRW-BTC #2', offered: 1, pending: 1 }])
      proxy.unsubscribeAll()
      expect(proxy.consumers()).toEqual([])
      expect(proxy.accounting()).toMatchObject({ offered: 2, delivered: 1, pending: 1 })
      work.succeed()
      expect(proxy.accounting()).toMatchObject({ offered: 2, delivered: 2, pending: 0 })
      expect(other.accounting()).toMatchObject({ offered: 1, delivered: 1 })
      expect(upbit.accounting()).toMatchObject({ offered: 4, delivered: 4 })
    })

    it('goes on over a shutdown of its client', async () => {
      const { upbit, exchange, pass } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      for (let round = 1; round <= 2; round++) {
        proxy.subscribeTicker('KRW-BTC', () => {})
        pass(1000)
        exchange.emit(aTicker())
        expect(proxy.accounting()).toMatchObject({ offered: round, delivered: round })
        await upbit.shutdown()
        expect(proxy.consumers()).toEqual([])
      }
    })
  })

  it('its account stays exact over a shutdown with a handler at work', async () => {
    const { upbit, exchange, pass } = world()
    const proxy = new WebSocketClientProxy('a_1', { upbit })
    const [first, second] = [new ManualWork(), new ManualWork()]
    proxy.subscribeTrade('KRW-BTC', () => first)
    proxy.subscribeTrade('KRW-BTC', () => second)
    pass(1000)
    exchange.emit([1, 2, 3].map((id) => aTrade({ sequential_id: String(id) })))
    await upbit.shutdown()
    expect(proxy.accounting()).toMatchObject({ offered: 6, pending: 2, discarded: 4 })
    proxy.subscribeTicker('KRW-BTC', () => {})
    first.succeed()
    second.fail(new Error('x'))
    expect(proxy.accounting()).toMatchObject({
      offered: 6,
      pending: 0,
      delivered: 1,
      failed: 1,
      discarded: 4,
    })
  })

  describe('unsubscribeAll()', () => {
    it('C2.1 completes its streams, ends its handlers, and nobody else; it can be used on', () => {
      const { upbit, exchange, pass } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      const others = [
        record(upbit.ticker$('KRW-BTC')),
        record(new WebSocketClientProxy('a_2', { upbit }).ticker$('KRW-BTC')),
      ]
      const own = record(proxy.ticker$('KRW-BTC'))
      const handle = proxy.subscribeTrade('KRW-BTC', () => {})
      const consumed = proxy.consume(new Subject(), () => {})
      pass(1000)
      proxy.unsubscribeAll()
      expect([own.end, handle.closed, consumed.closed]).toEqual(['complete', true, true])
      expect(others.map(({ end }) => end)).toEqual(['open', 'open'])
      const again = record(proxy.ticker$('KRW-BTC'))
      exchange.emit(aTicker())
      expect(again.values).toHaveLength(1)
    })

    it('takes off the wire what only it had', () => {
      const { upbit, pass, asked } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      proxy.subscribeTicker('KRW-BTC', () => {})
      upbit.subscribeTicker('KRW-ETH', () => {})
      pass(1000)
      proxy.unsubscribeAll()
      pass(6000)
      expect(asked()).toEqual([['ticker KRW-BTC', 'ticker KRW-ETH'], ['ticker KRW-ETH']])
    })
  })

  describe('cleanup()', () => {
    it('C2.1 ends everything at once, and its name is free in the same turn', async () => {
      const { upbit, errors, pass } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      const own = record(proxy.ticker$('KRW-BTC'))
      const handle = proxy.subscribeTicker('KRW-BTC', () => new ManualWork())
      pass(1000)
      const cleaned = proxy.cleanup()
      expect([own.end, handle.closed, proxy.closed]).toEqual(['complete', true, true])
      expect(new WebSocketClientProxy('a_1', { upbit }).name).toBe('a_1')
      await cleaned
      await proxy.cleanup()
      expect(errors).toEqual([])
    })

    it.each<[string, (proxy: WebSocketClientProxy) => unknown]>([
      ['handler', (proxy) => proxy.subscribeTicker('KRW-BTC', () => {})],
      ['consume', (proxy) => proxy.consume(new Subject(), () => {})],
    ])('C2.6 a %s after it is told at the call', async (_, use) => {
      const { upbit } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      await proxy.cleanup()
      expect(() => use(proxy)).toThrow(
        expect.objectContaining({ code: 'PROXY_CLOSED', proxy: 'a_1' }) as Error,
      )
    })

    it('C2.6 a stream after it errors, and a snapshot rejects', async () => {
      const { upbit, exchange, pass } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      const before$ = proxy.ticker$('KRW-BTC')
      await proxy.cleanup()
      expect(record(before$).errorCode).toBe('PROXY_CLOSED')
      expect(record(proxy.trade$('KRW-BTC')).errorCode).toBe('PROXY_CLOSED')
      await expect(proxy.getTickerSnapshot('KRW-BTC')).rejects.toMatchObject({ code: 'PROXY_CLOSED' })
      pass(10_000)
      expect(exchange.dials).toEqual([])
    })

    it('a snapshot that is awaited meanwhile rejects', async () => {
      const { upbit, pass } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      const snapshot = proxy.getTickerSnapshot('KRW-BTC')
      pass(1000)
      await proxy.cleanup()
      await expect(snapshot).rejects.toMatchObject({ code: 'ABORTED' })
    })

    it('ends everything also where a teardown of the application throws', async () => {
      const unhandled: unknown[] = []
      config.onUnhandledError = (error) => unhandled.push(error)
      try {
        const { upbit, exchange, pass } = world()
        const proxy = new WebSocketClientProxy('a_1', { upbit })
        const throwing$ = proxy.ticker$('KRW-BTC').pipe(
          finalize(() => {
            throw new Error('teardown')
          }),
        )
        throwing$.subscribe()
        const got: unknown[] = []
        const handle = proxy.subscribeTicker('KRW-BTC', (event) => got.push(event))
        pass(1000)
        await proxy.cleanup()
        exchange.emit(aTicker())
        expect([handle.closed, got, upbit.consumers()]).toEqual([true, [], []])
        await new Promise((resolve) => setTimeout(resolve))
        expect(unhandled).toHaveLength(1)
      } finally {
        config.onUnhandledError = null
      }
    })

    it('of a subclass is what the end of its block calls', () => {
      const { upbit } = world()
      const calls: string[] = []
      class Chart extends WebSocketClientProxy {
        override cleanup(): Promise<void> {
          calls.push('cleanup')
          return super.cleanup()
        }
      }
      {
        using chart = new Chart('a_1', { upbit })
        expect(chart.closed).toBe(false)
      }
      expect(calls).toEqual(['cleanup'])
    })

    it('C2.4 checks its options before anything ends', async () => {
      const { upbit } = world()
      const proxy = new WebSocketClientProxy('a_1', { upbit })
      await expect(proxy.cleanup({ timeoutMs: 0 })).rejects.toMatchObject({ code: 'INVALID_OPTION' })
      expect(proxy.closed).toBe(false)
    })

    it('is what `using` and `await using` call', async () => {
      const { upbit } = world()
      const handles: UpbitSubscription[] = []
      {
        using proxy = new WebSocketClientProxy('a_1', { upbit })
        handles.push(proxy.subscribeTicker('KRW-BTC', () => {}))
      }
      {
        await using proxy = new WebSocketClientProxy('a_1', { upbit })
        expect(proxy.name).toBe('a_1')
        handles.push(proxy.subscribeTicker('KRW-BTC', () => {}))
      }
      expect(handles.map(({ closed }) => closed)).toEqual([true, true])
    })
  })

  describe('its name', () => {
    it('C2.6 is `name#2` while another live proxy of its host has it, which is told once', async () => {
      const { upbit, client, errors } = world()
      const [first, second, third] = [upbit, client(), upbit].map(
        (each) => new WebSocketClientProxy('chart_1', { upbit: each }),
      ) as [WebSocketClientProxy, WebSocketClientProxy, WebSocketClientProxy]
      expect([first.name, second.name, third.name]).toEqual(['chart_1', 'chart_1#2', 'chart_1#3'])
      expect(errors).toMatchObject([{ code: 'PROXY_NAME_TAKEN', proxy: 'chart_1#2' }])
      expect(errors[0]?.madeAt).toMatch(/proxy\.spec\.ts:\d+/)
      await first.cleanup()
      expect(new WebSocketClientProxy('chart_1', { upbit }).name).toBe('chart_1')
    })

    it('is told with the line that made it, of a subclass too, whatever the program does with stacks', () => {
      const { upbit, errors } = world()
      class Chart extends WebSocketClientProxy {}
      const before = Error.prepareStackTrace
      new Chart('a_1', { upbit })
      new Chart('a_1', { upbit })
      Error.prepareStackTrace = () => []
      try {
        new Chart('a_2', { upbit })
        new Chart('a_2', { upbit })
      } finally {
        Error.prepareStackTrace = before
      }
      const places = errors.map(({ madeAt }) => madeAt)
      expect(places[0]).toMatch(/proxy\.spec\.ts:\d+/)
      expect(places[0]).not.toContain('new Chart')
      expect(places[1]).toBe('somewhere')
    })

    it('another host and an isolated client have names of their own', () => {
      const { upbit, client, errors } = world()
      const isolated = client({ isolated: true, logger: false })
      const clients: readonly Upbit[] = [upbit, world().upbit, isolated]
      const names = clients.map((each) => new WebSocketClientProxy('chart_1', { upbit: each }).name)
      expect(names).toEqual(['chart_1', 'chart_1', 'chart_1'])
      expect(new WebSocketClientProxy('chart_1', { upbit: isolated }).name).toBe('chart_1#2')
      expect(errors).toEqual([])
    })

    it.each([undefined, '', '  ', 5, 'a#2'])('%j is none', (name) => {
      const { upbit } = world()
      expect(() => new WebSocketClientProxy(name as string, { upbit })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', option: 'name' }) as Error,
      )
    })
  })

  it.each([
    [{ upbit: {} }, 'upbit'],
    [{ upbit: 'sg' }, 'upbit'],
    [{ keepAlive: 1 }, 'keepAlive'],
    [{ keepalive: true }, 'keepalive'],
  ])('refuses %j', (options, option) => {
    expect(() => new WebSocketClientProxy('a_1', options as object)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error,
    )
  })

  it('isPrivateAvailable() says whether its client has an account', () => {
    const { client } = world()
    const keys = { accessKey: 'access', secretKey: 'secret' }
    const [without, with_] = [client(), client({ credentials: keys })].map((upbit, i) =>
      new WebSocketClientProxy(`a_${i}`, { upbit }).isPrivateAvailable(),
    )
    expect([without, with_]).toEqual([false, true])
  })

  describe('of an account', () => {
    const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
    const setUp = () => {
      const here = world({ exchange: { accounts: [keys] }, client: { credentials: keys } })
      return { ...here, proxy: new WebSocketClientProxy('orders_1', { upbit: here.upbit }) }
    }

    it('C2.1 has its streams, handlers and views, on the private connection of its client', async () => {
      const { upbit, proxy, exchange, pass } = setUp()
      const streams = [proxy.myOrder$(), proxy.myAsset$(), proxy.announcement$()].map((stream$) =>
        record<object>(stream$),
      )
      const views = [proxy.openOrders$(), proxy.balances$()].map((view$) => record<readonly object[]>(view$))
      const handled: string[] = []
      const note = ({ type }: { readonly type: string }): number => handled.push(type)
      proxy.subscribeMyOrder(note)
      proxy.subscribeMyOrder('KRW-ETH', note)
      proxy.subscribeMyAsset(note)
      proxy.subscribeAnnouncement(note)
      record(upbit.myOrder$())
      const snapshots = Promise.all([proxy.getOpenOrdersSnapshot(), proxy.getBalancesSnapshot()])
      pass(2000)
      expect(await snapshots).toEqual([[], []])
      exchange.emit([aMyOrder({ uuid: 'one' }), aMyAsset(), anAnnouncement()])
      pass(1)
      expect(streams.map(({ values }) => values.length)).toEqual([1, 1, 1])
      expect(handled).toEqual(['myOrder', 'myAsset', 'announcement'])
      expect(views.map(({ values }) => values.at(-1)?.length)).toEqual([1, 1])
      expect(exchange.private.dials).toHaveLength(1)
    })

    it('C2.1 ends them all with cleanup(), and nobody else’s', async () => {
      const { upbit, proxy, exchange, pass } = setUp()
      const others = [upbit.myOrder$(), new WebSocketClientProxy('orders_2', { upbit }).openOrders$()].map(
        (stream$) => record<unknown>(stream$),
      )
      const own = [proxy.myOrder$(), proxy.myAsset$(), proxy.openOrders$(), proxy.balances$()].map(
        (stream$) => record<unknown>(stream$),
      )
      const handlers = [
        proxy.subscribeMyOrder(() => {}),
        proxy.subscribeMyAsset(() => {}),
        proxy.subscribeAnnouncement(() => {}),
      ]
      pass(2000)
      await proxy.cleanup()
      expect(own.map(({ end }) => end)).toEqual(['complete', 'complete', 'complete', 'complete'])
      expect(handlers.map(({ closed }) => closed)).toEqual([true, true, true])
      expect(others.map(({ end }) => end)).toEqual(['open', 'open'])
      expect(proxy.consumers()).toEqual([])
      pass(3000)
      exchange.emit(aMyOrder())
      pass(1)
      expect(others.map(({ values }) => values.length > 0)).toEqual([true, true])
    })

    it('a snapshot of it that is awaited meanwhile rejects', async () => {
      const { proxy } = setUp()
      const snapshots = [proxy.getOpenOrdersSnapshot(), proxy.getBalancesSnapshot()].map((snapshot) =>
        expect(snapshot).rejects.toMatchObject({ code: 'ABORTED' }),
      )
      await proxy.cleanup()
      await Promise.all(snapshots)
    })

    it('C2.1 takes off the private wire what only it had', async () => {
      const { upbit, proxy, exchange, pass } = setUp()
      proxy.subscribeMyAsset(() => {})
      proxy.balances$().subscribe()
      const left = upbit.subscribeMyOrder(() => {})
      pass(2000)
      expect(exchange.private.subscribed('myAsset')).toBe(true)
      await proxy.cleanup()
      pass(6000)
      expect(['myOrder', 'myAsset'].map((type) => exchange.private.subscribed(type))).toEqual([true, false])
      left.unsubscribe()
      pass(6000)
      expect(exchange.private.connections).toBe(0)
    })

    it('C2.6 after cleanup() they error, and snapshots reject', async () => {
      const { proxy, exchange, pass } = setUp()
      await proxy.cleanup()
      const streams = [proxy.myOrder$(), proxy.announcement$(), proxy.balances$()].map((stream$) =>
        record<unknown>(stream$),
      )
      expect(streams.map(({ errorCode }) => errorCode)).toEqual(Array(3).fill('PROXY_CLOSED'))
      await expect(proxy.getOpenOrdersSnapshot()).rejects.toMatchObject({ code: 'PROXY_CLOSED' })
      expect(() => proxy.subscribeMyOrder(() => {})).toThrow(
        expect.objectContaining({ code: 'PROXY_CLOSED' }) as Error,
      )
      pass(2000)
      expect(exchange.private.dials).toEqual([])
    })
  })

  describe('of the shared instance', () => {
    const setUp = () => {
      const time = virtualTime()
      const exchange = createVirtualExchange(time.scheduler)
      return { exchange, pass: (ms: number) => time.pass(ms) }
    }
    const sharedOptions = ({ exchange }: ReturnType<typeof setUp>) => ({
      ...exchange.sharedOptions,
      logger: false as const,
    })
    afterEach(() => resetShared())

    it('C1.2 making it, asking it and a taken name are no use: options may come later', () => {
      const here = setUp()
      const [proxy, second] = [new WebSocketClientProxy('a_1'), new WebSocketClientProxy('a_1')] as const
      proxy.unsubscribeAll()
      expect([proxy.isPrivateAvailable(), proxy.consumers(), proxy.accounting().offered]).toEqual([
        false,
        [],
        0,
      ])
      expect(isSharedInUse()).toBe(false)
      configureUpbit({ ...sharedOptions(here), credentials: { accessKey: 'a', secretKey: 's' } })
      expect(proxy.isPrivateAvailable()).toBe(true)
      const errors = record(GlobalWebSocketManager.shared().errors$)
      const got = record(proxy.ticker$('KRW-BTC'))
      record(second.ticker$('KRW-BTC'))
      record(second.ticker$('KRW-BTC'))
      here.pass(1000)
      here.exchange.emit(aTicker())
      expect(got.values).toMatchObject([{ received_at: virtualStartMs + 1000 }])
      expect(errors.values).toMatchObject([{ code: 'PROXY_NAME_TAKEN', proxy: 'a_1#2' }])
      second[Symbol.dispose]()
      proxy[Symbol.dispose]()
    })

    it('C2.6 is one among those of the host, which is known at the first use', () => {
      const here = setUp()
      const early = new WebSocketClientProxy('a_1')
      configureUpbit({ ...sharedOptions(here), url: 'ws://names.invalid' })
      const explicit = createUpbit({ ...sharedOptions(here), url: 'ws://names.invalid' })
      const other = new WebSocketClientProxy('a_1', { upbit: explicit })
      expect([early.name, other.name]).toEqual(['a_1', 'a_1'])
      const errors = record(explicit.errors$)
      const handle = early.subscribeTicker('KRW-BTC', () => {})
      expect([early.name, handle.name]).toEqual(['a_1#2', 'a_1#2 ticker KRW-BTC #1'])
      expect(errors.values).toMatchObject([{ code: 'PROXY_NAME_TAKEN', proxy: 'a_1#2' }])
      early[Symbol.dispose]()
      other[Symbol.dispose]()
      expect(new WebSocketClientProxy('a_1', { upbit: explicit }).name).toBe('a_1')
    })

    it('C1.2 a wrong environment is told at the first use, and may be set right until then', () => {
      const before = { ...process.env }
      Object.assign(process.env, { UPBIT_ACCESS_KEY: 'a', UPBIT_REGION: 'moon' })
      try {
        const here = setUp()
        const proxy = new WebSocketClientProxy('a_1')
        configureUpbit({ lingerMs: 1 })
        expect(record(proxy.ticker$('KRW-BTC')).errorCode).toBe('INVALID_OPTION')
        configureUpbit({ ...sharedOptions(here), credentials: { accessKey: 'a', secretKey: 's' } })
        expect(record(proxy.ticker$('KRW-BTC')).end).toBe('open')
      } finally {
        process.env = before
      }
    })

    it('C2.6 its name is free after a reset, and it claims it anew at its next use', async () => {
      configureUpbit(sharedOptions(setUp()))
      const left = new WebSocketClientProxy('a_1')
      record(left.ticker$('KRW-BTC'))
      await resetShared()
      configureUpbit(sharedOptions(setUp()))
      const next = new WebSocketClientProxy('a_1')
      record(next.ticker$('KRW-BTC'))
      expect(next.name).toBe('a_1')
      record(left.ticker$('KRW-BTC'))
      expect(left.name).toBe('a_1#2')
    })

    it('a refused snapshot of a closed one is no use', async () => {
      const proxy = new WebSocketClientProxy('a_1')
      await proxy.cleanup()
      await expect(proxy.getTickerSnapshot('KRW-BTC')).rejects.toMatchObject({ code: 'PROXY_CLOSED' })
      expect(isSharedInUse()).toBe(false)
    })

    it('C1.2 goes on after a shutdown, and with another shared instance after a reset', async () => {
      const here = setUp()
      configureUpbit(sharedOptions(here))
      const proxy = new WebSocketClientProxy('a_1')
      const first = record(proxy.ticker$('KRW-BTC'))
      await GlobalWebSocketManager.shared().shutdown()
      const second = record(proxy.ticker$('KRW-BTC'))
      expect([first.end, second.end]).toEqual(['complete', 'open'])
      await resetShared()
      expect(second.end).toBe('complete')
      expect(isSharedInUse()).toBe(false)
      const next = setUp()
      configureUpbit(sharedOptions(next))
      const third = record(proxy.ticker$('KRW-BTC'))
      const plain = record(ticker$('KRW-BTC'))
      next.pass(1000)
      next.exchange.emit(aTicker())
      expect([third.values.length, plain.values.length]).toEqual([1, 1])
      await proxy.cleanup()
      expect([third.end, plain.end]).toEqual(['complete', 'open'])
    })
  })
})
