import { createDecoder } from '../../src/protocol/decode'
import type { PublicEvent } from '../../src/protocol/events'
import type { OrderbookFrame } from '../../src/protocol/orderbook'
import type { CandleUnit, WireFormat } from '../../src/protocol/wire'
import { candleUnits, wireFormats } from '../../src/protocol/wire'
import { EventBroadcast } from '../../src/simulator/broadcast'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/simulator/builders'
import type { ExchangeEvent } from '../../src/simulator/encode'
import { encodeEvent } from '../../src/simulator/encode'
import { defaultSwitches } from '../../src/simulator/switches'

const events: readonly ExchangeEvent[] = [
  aTicker(),
  aTicker({
    stream_type: 'SNAPSHOT',
    delisting_date: '2026-12-31',
    signed_change_price: -4e-7,
    change: 'FALL',
  }),
  aTrade({ sequential_id: '17877285602620001' }),
  anOrderbook(),
  anOrderbook({
    level: 10_000,
    stream_type: 'SNAPSHOT',
    orderbook_units: [{ ask_price: 6.95e-6, bid_price: 0, ask_size: 140.2, bid_size: 0 }],
  }),
  ...candleUnits.map((unit: CandleUnit) => aCandle(unit)),
]

/** What the library's own decoder makes of a frame. */
function decode(text: string): { events: PublicEvent[]; rejected: unknown[]; drift: string[]; slow: number } {
  const result = { events: [] as PublicEvent[], rejected: [] as unknown[], drift: [] as string[], slow: 0 }
  const decoder = createDecoder({
    event: (event) => result.events.push(event),
    control: () => {},
    rejected: (error) => result.rejected.push(error),
    drift: (name) => result.drift.push(name),
  })
  decoder.decode(new TextEncoder().encode(text), 1, 2)
  result.slow = decoder.counts.slow
  return result
}

const stamp = { epoch: 1, received_at: 2, source: 'socket' }

