import {
  candle$,
  configureUpbit,
  consume,
  GlobalWebSocketManager,
  orderbook$,
  subscribeCandle,
  subscribeOrderbook,
  subscribeTicker,
  subscribeTrade,
  ticker$,
  trade$,
} from '../src/index'
import { sharedClient } from '../src/shared'
import { aCandle, anOrderbook, aTicker, aTrade, createVirtualExchange, resetShared } from '../src/testing'
import { record } from './support/recorder'
import { virtualTime } from './support/virtual-time'

function setUp() {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const { url, openSocket, environment } = exchange.options
  configureUpbit({ url, openSocket, environment, logger: false })
  return { exchange, pass: (ms: number) => time.pass(ms) }
}

afterEach(() => resetShared())

describe('the shared instance', () => {
  it('C2.1 serves every top-level function', () => {
    const { exchange, pass } = setUp()
    const streams = [
      ticker$('KRW-BTC'),
      trade$('KRW-BTC'),
      orderbook$('KRW-BTC'),
      candle$('KRW-BTC', '1m'),
    ].map((stream$) => record<object>(stream$))
    const handled: string[] = []
    const note = ({ type }: { readonly type: string }): number => handled.push(type)
    subscribeTicker('KRW-BTC', note)
    subscribeTrade('KRW-BTC', note)
    subscribeOrderbook('KRW-BTC', note)
    subscribeCandle('KRW-BTC', '1m', note)
    const consumed = consume(ticker$('KRW-BTC'), note)
    pass(1000)
    exchange.emit([aTicker(), aTrade(), anOrderbook(), aCandle('1m')])
    expect(streams.map(({ values }) => values.length)).toEqual([1, 1, 1, 1])
    expect(handled).toEqual(['ticker', 'ticker', 'trade', 'orderbook', 'candle.1m'])
    expect(exchange.dials).toHaveLength(1)
    consumed.unsubscribe()
    expect(GlobalWebSocketManager.shared().consumers()).toHaveLength(8)
  })

  it('C4.7 failures of its handlers are on its errors$', () => {
    const { exchange, pass } = setUp()
    const errors = record(GlobalWebSocketManager.shared().errors$)
    subscribeTicker('KRW-BTC', () => {
      throw new Error('x')
    })
    pass(1000)
    exchange.emit(aTicker())
    expect(errors.values).toMatchObject([{ code: 'HANDLER_FAILED', consumer: 'ticker KRW-BTC #1' }])
  })

  it('C1.2 options that clash with a connection in use error the subscription, when nobody could know before', async () => {
    const { exchange } = setUp()
    // Made between the configuration and the first use, without the logger that was configured.
    const other = GlobalWebSocketManager.of({ ...exchange.options, isolated: false })
    const stream = record(ticker$('KRW-BTC'))
    expect(stream).toMatchObject({ end: 'error', error: { code: 'ALREADY_CONFIGURED', option: 'logger' } })
    expect(() => subscribeTicker('KRW-BTC', () => {})).toThrow(/logger/)
    await other.shutdown()
    expect(record(ticker$('KRW-BTC')).end).toBe('open')
  })

  it('is made at its first use, once', () => {
    setUp()
    expect(sharedClient()).toBe(sharedClient())
    expect(sharedClient().manager).toBe(GlobalWebSocketManager.shared())
  })

  it('C14.2 resetShared ends it, forgets its options and lets the next test start afresh', async () => {
    const { exchange, pass } = setUp()
    const stream = record(ticker$('KRW-BTC'))
    pass(1000)
    const before = sharedClient()
    await resetShared()
    expect(stream.end).toBe('complete')
    expect(exchange.connections).toBe(0)
    configureUpbit({ url: 'ws://fresh.invalid', lingerMs: 9 })
    expect(sharedClient()).not.toBe(before)
    expect(GlobalWebSocketManager.shared().options).toMatchObject({
      url: 'ws://fresh.invalid/websocket/v1',
      lingerMs: 9,
      format: 'DEFAULT',
    })
  })

  it('C14.2 resetShared before first use makes nothing, and forgets what was configured', async () => {
    setUp()
    const made = jest.spyOn(GlobalWebSocketManager, 'of')
    try {
      await resetShared()
      await resetShared()
      expect(made).not.toHaveBeenCalled()
    } finally {
      made.mockRestore()
    }
    expect(GlobalWebSocketManager.shared().options.url).toBe('wss://api.upbit.com/websocket/v1')
  })
})
