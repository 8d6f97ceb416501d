/** C2: what a user calls, seen from outside. */
import { asapScheduler, filter, firstValueFrom, map, Observable, of, Subject, take, toArray } from 'rxjs'
import * as api from '../../src/index'
import type { TradeEvent, Upbit } from '../../src/index'
import { candleUnits, toAsyncIterable } from '../../src/index'
import { aCandle, anOrderbook, aTicker, aTrade, resetShared } from '../../src/testing'
import { ManualWork } from '../operators/support'
import { record } from '../support/recorder'
import { world } from '../support/world'

afterEach(() => resetShared())

/** What a call throws: its code, the option it names and its words. */
function thrown(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    const { code, option, message } = error as { code?: string; option?: string; message: string }
    return { code, option, message }
  }
  return 'nothing'
}

/** As a program without types would call it. */
const loose = (upbit: Upbit) =>
  upbit as unknown as Record<string, (...given: unknown[]) => { subscribe(): unknown }>

describe('C2.1 calls', () => {
  it('C2.1 each type has a stream and a handler, on a client and at the top', () => {
    const { upbit } = world()
    for (const name of ['ticker', 'trade', 'orderbook', 'candle']) {
      const handler = `subscribe${name[0]?.toUpperCase()}${name.slice(1)}`
      for (const holder of [upbit, api] as unknown as Record<string, unknown>[]) {
        expect(typeof holder[`${name}$`]).toBe('function')
        expect(typeof holder[handler]).toBe('function')
      }
    }
  })

  it('C2.1 streams and handlers of every type get their events', () => {
    const { upbit, exchange, pass } = world()
    const seen: string[] = []
    const note = ({ type }: { readonly type: string }): number => seen.push(type)
    upbit.ticker$('KRW-BTC').subscribe(note)
    upbit.trade$('KRW-BTC').subscribe(note)
    upbit.orderbook$('KRW-BTC').subscribe(note)
    for (const unit of candleUnits) upbit.candle$('KRW-BTC', unit).subscribe(note)
    upbit.subscribeTicker('KRW-BTC', note)
    upbit.subscribeTrade('KRW-BTC', note)
    upbit.subscribeOrderbook('KRW-BTC', note)
    upbit.subscribeCandle('KRW-BTC', '1m', note)
    pass(1000)
    exchange.emit([aTicker(), aTrade(), anOrderbook(), ...candleUnits.map((unit) => aCandle(unit))])
    expect(seen).toEqual(
      ['ticker', 'ticker', 'trade', 'trade', 'orderbook', 'orderbook'].concat(
        candleUnits.flatMap((unit) => (unit === '1m' ? ['candle.1m', 'candle.1m'] : [`candle.${unit}`])),
      ),
    )
  })

  it('C2.1 a handler’s subscription ends by unsubscribe() and by disposal, once', () => {
    const { upbit, exchange, pass } = world()
    const seen: string[] = []
    const one = upbit.subscribeTicker('KRW-BTC', () => seen.push('one'))
    {
      using two = upbit.subscribeTicker('KRW-BTC', () => seen.push('two'))
      pass(1000)
      exchange.emit(aTicker())
      expect(two.closed).toBe(false)
    }
    exchange.emit(aTicker())
    one.unsubscribe()
    one.unsubscribe()
    exchange.emit(aTicker())
    expect(seen).toEqual(['one', 'two', 'one'])
    expect(one.closed).toBe(true)
    expect(upbit.consumers()).toEqual([])
  })

  it('C2.1 consume gives any composed stream the treatment of a handler', () => {
    const { upbit, exchange, pass, errors } = world()
    const work = [new ManualWork(), new ManualWork(), new ManualWork()]
    const seen: number[] = []
    const consumer = upbit.consume(
      upbit.trade$('KRW-BTC').pipe(
        filter(({ trade_volume }) => trade_volume > 1),
        map(({ trade_volume }) => trade_volume),
      ),
      (volume) => work[seen.push(volume) - 1],
      { name: 'large', buffer: { capacity: 1 } },
    )
    pass(1000)
    exchange.emit(
      [1, 2, 3, 4].map((trade_volume) => aTrade({ trade_volume, sequential_id: `${trade_volume}` })),
    )
    work[0]?.fail(new Error('disk full'))
    expect(errors).toMatchObject([{ code: 'HANDLER_FAILED', consumer: 'large' }])
    expect(seen).toEqual([2, 4])
    expect(consumer.tally).toMatchObject({ offered: 3, failed: 1, dropped: 1, pending: 1 })
    consumer.unsubscribe()
    expect(upbit.consumers()).toEqual([])
  })
})

