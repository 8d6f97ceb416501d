import { createChannels } from '../../src/channels/channels'
import { Hub } from '../../src/channels/hub'
import { UpbitError } from '../../src/base/errors'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { record } from '../support/recorder'
import { laneWorld } from './support/lane-world'

function setUp() {
  const here = laneWorld()
  const hub = new Hub(here.ports)
  const channels = createChannels({
    enrol: (consumer) => hub.enrol({ ...consumer, owner: {} }),
    error: (error) => here.errors.push(error),
  })
  return { ...here, hub, channels }
}

describe('createChannels', () => {
  it('C2.1 a stream and a handler for each type', () => {
    const { channels, exchange, pass } = setUp()
    const streams = [
      channels.ticker$('KRW-BTC'),
      channels.trade$(['KRW-BTC']),
      channels.orderbook$('KRW-BTC', { level: 10, units: 1 }),
      channels.candle$('KRW-BTC', '240m'),
    ].map((stream$) => record<{ readonly type: string }>(stream$))
    const handled: string[] = []
    const note = ({ type }: { readonly type: string }): number => handled.push(type)
    channels.subscribeTicker('KRW-BTC', note)
    channels.subscribeTrade('KRW-BTC', note)
    channels.subscribeOrderbook('KRW-BTC', note, { level: 10 })
    channels.subscribeCandle('KRW-BTC', '240m', note)
    pass(1000)
    exchange.emit([aTicker(), aTrade(), anOrderbook({ level: 10 }), aCandle('240m')])
    const types = ['ticker', 'trade', 'orderbook', 'candle.240m']
    expect(streams.map(({ values }) => values.map(({ type }) => type))).toEqual(types.map((type) => [type]))
    expect(handled).toEqual(types)
  })

  it('C2.2 throws at the call, and enrols nobody', () => {
    const { channels, hub } = setUp()
    expect(() => channels.ticker$('BTC-KRW')).toThrow(UpbitError)
    expect(() => channels.candle$('KRW-BTC', '2m' as '1m')).toThrow(UpbitError)
    expect(() => channels.subscribeTicker('KRW-BTC', () => {}, { name: '' })).toThrow(UpbitError)
    expect(() => channels.subscribeTicker('KRW-BTC', undefined as never)).toThrow(UpbitError)
    expect(hub.consumers).toEqual([])
  })

  it('a handler says that it has ended: unsubscribed, completed or refused', () => {
    const { channels, exchange, pass, errors } = setUp()
    const left = channels.subscribeTicker('KRW-BTC', () => {})
    const first = channels.subscribeTicker('KRW-BTC', () => {}, { only: 'snapshot' })
    left.unsubscribe()
    pass(2000)
    expect([left.closed, first.closed]).toEqual([true, false])
    exchange.emit(aTicker())
    expect(first.closed).toBe(true)
    expect(first.tally).toMatchObject({ offered: 1, delivered: 1 })

    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = channels.subscribeTicker('KRW-XXX', () => {}, { name: 'wrong' })
    pass(2000)
    expect(refused.closed).toBe(true)
    expect(errors).toContainEqual(expect.objectContaining({ code: 'REJECTED', consumer: 'wrong' }))
  })

  it('C4.7 a handler that fails is reported by its name', () => {
    const { channels, exchange, pass, errors } = setUp()
    channels.subscribeTicker('KRW-BTC', () => Promise.reject(new Error('later')))
    channels.subscribeTicker('KRW-BTC', () => {
      throw new Error('now')
    })
    pass(1000)
    exchange.emit(aTicker())
    expect(errors).toMatchObject([{ code: 'HANDLER_FAILED', consumer: 'ticker KRW-BTC #2' }])
    return Promise.resolve().then(() =>
      expect(errors[1]).toMatchObject({ code: 'HANDLER_FAILED', consumer: 'ticker KRW-BTC #1' }),
    )
  })
})