describe('encodeEvent', () => {
  it.each(wireFormats)('gives frames of every type that decode to the event itself in %s', (format) => {
    for (const event of events) {
      const decoded = decode(encodeEvent(event, format, defaultSwitches))
      expect(decoded.rejected).toEqual([])
      expect(decoded.drift).toEqual([])
      expect(decoded.events).toEqual([{ ...event, ...stamp }])
    }
  })

  it('45 writes keys in the order of the wire, abbreviated in the SIMPLE formats, nested ones too', () => {
    const [unit] = anOrderbook().orderbook_units
    const book = anOrderbook({ orderbook_units: unit === undefined ? [] : [unit] })
    expect(encodeEvent(book, 'DEFAULT', defaultSwitches)).toBe(
      '{"type":"orderbook","code":"KRW-BTC","timestamp":1795392000000,"total_ask_size":0.00995450,' +
        '"total_bid_size":0.15836730,"orderbook_units":[{"ask_price":1.09848E8,"bid_price":1.09847E8,' +
        '"ask_size":0.00995450,"bid_size":0.15836730}],"stream_type":"REALTIME","level":0}',
    )
    expect(encodeEvent(book, 'SIMPLE_LIST', defaultSwitches)).toBe(
      '[{"ty":"orderbook","cd":"KRW-BTC","tms":1795392000000,"tas":0.0099545,"tbs":0.1583673,' +
        '"obu":[{"ap":109848000,"bp":109847000,"as":0.0099545,"bs":0.1583673}],"st":"REALTIME","lv":0}]',
    )
  })

  it('46 writes ids from their text, so that no digit is lost', () => {
    const text = encodeEvent(aTrade({ sequential_id: '17877285602620001' }), 'SIMPLE', defaultSwitches)
    expect(text).toContain('"sid":17877285602620001,')
  })

  it('52 leaves out the deprecated ticker fields when told to', () => {
    const text = encodeEvent(aTicker(), 'DEFAULT', { ...defaultSwitches, deprecatedTickerFields: false })
    const { events: decoded, rejected } = decode(text)
    expect(rejected).toEqual([])
    expect(decoded[0]).not.toHaveProperty('is_trading_suspended')
    expect(decoded[0]).not.toHaveProperty('market_warning')
    expect(decoded[0]).toHaveProperty('delisting_date', null)
  })

  it('53 sends bare snapshots under SIMPLE_LIST when told to, and realtime frames in a list', () => {
    const switches = { ...defaultSwitches, simpleListSnapshots: 'object' as const }
    const start = (format: WireFormat, stream_type: string): string =>
      encodeEvent(aTicker({ stream_type }), format, switches).charAt(0)
    expect(start('SIMPLE_LIST', 'SNAPSHOT')).toBe('{')
    expect(start('SIMPLE_LIST', 'REALTIME')).toBe('[')
    expect(start('JSON_LIST', 'SNAPSHOT')).toBe('[')
  })

  it('54 adds a field that nobody knows when told to, in every format', () => {
    for (const format of wireFormats) {
      const text = encodeEvent(aTicker(), format, { ...defaultSwitches, unknownField: true })
      expect(text).toMatch(/,"field_of_tomorrow":1\}\]?$/)
      expect(decode(text)).toMatchObject({ events: [{ type: 'ticker' }], rejected: [] })
    }
  })

  it('writes what a test emits beside the table, and wrong values, as JSON has them', () => {
    const odd = {
      ...aTrade(),
      trade_price: 'much',
      timestamp: NaN,
      surprise: [1],
    } as unknown as ExchangeEvent
    const text = encodeEvent(odd, 'DEFAULT', defaultSwitches)
    expect(JSON.parse(text)).toMatchObject({ trade_price: 'much', timestamp: null, surprise: [1] })
    const book = { ...anOrderbook(), orderbook_units: 'none', level: undefined } as unknown as ExchangeEvent
    expect(JSON.parse(encodeEvent(book, 'DEFAULT', defaultSwitches))).toMatchObject({
      orderbook_units: 'none',
    })
    const alien = { type: 'weather', code: 'SEOUL', absent: undefined } as unknown as ExchangeEvent
    expect(encodeEvent(alien, 'JSON_LIST', defaultSwitches)).toBe('[{"type":"weather","code":"SEOUL"}]')
    expect(encodeEvent({} as ExchangeEvent, 'DEFAULT', defaultSwitches)).toBe('{}')
  })
})

describe('EventBroadcast', () => {
  it('27 cuts a book to the depth that was asked for, with totals of the cut window or of the full one', () => {
    const narrow = new EventBroadcast(anOrderbook(), defaultSwitches)
    const five = JSON.parse(narrow.text('DEFAULT', { depth: 5, withBody: false })) as OrderbookFrame
    expect(five.orderbook_units).toHaveLength(5)
    const sum = five.orderbook_units.reduce((total, unit) => total + unit.ask_size, 0)
    expect(five.total_ask_size).toBeCloseTo(sum, 8)
    const full = new EventBroadcast(anOrderbook(), { ...defaultSwitches, narrowTotals: 'full' })
    expect(JSON.parse(full.text('DEFAULT', { depth: 1, withBody: false })).total_ask_size).toBe(
      anOrderbook().total_ask_size,
    )
    expect(JSON.parse(full.text('DEFAULT', { depth: 1, withBody: false })).orderbook_units).toHaveLength(1)
    expect(JSON.parse(narrow.text('DEFAULT', { depth: 30, withBody: false }))).toEqual(
      JSON.parse(encodeEvent(anOrderbook(), 'DEFAULT', defaultSwitches)),
    )
  })

  it('spells each form once, however often it is asked for', () => {
    const event = aTicker()
    let reads = 0
    const counted = new Proxy(event, {
      get: (target, name) => {
        if (name === 'trade_price') reads++
        return Reflect.get(target, name) as unknown
      },
    })
    const broadcast = new EventBroadcast(counted, defaultSwitches)
    const first = broadcast.text('SIMPLE', { depth: 30, withBody: false })
    expect(broadcast.text('SIMPLE', { depth: 30, withBody: false })).toBe(first)
    expect(reads).toBe(1)
  })
})