describe('C2.2 wrong arguments', () => {
  it.each([
    ['BTC/KRW', "codes: 'BTC/KRW' is no market code; did you mean 'KRW-BTC'?"],
    ['BTC-KRW', "codes: 'BTC-KRW' is no market code; did you mean 'KRW-BTC'?"],
    ['KRWBTC', "codes: 'KRWBTC' is no market code; did you mean 'KRW-BTC'?"],
    ['BTCKRW', "codes: 'BTCKRW' is no market code; did you mean 'KRW-BTC'?"],
    ['krw-btc', "codes: 'krw-btc' is no market code; did you mean 'KRW-BTC'?"],
    [' KRW-BTC ', "codes: ' KRW-BTC ' is no market code; did you mean 'KRW-BTC'?"],
    ['KRW_BTC', "codes: 'KRW_BTC' is no market code; did you mean 'KRW-BTC'?"],
    [
      'KRW-BTC.15',
      "codes: 'KRW-BTC.15' is no market code; did you mean 'KRW-BTC', for an order book with { units: 15 }?",
    ],
    ['', "codes: '' is no market code; did you mean quote and base currency, as 'KRW-BTC'?"],
    ['bitcoin!', "codes: 'bitcoin!' is no market code; did you mean quote and base currency, as 'KRW-BTC'?"],
    [[], 'codes: an empty list is no market code; did you mean at least one market code?'],
    [undefined, 'codes: undefined is no market code; did you mean a market code or a list of them?'],
    [
      { code: 'KRW-BTC' },
      'codes: an object is no market code; did you mean a market code or a list of them?',
    ],
    [['KRW-BTC', 7], 'codes: 7 is no market code; did you mean a market code?'],
    [['KRW-BTC', 'ETH-KRW'], "codes: 'ETH-KRW' is no market code; did you mean 'KRW-ETH'?"],
  ])('C2.2 codes %j', (codes, message) => {
    const { upbit } = world()
    const expected = { code: 'INVALID_CODE', option: 'codes', message }
    const client = loose(upbit)
    expect(thrown(() => client.ticker$?.(codes))).toEqual(expected)
    expect(thrown(() => client.orderbook$?.(codes))).toEqual(expected)
    expect(thrown(() => client.subscribeTrade?.(codes, () => {}))).toEqual(expected)
    expect(thrown(() => client.candle$?.(codes, '1m'))).toEqual(expected)
  })

  const policies = "'drop-oldest', 'drop-newest', 'coalesce', 'error'"
  const consumerNames = 'name, only, buffer, deliver, gaps, signal, keepAlive'
  it.each([
    [{ only: 'both' }, 'only', "`only` is 'both'; allowed: 'snapshot', 'realtime'."],
    [
      { buffer: { capacity: 0 } },
      'buffer.capacity',
      '`buffer.capacity` is 0; allowed: a whole number from 1.',
    ],
    [
      { buffer: { capacity: 1.5 } },
      'buffer.capacity',
      '`buffer.capacity` is 1.5; allowed: a whole number from 1.',
    ],
    [
      { buffer: { capacity: '9' } },
      'buffer.capacity',
      "`buffer.capacity` is '9'; allowed: a whole number from 1.",
    ],
    [
      { buffer: { overflow: 'block' } },
      'buffer.overflow',
      `\`buffer.overflow\` is 'block'; allowed: ${policies}.`,
    ],
    [
      { buffer: { maxAgeMs: 0 } },
      'buffer.maxAgeMs',
      '`buffer.maxAgeMs` is 0; allowed: a number of milliseconds above 0.',
    ],
    [
      { buffer: { size: 1 } },
      'buffer.size',
      'There is no `buffer.size`; allowed: capacity, overflow, maxAgeMs.',
    ],
    [{ buffer: 8 }, 'buffer', '`buffer` is 8; allowed: an object.'],
    [
      { deliver: 'later' },
      'deliver',
      "`deliver` is 'later'; allowed: 'sync', 'task', a scheduler, an Observable.",
    ],
    [{ gaps: 'yes' }, 'gaps', "`gaps` is 'yes'; allowed: true, false."],
    [{ signal: {} }, 'signal', '`signal` is an object; allowed: an AbortSignal.'],
    [{ name: '' }, 'name', "`name` is ''; allowed: a text of at least one character."],
    [{ nmae: 'chart' }, 'nmae', `There is no \`nmae\`; allowed: ${consumerNames}.`],
    [{ units: 5 }, 'units', `There is no \`units\`; allowed: ${consumerNames}.`],
    [null, 'options', '`options` is null; allowed: an object.'],
    ['fast', 'options', "`options` is 'fast'; allowed: an object."],
  ])('C2.2 options %j', (options, option, message) => {
    const client = loose(world().upbit)
    const expected = { code: 'INVALID_OPTION', option, message }
    expect(thrown(() => client.ticker$?.('KRW-BTC', options))).toEqual(expected)
    // Candles have one option more.
    const ofCandles = { ...expected, message: message.replace(consumerNames, `${consumerNames}, backfill`) }
    expect(thrown(() => client.candle$?.('KRW-BTC', '1m', options))).toEqual(ofCandles)
    expect(thrown(() => client.subscribeTicker?.('KRW-BTC', () => {}, options))).toEqual(expected)
  })

  it.each([
    [{ units: 0 }, 'units', '`units` is 0; allowed: a whole number from 1.'],
    [{ level: -1 }, 'level', '`level` is -1; allowed: a whole number from 0.'],
    [{ depth: 5 }, 'depth', `There is no \`depth\`; allowed: ${consumerNames}, units, level.`],
  ])('C2.2 order book options %j', (options, option, message) => {
    const client = loose(world().upbit)
    expect(thrown(() => client.orderbook$?.('KRW-BTC', options))).toEqual({
      code: 'INVALID_OPTION',
      option,
      message,
    })
  })

  it('C2.2 an unknown unit, and a handler that is none', () => {
    const client = loose(world().upbit)
    const units = candleUnits.map((unit) => `'${unit}'`).join(', ')
    expect(thrown(() => client.candle$?.('KRW-BTC', '2m'))).toEqual({
      code: 'INVALID_OPTION',
      option: 'unit',
      message: `\`unit\` is '2m'; allowed: ${units}.`,
    })
    expect(thrown(() => client.subscribeCandle?.('KRW-BTC', undefined, () => {}))).toMatchObject({
      message: `\`unit\` is undefined; allowed: ${units}.`,
    })
    expect(thrown(() => client.subscribeTicker?.('KRW-BTC', { name: 'x' }))).toEqual({
      code: 'INVALID_OPTION',
      option: 'handler',
      message: '`handler` is an object; allowed: a function.',
    })
  })

  it('C2.2 coalescing trades', () => {
    const client = loose(world().upbit)
    expect(thrown(() => client.trade$?.('KRW-BTC', { buffer: { overflow: 'coalesce' } }))).toEqual({
      code: 'INVALID_OPTION',
      option: 'buffer.overflow',
      message:
        "`buffer.overflow` is 'coalesce'; allowed: 'drop-oldest', 'drop-newest', 'error', since every trade counts.",
    })
  })

  it.each([
    [{ region: 'jp' }, 'region', "`region` is 'jp'; allowed: 'kr', 'sg', 'id', 'th'."],
    [
      { url: 'http://x.invalid' },
      'url',
      "`url` is 'http://x.invalid/'; allowed: a ws:// or wss:// url without a fragment.",
    ],
    [{ url: 'nonsense' }, 'url', "`url` is '…'; allowed: a ws:// or wss:// url without a fragment."],
    [{ url: 7 }, 'url', '`url` is 7; allowed: a ws:// or wss:// url without a fragment.'],
    [
      { format: 'default' },
      'format',
      "`format` is 'default'; allowed: 'DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'.",
    ],
    [
      { lingerMs: -1 },
      'lingerMs',
      '`lingerMs` is -1; allowed: a number of milliseconds from 0 to 2147483647.',
    ],
    [{ logger: 'no' }, 'logger', "`logger` is 'no'; allowed: an object with a `warn` method, false."],
    [{ isolated: 1 }, 'isolated', '`isolated` is 1; allowed: true, false.'],
    [{ openSocket: {} }, 'openSocket', '`openSocket` is an object; allowed: a function.'],
    [{ sendHttp: {} }, 'sendHttp', '`sendHttp` is an object; allowed: a function.'],
    [
      { environment: {} },
      'environment',
      '`environment` is an object; allowed: an object with now, timer$, random and newId.',
    ],
    [
      { acessKey: 'x' },
      'acessKey',
      'There is no `acessKey`; allowed: region, url, restUrl, credentials, trading, format, lingerMs, logger, health, metricsIntervalMs, isolated, codeGeneration, limits, openSocket, sendHttp, environment.',
    ],
  ])('C2.2 client options %j', (options, option, message) => {
    const expected = { code: 'INVALID_OPTION', option, message }
    expect(thrown(() => api.createUpbit(options as never))).toEqual(expected)
    expect(thrown(() => api.configureUpbit(options as never))).toEqual(expected)
  })

  it('C2.2 the shared instance cannot be isolated', () => {
    expect(thrown(() => api.configureUpbit({ isolated: true }))).toMatchObject({
      code: 'INVALID_OPTION',
      option: 'isolated',
    })
  })

  it('C2.2 a call that throws leaves nothing behind', () => {
    const { upbit, exchange, pass } = world()
    thrown(() => loose(upbit).ticker$?.('KRW-BTC', { only: 'both' }))
    thrown(() => loose(upbit).subscribeTicker?.('KRW-BTC', 'no function'))
    pass(1000)
    expect(upbit.consumers()).toEqual([])
    expect(exchange.dials).toEqual([])
  })

  it('C2.2 codes that repeat are one', () => {
    const here = world()
    const twice = record(here.upbit.ticker$(['KRW-BTC', 'KRW-BTC']))
    here.pass(1000)
    here.exchange.emit(aTicker())
    expect(twice.values).toHaveLength(1)
  })
})

