import { eventDefinitions } from '../../../src/protocol/events'
import type { EventKind } from '../../../src/protocol/events'
import type { Shape } from '../../../src/protocol/fused/shape'
import { shapeOf } from '../../../src/protocol/fused/shape'
import type { KeySpelling } from '../../../src/protocol/guard'
import { abbreviateKeys } from '../../../src/protocol/key-spelling'
import { frameTexts, orderbookText, tickerText, tradeText, withMore, withoutKey, withValue } from '../frames'

const kinds = Object.keys(eventDefinitions) as EventKind[]

/** What is learned from the text of an element. */
function learned(
  text: string,
  kind: EventKind = 'ticker',
  spelling: KeySpelling = 'full',
): Shape | undefined {
  return shapeOf(kind, spelling, JSON.parse(text))
}

/** The form of a member, by the key that it has on the wire. */
function formOf(shape: Shape | undefined, key: string): unknown {
  return shape?.members.find((member) => member.key === key)?.value
}

describe('shapeOf', () => {
  it.each(kinds)('learns the order of a %s frame behind type and code, whatever it is', (kind) => {
    const element = JSON.parse(frameTexts[kind])
    const keys = Object.keys(element)
    const [type, code, ...rest] = Object.entries(element)
    const turned = Object.fromEntries([type!, code!, ...rest.reverse()])
    expect(shapeOf(kind, 'full', element)?.members.map(({ key }) => key)).toEqual(keys.slice(2))
    expect(shapeOf(kind, 'full', turned)?.members.map(({ key }) => key)).toEqual(keys.slice(2).reverse())
  })

  it.each(kinds)('names the fields of a %s event in the order of the table, type and code first', (kind) => {
    const [type, code, ...rest] = Object.entries(JSON.parse(frameTexts[kind]))
    const turned = Object.fromEntries([type!, code!, ...rest.reverse()])
    const present = new Set(Object.keys(turned))
    expect(shapeOf(kind, 'full', turned)?.names).toEqual(
      Object.keys(eventDefinitions[kind]).filter((name) => present.has(name)),
    )
  })

  it.each(kinds)('learns the short keys of a %s frame with the full names that they stand for', (kind) => {
    const fields = eventDefinitions[kind]
    const full = JSON.parse(frameTexts[kind])
    const shape = shapeOf(kind, 'simple', abbreviateKeys(fields, full))
    expect(shape?.members.map(({ name }) => name)).toEqual(Object.keys(full).slice(2))
    expect(shape?.members.map(({ key }) => key)).toEqual(
      shape?.members.map(({ name }) => fields[name as keyof typeof fields]['key']),
    )
    expect(shape?.drift).toEqual([])
  })

  it('reads each value as its codec takes it', () => {
    const ticker = learned(tickerText)
    expect(formOf(ticker, 'opening_price')).toEqual({ form: 'number' })
    expect(formOf(ticker, 'timestamp')).toEqual({ form: 'milliseconds' })
    expect(formOf(ticker, 'trade_date')).toEqual({ form: 'text' })
    expect(formOf(ticker, 'is_trading_suspended')).toEqual({ form: 'boolean' })
    expect(formOf(ticker, 'change')).toEqual({ form: 'word', words: ['RISE', 'EVEN', 'FALL'] })
    expect(formOf(ticker, 'delisting_date')).toEqual({ form: 'nullable', inner: { form: 'text' } })
    expect(formOf(learned(tradeText, 'trade'), 'sequential_id')).toEqual({ form: 'digits' })
    expect(formOf(learned(orderbookText, 'orderbook'), 'orderbook_units')).toEqual({
      form: 'list',
      members: ['ask_price', 'bid_price', 'ask_size', 'bid_size'].map((name) => ({
        key: name,
        name,
        value: { form: 'number' },
      })),
    })
  })

  it('looks at no value of a field of the table but to see whether it is there: the reader does', () => {
    const shape = learned(withValue(tickerText, 'opening_price', '"high"'))
    expect(formOf(shape, 'opening_price')).toEqual({ form: 'number' })
  })
})

describe('an optional field', () => {
  it('that is missing is no member and no field of the event', () => {
    const shape = learned(withoutKey(tickerText, 'market_warning'))
    expect(formOf(shape, 'market_warning')).toBeUndefined()
    expect(shape?.names).not.toContain('market_warning')
    expect(shape?.drift).toEqual([])
  })

  it('that is null is passed over, no field of the event, and told as drift', () => {
    const shape = learned(withValue(tradeText, 'best_ask_price', 'null'), 'trade')
    expect(formOf(shape, 'best_ask_price')).toEqual({ form: 'absent' })
    expect(shape?.names).not.toContain('best_ask_price')
    expect(shape?.drift).toEqual(['trade.best_ask_price=null'])
  })

  it('whose null is a value keeps it', () => {
    const shape = learned(withValue(tickerText, 'delisting_date', 'null'))
    expect(shape?.names).toContain('delisting_date')
    expect(shape?.drift).toEqual([])
  })
})

