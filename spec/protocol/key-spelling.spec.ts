import { objectCodec } from '../../src/protocol/event-codec'
import { eventDefinitions } from '../../src/protocol/events'
import type { EventKind } from '../../src/protocol/events'
import { num, required } from '../../src/protocol/field'
import { abbreviateKeys, expandKeys } from '../../src/protocol/key-spelling'
import { frameTexts } from './frames'
import fc from '../support/seeded-fast-check'

const kinds = Object.keys(eventDefinitions) as EventKind[]

describe('the keys of the SIMPLE formats', () => {
  it.each(kinds)(
    'of %s are told apart: no two fields share one, and none is the full name of another',
    (kind) => {
      const fields = eventDefinitions[kind]
      const keys = Object.values(fields).map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys.filter((key) => key in fields)).toEqual([])
    },
  )

  it.each(kinds)('of %s lead back to the full names, nested objects included', (kind) => {
    const fields = eventDefinitions[kind]
    const full = JSON.parse(frameTexts[kind])
    const simple = abbreviateKeys(fields, full)
    expect(Object.keys(simple)).toEqual(Object.keys(full).map((name) => (fields as never)[name]['key']))
    expect(expandKeys(fields, simple)).toEqual(full)
  })

  it('are those of the exchange', () => {
    expect(
      abbreviateKeys(eventDefinitions.orderbook, {
        type: 'orderbook',
        orderbook_units: [{ ask_price: 1, bid_price: 2, ask_size: 3, bid_size: 4 }],
        stream_type: 'SNAPSHOT',
        level: 0,
      }),
    ).toEqual({ ty: 'orderbook', obu: [{ ap: 1, bp: 2, as: 3, bs: 4 }], st: 'SNAPSHOT', lv: 0 })
  })

  it('leave alone what the table does not know, whatever its name', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'key', 'codec', 'fields'),
    )
    const { ticker } = eventDefinitions
    const known = new Set([...Object.keys(ticker), ...Object.values(ticker).map(({ key }) => key)])
    fc.assert(
      fc.property(
        fc.dictionary(
          names.filter((name) => !known.has(name)),
          fc.jsonValue(),
        ),
        (unknown) => {
          for (const rename of [expandKeys, abbreviateKeys]) {
            const renamed = rename(ticker, unknown)
            expect(JSON.stringify(renamed)).toBe(JSON.stringify(unknown))
            expect(Object.getPrototypeOf(renamed)).toBe(Object.prototype)
          }
        },
      ),
    )
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('do not trip over units that are no list or no objects', () => {
    const { orderbook } = eventDefinitions
    for (const units of [5, null, 'x', {}, [5, null, [{ ap: 1 }], { ap: 1 }]]) {
      const renamed = expandKeys(orderbook, { obu: units })
      const expected = Array.isArray(units) ? [5, null, [{ ap: 1 }], { ask_price: 1 }] : units
      expect(renamed).toEqual({ orderbook_units: expected })
    }
  })

  it('of an object in an object are its own, though they mean something else outside', () => {
    const params = { period: required('p', num) }
    const fields = { params: required('p', objectCodec('params', params)), value: required('v', num) }
    expect(expandKeys(fields, { p: { p: 14, v: 1 }, v: 2 })).toEqual({
      params: { period: 14, v: 1 },
      value: 2,
    })
    expect(abbreviateKeys(fields, { params: { period: 14 }, value: 2 })).toEqual({ p: { p: 14 }, v: 2 })
    for (const odd of [5, null, 'x', [{ p: 1 }]])
      expect(expandKeys(fields, { p: odd })).toEqual({ params: odd })
  })

  it('leave the given object as it was', () => {
    const given = Object.freeze({ obu: Object.freeze([Object.freeze({ ap: 1 })]) })
    expect(expandKeys(eventDefinitions.orderbook, given)).toEqual({ orderbook_units: [{ ask_price: 1 }] })
    expect(given).toEqual({ obu: [{ ap: 1 }] })
  })
})