describe('C2.3 options of a consumer', () => {
  it('C2.3 name: in accounts, gaps and errors; without one the stream and a number', () => {
    const { upbit, client } = world()
    upbit.ticker$('KRW-BTC', { name: 'chart' }).subscribe()
    upbit.ticker$(['KRW-BTC', 'KRW-ETH', 'KRW-XRP']).subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    client().subscribeCandle('KRW-BTC', '1m', () => {})
    expect(upbit.consumers().map(({ name }) => name)).toEqual([
      'chart',
      'ticker KRW-BTC +2 #1',
      'orderbook KRW-BTC@10000 #2',
      'candle.1m KRW-BTC #3',
    ])
  })

  it("C2.3 only: 'snapshot' = the first event of each code, from memory or wire, then complete", () => {
    const { upbit, exchange, pass, asked } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    const both = record(upbit.ticker$(['KRW-BTC', 'KRW-ETH'], { only: 'snapshot' }))
    expect(both).toMatchObject({ end: 'open', values: [{ source: 'memory', trade_price: 1 }] })
    pass(1000)
    exchange.emit([aTicker({ trade_price: 2 }), aTicker({ code: 'KRW-ETH', trade_price: 3 })])
    expect(both).toMatchObject({ end: 'complete', values: [{ trade_price: 1 }, { trade_price: 3 }] })
    pass(10_000)
    expect(asked()[asked().length - 1]).toEqual(['ticker KRW-BTC'])
    // All of it in memory: over in the same turn, and nothing is asked for.
    const atOnce = record(upbit.ticker$('KRW-BTC', { only: 'snapshot' }))
    expect(atOnce).toMatchObject({ end: 'complete', values: [{ trade_price: 2 }] })
    pass(10_000)
    expect(asked()).toHaveLength(3)
  })

  it("C2.3 only: 'realtime' = no memory, no SNAPSHOT", () => {
    const { upbit, exchange, pass } = world()
    exchange.snapshot(aTicker({ trade_price: 1 }))
    const early = record(upbit.ticker$('KRW-BTC', { only: 'realtime' }))
    const all = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    const late = record(upbit.ticker$('KRW-BTC', { only: 'realtime' }))
    exchange.emit(aTicker({ trade_price: 2 }))
    expect(all.values.map(({ trade_price }) => trade_price)).toEqual([1, 2])
    for (const { values } of [early, late]) expect(values).toMatchObject([{ trade_price: 2 }])
  })

  it('C2.3 buffer: capacity and overflow', () => {
    const { upbit, exchange, pass } = world()
    const notifier = new Subject<void>()
    const ids = (overflow: 'drop-oldest' | 'drop-newest') =>
      record(upbit.trade$('KRW-BTC', { buffer: { capacity: 2, overflow }, deliver: notifier }))
    const oldest = ids('drop-oldest')
    const newest = ids('drop-newest')
    pass(1000)
    exchange.emit(['1', '2', '3', '4'].map((sequential_id) => aTrade({ sequential_id })))
    notifier.next()
    expect(oldest.values.map(({ sequential_id }) => sequential_id)).toEqual(['3', '4'])
    expect(newest.values.map(({ sequential_id }) => sequential_id)).toEqual(['1', '2'])
  })

  it('C2.3 buffer: maxAgeMs drops what waited longer', () => {
    const { upbit, exchange, pass, gaps } = world()
    const notifier = new Subject<void>()
    const stream = record(
      upbit.ticker$('KRW-BTC', { name: 'board', buffer: { maxAgeMs: 100 }, deliver: notifier, gaps: true }),
    )
    pass(1000)
    exchange.emit(aTicker({ trade_price: 1 }))
    pass(101)
    notifier.next()
    exchange.emit(aTicker({ trade_price: 2 }))
    pass(100)
    notifier.next()
    expect(stream.values).toMatchObject([{ type: 'gap', cause: 'expired', count: 1 }, { trade_price: 2 }])
    expect(gaps).toMatchObject([{ cause: 'expired', consumer: 'board' }])
  })

  it('C2.3 deliver: sync, task, a scheduler, an Observable', () => {
    const { upbit, exchange, pass, time } = world()
    const notifier = new Subject<void>()
    const options = ['sync', 'task', time.scheduler, notifier] as const
    const streams = options.map((deliver) => record(upbit.trade$('KRW-BTC', { deliver })))
    const counts = (): number[] => streams.map(({ values }) => values.length)
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    expect(counts()).toEqual([1, 0, 0, 0])
    pass(0)
    expect(counts()).toEqual([1, 1, 1, 0])
    notifier.next()
    expect(counts()).toEqual([1, 1, 1, 1])
    // From its completion on, as they come.
    notifier.complete()
    exchange.emit(aTrade({ sequential_id: '2' }))
    expect(counts()).toEqual([2, 1, 1, 2])
  })

  it('C2.3 deliver: a scheduler of rxjs takes its own turn', async () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.trade$('KRW-BTC', { deliver: asapScheduler }))
    pass(1000)
    exchange.emit([aTrade({ sequential_id: '1' }), aTrade({ sequential_id: '2' })])
    expect(stream.values).toEqual([])
    await Promise.resolve()
    await Promise.resolve()
    expect(stream.values).toHaveLength(2)
  })

  it('C2.3 deliver: an Observable that fails is reported, and its consumer goes on as events come', () => {
    const { upbit, exchange, pass, errors } = world()
    const notifier = new Subject<void>()
    const stream = record(upbit.trade$('KRW-BTC', { name: 'paced', deliver: notifier }))
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    notifier.error(new Error('no more frames'))
    exchange.emit(aTrade({ sequential_id: '2' }))
    expect(stream.values).toHaveLength(2)
    expect(errors).toMatchObject([
      {
        code: 'STREAM_FAILED',
        consumer: 'paced',
        message: expect.stringMatching(/^The `deliver` of paced failed: no more frames\./) as string,
      },
    ])
  })

  it('C2.3 gaps: true puts gaps in band; without it there are none', () => {
    const { upbit, exchange, pass } = world()
    const told = record(upbit.ticker$('KRW-BTC', { gaps: true }))
    const untold = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker())
    exchange.cut()
    pass(5000)
    exchange.emit(aTicker())
    expect(told.values.map(({ type }) => type)).toEqual(['ticker', 'gap', 'gap', 'ticker'])
    expect(untold.values.map(({ type }) => type)).toEqual(['ticker', 'ticker'])
  })

  it('C2.3 signal: ends a stream by completing it, a handler by unsubscribing, in memory replays too', () => {
    const { upbit, exchange, pass, asked } = world()
    const codes = ['KRW-BTC', 'KRW-ETH']
    upbit.ticker$(codes).subscribe()
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])
    const abort = new AbortController()
    const { signal } = abort
    const stream = record(upbit.ticker$(codes, { signal }), () => abort.abort())
    expect(stream).toMatchObject({ end: 'complete', values: [{ code: 'KRW-BTC' }] })

    const second = new AbortController()
    let calls = 0
    const handler = upbit.subscribeTicker(
      codes,
      () => {
        calls++
        second.abort()
      },
      { signal: second.signal },
    )
    expect([calls, handler.closed]).toEqual([1, true])
    expect(handler.tally).toMatchObject({ offered: 1, delivered: 1 })
    pass(60_000)
    expect(upbit.consumers()).toHaveLength(1)
    expect(asked()).toHaveLength(1)
  })

  it('C2.3 a signal that has aborted already: nothing is delivered, nothing is asked for', () => {
    const { upbit, exchange, pass } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker())
    const signal = AbortSignal.abort()
    const stream = record(upbit.ticker$('KRW-BTC', { signal }))
    expect(stream).toMatchObject({ end: 'complete', values: [] })
    let calls = 0
    const handler = upbit.subscribeTicker('KRW-ETH', () => calls++, { signal })
    let subscribed = 0
    const consumed = upbit.consume(
      new Observable<number>((subscriber) => {
        subscriber.next(++subscribed)
      }),
      () => calls++,
      { signal },
    )
    expect([calls, subscribed, handler.closed, consumed.closed]).toEqual([0, 0, true, true])
    pass(10_000)
    expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(false)
    expect(upbit.consumers()).toHaveLength(1)
  })

  it('C2.3 a signal lets go of what has ended', () => {
    const { upbit } = world()
    const { signal } = new AbortController()
    const added = jest.spyOn(signal, 'addEventListener')
    const removed = jest.spyOn(signal, 'removeEventListener')
    upbit.ticker$('KRW-BTC', { signal }).subscribe().unsubscribe()
    upbit.subscribeTicker('KRW-BTC', () => {}, { signal }).unsubscribe()
    upbit.consume(of(1), () => {}, { signal })
    expect(added).toHaveBeenCalledTimes(3)
    expect(removed).toHaveBeenCalledTimes(3)
  })

  it('C2.3 options never change what another consumer gets', () => {
    const { upbit, exchange, pass } = world()
    exchange.snapshot(anOrderbook())
    const plain = record(upbit.orderbook$('KRW-BTC'))
    upbit.orderbook$('KRW-BTC', { units: 1, only: 'snapshot' }).subscribe()
    upbit.orderbook$('KRW-BTC', { units: 3, only: 'realtime', deliver: new Subject() }).subscribe()
    pass(1000)
    const book = anOrderbook({ timestamp: anOrderbook().timestamp + 1 })
    exchange.emit(book)
    expect(plain.values).toMatchObject([
      { stream_type: 'SNAPSHOT' },
      { stream_type: 'REALTIME', orderbook_units: book.orderbook_units },
    ])
  })
})