describe('a required field', () => {
  it.each(kinds)('that a %s frame lacks makes it unlearnable: its event would lack it too', (kind) => {
    const fields = eventDefinitions[kind]
    const element = JSON.parse(frameTexts[kind])
    for (const [name, { optional }] of Object.entries(fields)) {
      if (name === 'type' || name === 'code') continue
      const { [name]: _removed, ...rest } = element
      expect([name, shapeOf(kind, 'full', rest) !== undefined]).toEqual([name, optional])
      const simple = abbreviateKeys(fields, rest)
      expect([name, shapeOf(kind, 'simple', simple) !== undefined]).toEqual([name, optional])
    }
    expect(shapeOf(kind, 'full', { type: element.type, code: 'KRW-BTC' })).toBeUndefined()
  })
})

describe('an unknown field', () => {
  it.each(['1', '-1.5E-8', '"text"', 'true', 'false', 'null'])('of %s is passed over and told', (value) => {
    const shape = learned(withMore(tickerText, `"field_of_tomorrow":${value}`))
    expect(shape?.members.at(-1)).toEqual({
      key: 'field_of_tomorrow',
      name: undefined,
      value: { form: 'unknown' },
    })
    expect(shape?.names).toEqual(learned(tickerText)?.names)
    expect(shape?.drift).toEqual(['ticker.field_of_tomorrow'])
  })

  it.each(['[]', '{}', '[1]', '{"a":1}'])('of %s makes a frame unlearnable', (value) => {
    expect(learned(withMore(tickerText, `"field_of_tomorrow":${value}`))).toBeUndefined()
  })

  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', ''])('may be called "%s"', (key) => {
    expect(formOf(learned(withMore(tickerText, `"${key}":1`)), key)).toEqual({ form: 'unknown' })
  })

  it('called __proto__ makes a frame unlearnable, at the top and in an element of a list', () => {
    expect(learned(withMore(tickerText, '"__proto__":1'))).toBeUndefined()
    expect(learned(withMore(tickerText, '"\\u005f_proto__":1'))).toBeUndefined()
    expect(
      learned(orderbookText.replace('"ask_price"', '"__proto__":1,"ask_price"'), 'orderbook'),
    ).toBeUndefined()
  })

  it('may come with nineteen others, as many as drift names, and not with more', () => {
    const more = (count: number): string =>
      withMore(tickerText, Array.from({ length: count }, (_, index) => `"new${index}":1`).join(','))
    expect(learned(more(20))?.drift).toHaveLength(20)
    expect(learned(more(21))).toBeUndefined()
  })

  it('has a name of 100 characters at most: the reader would have to compare all of it', () => {
    expect(learned(withMore(tickerText, `"${'k'.repeat(100)}":1`))).toBeDefined()
    expect(learned(withMore(tickerText, `"${'k'.repeat(101)}":1`))).toBeUndefined()
  })

  it('that is a whole number stands first in a parsed object, so such a frame is unlearnable', () => {
    for (const more of ['"5":1', '"5":1,"7":1', '"1":1,"2":2,"3":3']) {
      expect(learned(withMore(tickerText, more))).toBeUndefined()
    }
  })
})

describe('the keys of the other spelling', () => {
  const simple = JSON.stringify(abbreviateKeys(eventDefinitions.trade, JSON.parse(tradeText)))

  it('are fields to the slow way where full names stand among short ones: unlearnable', () => {
    for (const name of Object.keys(eventDefinitions.trade)) {
      expect(learned(withMore(simple, `"${name}":1`), 'trade', 'simple')).toBeUndefined()
    }
    const book = JSON.stringify(abbreviateKeys(eventDefinitions.orderbook, JSON.parse(orderbookText)))
    expect(learned(book.replace('"bs":', '"bid_size":'), 'orderbook', 'simple')).toBeUndefined()
  })

  it('are unknown where short keys stand among full names', () => {
    expect(learned(withMore(tradeText, '"sid":1'), 'trade')?.drift).toEqual(['trade.sid'])
  })
})

describe('a list of objects', () => {
  const withUnits = (units: string): string => orderbookText.replace(/\[.*\]/, () => `[${units}]`)
  const whole = '{"bid_size":1,"ask_price":1,"bid_price":1,"ask_size":1}'

  it('is learned by its first element, in whatever order', () => {
    const form = formOf(learned(withUnits(`${whole},{}`), 'orderbook'), 'orderbook_units')
    expect(form).toMatchObject({
      form: 'list',
      members: [{ key: 'bid_size' }, { key: 'ask_price' }, { key: 'bid_price' }, { key: 'ask_size' }],
    })
  })

  it.each([
    ['is empty', ''],
    ['begins with no object', '5'],
    ['begins with a list', '[]'],
    ['begins with an element that lacks a member', '{"bid_size":1,"ask_price":1,"bid_price":1}'],
    ['begins with an element of more', whole.replace('}', ',"more":1}')],
    ['begins with an element of another member', whole.replace('ask_size', 'more')],
  ])('that %s is unlearnable', (_, units) => {
    expect(learned(withUnits(whole), 'orderbook')).toBeDefined()
    expect(learned(withUnits(units), 'orderbook')).toBeUndefined()
  })

  it.each(['5', '{}', '"x"', 'null'])('that is no list but %s is unlearnable', (value) => {
    const text = orderbookText.replace(/\[.*\]/, () => value)
    expect(learned(text, 'orderbook')).toBeUndefined()
  })
})
