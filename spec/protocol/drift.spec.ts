import { findDrift } from '../../src/protocol/drift'
import { objectCodec } from '../../src/protocol/event-codec'
import { eventDefinitions } from '../../src/protocol/events'
import { openEnum, optional, orNull, required } from '../../src/protocol/field'

const { ticker, trade, orderbook } = eventDefinitions

describe('findDrift', () => {
  it('is empty for a frame of today', () => {
    expect(
      findDrift('ticker', ticker, { type: 'ticker', market_state: 'ACTIVE', delisting_date: null }),
    ).toEqual(new Set())
  })

  it('C3.1 names unknown fields, unknown words and the null of an optional field', () => {
    const value = {
      type: 'ticker',
      new_field: {},
      market_state: 'HALTED',
      market_warning: null,
      change: 'RISE',
    }
    expect(findDrift('ticker', ticker, value)).toEqual(
      new Set(['ticker.new_field', 'ticker.market_state=HALTED', 'ticker.market_warning=null']),
    )
    expect(findDrift('trade', trade, { best_ask_price: null })).toEqual(
      new Set(['trade.best_ask_price=null']),
    )
  })

  it('looks into the elements of a list and names what they share once', () => {
    const units = [{ ask_price: 1, ask_count: 2 }, { ask_count: 3, bid_count: 4 }, 5, null]
    expect(findDrift('orderbook', orderbook, { orderbook_units: units })).toEqual(
      new Set(['orderbook.orderbook_units.ask_count', 'orderbook.orderbook_units.bid_count']),
    )
    expect(findDrift('orderbook', orderbook, { orderbook_units: 5 })).toEqual(new Set())
  })

  it('looks into an object, and behind the null that a word may be', () => {
    const fields = {
      side: optional('s', orNull(openEnum('side', ['ASK', 'BID']))),
      parts: required('p', objectCodec('parts', { kind: required('k', openEnum('kind', ['A'])) })),
    }
    expect(findDrift('x', fields, { side: null, parts: { kind: 'A' } })).toEqual(new Set())
    expect(findDrift('x', fields, { side: 'MID', parts: { kind: 'B', more: 1 } })).toEqual(
      new Set(['x.side=MID', 'x.parts.kind=B', 'x.parts.more']),
    )
    expect(findDrift('x', fields, { parts: 5 })).toEqual(new Set())
  })

  it('names fields that have the name of something every object knows', () => {
    expect(findDrift('ticker', ticker, { constructor: 1, toString: 2, hasOwnProperty: 3 })).toEqual(
      new Set(['ticker.constructor', 'ticker.toString', 'ticker.hasOwnProperty']),
    )
  })

  it('stays small whatever the frame: twenty names, of forty characters each', () => {
    const rubbish = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`field_${index}`, 1]))
    expect(findDrift('ticker', ticker, rubbish).size).toBe(20)
    const units = [rubbish, rubbish]
    expect(findDrift('orderbook', orderbook, { orderbook_units: units, more: 1 }).size).toBe(20)
    const [name] = findDrift('ticker', ticker, { market_state: 'X'.repeat(1_000_000) })
    expect(name).toBe(`ticker.market_state=${'X'.repeat(40)}`)
    const [long] = findDrift('ticker', ticker, { ['k'.repeat(1_000_000)]: 1 })
    expect(long).toBe(`ticker.${'k'.repeat(40)}…`)
    expect(findDrift('ticker', ticker, { '\u001b[2J': 1 })).toEqual(new Set(['ticker["\\u001b[2J"]']))
  })
  it('asks no value of an enumeration for its text that is none, however deep it goes', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
    expect(findDrift('ticker', ticker, { market_state: deep, market_warning: {}, change: 5 })).toEqual(
      new Set(),
    )
  })
})