describe('C2.4 promises and loops', () => {
  it('C2.4 shutdown() rejects with the code and the connection’s state when it takes too long', async () => {
    const { upbit, exchange, time, pass } = world({
      client: {
        // A socket that never says that it is gone.
        openSocket: () =>
          new Observable((subscriber) =>
            subscriber.next({
              frames$: new Subject<string>(),
              pongs$: new Subject<void>(),
              send: () => {},
              close: () => {},
              terminate: () => {},
              reference: () => {},
            }),
          ),
      },
    })
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    const late = upbit.shutdown()
    const soon = upbit.shutdown({ timeoutMs: 10 })
    const abort = new AbortController()
    const aborted = upbit.shutdown({ signal: abort.signal })
    abort.abort()
    time.pass(5000)
    await expect(aborted).rejects.toMatchObject({
      code: 'ABORTED',
      message: 'shutdown was aborted; the connection was closed.',
    })
    await expect(soon).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'shutdown took longer than 10 ms; the connection was closed.',
    })
    await expect(late).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(exchange.dials).toEqual([])
  })

  it('C2.4 wrong options of shutdown() reject before anything ends', async () => {
    const { upbit } = world()
    const stream = record(upbit.ticker$('KRW-BTC'))
    await expect(upbit.shutdown({ timeoutMs: 0 })).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      option: 'timeoutMs',
    })
    await expect(upbit.shutdown({ timeout: 1 } as never)).rejects.toMatchObject({ option: 'timeout' })
    expect(stream.end).toBe('open')
  })

  it('C2.4 leaving a for await unsubscribes at once', async () => {
    const { upbit, exchange, pass } = world()
    const seen: string[] = []
    const loop = (async () => {
      for await (const { sequential_id } of upbit.trade$('KRW-BTC').pipe(toAsyncIterable())) {
        seen.push(sequential_id)
        if (seen.length === 2) break
      }
    })()
    pass(1000)
    expect(upbit.consumers()).toHaveLength(1)
    exchange.emit(['1', '2', '3'].map((sequential_id) => aTrade({ sequential_id })))
    await loop
    expect(seen).toEqual(['1', '2'])
    expect(upbit.consumers()).toEqual([])
    pass(5000)
    expect(exchange.connections).toBe(0)
  })

  it('C2.4 a for await ends with its stream, and throws its error', async () => {
    const { upbit, exchange, pass } = world()
    const drain = async (stream: AsyncIterable<TradeEvent>): Promise<number> => {
      let count = 0
      for await (const _ of stream) count++
      return count
    }
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = drain(upbit.trade$('KRW-XXX').pipe(toAsyncIterable()))
    // Awaited before it can fail, so that no rejection goes unhandled.
    const rejection = expect(refused).rejects.toMatchObject({ code: 'REJECTED' })
    pass(2000)
    await rejection
    const ended = drain(upbit.trade$('KRW-BTC').pipe(take(2), toAsyncIterable()))
    pass(2000)
    exchange.emit(['1', '2'].map((sequential_id) => aTrade({ sequential_id })))
    expect(await ended).toBe(2)
  })

  it('C2.4 firstValueFrom and toArray work on streams as on any other', async () => {
    const { upbit, exchange, pass } = world()
    const first = firstValueFrom(upbit.ticker$('KRW-BTC'))
    const three = firstValueFrom(upbit.ticker$('KRW-BTC').pipe(take(3), toArray()))
    pass(1000)
    exchange.emit([1, 2, 3].map((trade_price) => aTicker({ trade_price })))
    expect(await first).toMatchObject({ trade_price: 1 })
    expect((await three).map(({ trade_price }) => trade_price)).toEqual([1, 2, 3])
  })
})
