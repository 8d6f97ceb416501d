/** Which way the frames of a client are read, seen from outside. */
import { wireFormats } from '../../src/index'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { bytesOf } from '../protocol/decoding'
import { record } from '../support/recorder'
import { world } from '../support/world'

describe('the frames of a client', () => {
  it.each(wireFormats)('are read by generated code from the first one on, in %s', (format) => {
    const { upbit, exchange, pass, errors } = world({ client: { format } })
    upbit.ticker$('KRW-BTC').subscribe()
    upbit.trade$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.candle$('KRW-BTC', '1m').subscribe()
    pass(1000)
    const frames = [aTicker(), aTrade(), anOrderbook(), aCandle('1m')]
    exchange.emit(frames)
    exchange.emit(frames)
    expect(upbit.accounting()).toMatchObject({
      fused: 8,
      guarded: 0,
      slow: 0,
      learned: 4,
      stoppedAt: {},
      decoded: 8,
    })
    expect(errors).toEqual([])
  })

  it('of the next session are read by what was learned in the one before', () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker())
    exchange.cut()
    pass(10_000)
    exchange.emit(aTicker())
    expect(stream.values.map(({ epoch }) => epoch)).toEqual([1, 2])
    expect(upbit.accounting()).toMatchObject({ epochs: 2, fused: 2, learned: 1 })
  })

  it('of another connection are learned anew: nothing is shared between connections', () => {
    const { upbit, client, exchange, pass } = world()
    const other = client({ isolated: true })
    for (const one of [upbit, other]) one.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit(aTicker())
    expect([upbit, other].map((one) => one.accounting().learned)).toEqual([1, 1])
  })

  it('are parsed and guarded where code generation is switched off, with the same events', () => {
    const { upbit, client, exchange, pass } = world()
    const other = client({ isolated: true, codeGeneration: false })
    const [fused, guarded] = [upbit, other].map((one) => record(one.trade$('KRW-BTC')))
    pass(1000)
    exchange.emit([
      aTrade({ sequential_id: '17877285602620001' }),
      aTrade({ sequential_id: '17877285602620002' }),
    ])
    expect(fused!.values).toHaveLength(2)
    expect(guarded!.values).toStrictEqual(fused!.values)
    expect(upbit.accounting()).toMatchObject({ fused: 2, guarded: 0, slow: 0 })
    expect(other.accounting()).toMatchObject({ fused: 0, guarded: 2, slow: 0, learned: 0 })
  })

  it('C3.1 with an unknown field that holds no object are fused too, and the field told', () => {
    const { upbit, exchange, pass, errors } = world({ exchange: { switches: { unknownField: true } } })
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    exchange.emit([aTicker(), aTicker()])
    const { fused, drift } = upbit.accounting()
    expect(fused).toBe(2)
    expect(Object.values(drift)).toEqual([2])
    expect(errors).toMatchObject([{ code: 'SCHEMA_DRIFT' }])
  })

  it('that come in another order from one day on are learned at the 32nd, which is told once', () => {
    const { upbit, exchange, pass, errors, now } = world()
    const stream = record(upbit.trade$('KRW-BTC'))
    pass(1000)
    const raw = (id: number, at: string): string =>
      `{"type":"trade","code":"KRW-BTC",${at === 'front' ? '"stream_type":"REALTIME",' : ''}"timestamp":${now()},` +
      `"trade_date":"2026-11-23","trade_time":"00:00:01","trade_timestamp":${now()},"trade_price":1.0E8,` +
      `"trade_volume":0.1,"ask_bid":"ASK","prev_closing_price":1.0E8,"change":"EVEN","change_price":0,` +
      `"sequential_id":${id}${at === 'end' ? ',"stream_type":"REALTIME"' : ''}}`
    exchange.emitRaw(bytesOf(raw(1, 'end')))
    for (let id = 2; id <= 50; id++) exchange.emitRaw(bytesOf(raw(id, 'front')))
    expect(stream.values).toHaveLength(50)
    expect(upbit.accounting()).toMatchObject({
      fused: 19,
      guarded: 31,
      learned: 2,
      // The 32nd was not recognised either, before it was learned from.
      stoppedAt: { 'trade.timestamp': 32 },
      drift: { 'trade (keys or their order)': 1 },
    })
    expect(errors).toMatchObject([{ code: 'SCHEMA_DRIFT', path: 'trade (keys or their order)' }])
  })

  it('that cannot be read are rejected as ever, from the first one on', () => {
    const { upbit, exchange, pass, errors } = world()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(1000)
    for (let frame = 0; frame < 3; frame++) exchange.emitRaw(bytesOf('{"type":"ticker","code":"KRW-BTC"}'))
    expect(upbit.accounting()).toMatchObject({ fused: 0, slow: 3, rejected: 3, learned: 0 })
    expect(errors[0]).toMatchObject({ code: 'UNDECODABLE' })
  })
})
