/** C3: what an event is, seen from outside; the parts below are proved in `spec/protocol`. */
import { candleUnits, wireFormats } from '../../src/index'
import type { WireFormat } from '../../src/index'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { record } from '../support/recorder'
import { world } from '../support/world'

/** Every public type once, as a client of this wire format receives it. */
function receive(format: WireFormat) {
  const { upbit, exchange, pass, now } = world({ client: { format } })
  const streams = [
    upbit.ticker$('KRW-BTC'),
    upbit.trade$('KRW-BTC'),
    upbit.orderbook$('KRW-BTC'),
    ...candleUnits.map((unit) => upbit.candle$('KRW-BTC', unit)),
  ].map((stream$) => record<object>(stream$))
  pass(1000)
  const frames = [aTicker(), aTrade(), anOrderbook(), ...candleUnits.map((unit) => aCandle(unit))]
  exchange.emit(frames)
  return {
    frames,
    atMs: now(),
    events: streams.map(({ values }) => values[0]),
    accounting: upbit.accounting(),
  }
}

describe('C3.1', () => {
  it.each(wireFormats)('C3.1 full field names, epoch, received_at and source from %s', (format) => {
    const { frames, events, atMs } = receive(format)
    expect(events).toEqual(
      frames.map((frame) => ({ ...frame, epoch: 1, received_at: atMs, source: 'socket' })),
    )
    for (const event of events) expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
  })

  it('C3.1 events are equal whatever the wire format', () => {
    const [first, ...others] = wireFormats.map((format) => receive(format).events)
    for (const events of others) expect(events).toEqual(first)
  })

  it('C3.1 an unknown field is tolerated, counted by name and not passed on', () => {
    const { upbit, exchange, pass, errors } = world({ exchange: { switches: { unknownField: true } } })
    const stream = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit([aTicker(), aTicker()])
    expect(Object.keys(stream.values[0] ?? {}).sort()).toEqual(
      [...Object.keys(aTicker()), 'epoch', 'received_at', 'source'].sort(),
    )
    const [drift] = Object.entries(upbit.accounting().drift)
    expect(drift).toEqual([expect.stringMatching(/^ticker\./), 2])
    expect(errors).toMatchObject([{ code: 'SCHEMA_DRIFT', path: drift?.[0] }])
  })

  it('C3.1 an unknown enum value is passed on and counted by name', () => {
    const { upbit, exchange, pass } = world()
    const stream = record(upbit.ticker$('KRW-BTC'))
    pass(1000)
    exchange.emit(aTicker({ market_state: 'HALTED' }))
    expect(stream.values).toMatchObject([{ market_state: 'HALTED' }])
    expect(upbit.accounting().drift).toEqual({ 'ticker.market_state=HALTED': 1 })
  })
})

describe('C3.2', () => {
  it.each(wireFormats)('C3.2 sequential_id is exact text above 2^53, from %s', (format) => {
    const { upbit, exchange, pass } = world({ client: { format } })
    const stream = record(upbit.trade$('KRW-BTC'))
    pass(1000)
    exchange.emit(
      ['17640288000000001', '17640288000000002'].map((sequential_id) => aTrade({ sequential_id })),
    )
    expect(stream.values.map(({ sequential_id }) => sequential_id)).toEqual([
      '17640288000000001',
      '17640288000000002',
    ])
  })
})
