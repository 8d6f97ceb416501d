import { elementPath, memberPath } from '../../src/protocol/path'
import fc from '../support/seeded-fast-check'

describe('a path', () => {
  it('reads like the expression that leads there', () => {
    expect(memberPath(elementPath(memberPath('$', 'orderbook_units'), 3), 'ask_price')).toBe(
      '$.orderbook_units[3].ask_price',
    )
    expect(memberPath('$', '__proto__')).toBe('$.__proto__')
  })

  it('quotes a key that is no plain word, so that nothing in a frame ends a line or acts on a terminal', () => {
    expect(memberPath('$', 'two words')).toBe('$["two words"]')
    expect(memberPath('$', '')).toBe('$[""]')
    expect(memberPath('$', '\u001b[2J\n')).toBe('$["\\u001b[2J\\n"]')
  })

  it('stays short, however long the keys and however deep the value', () => {
    expect(memberPath('$', 'k'.repeat(1_000_000))).toBe(`$.${'k'.repeat(40)}…`)
    let path = '$'
    for (let depth = 0; depth < 100_000; depth++) path = elementPath(path, 0)
    expect(path.length).toBeLessThan(260)
    expect(path.endsWith('[0]…')).toBe(true)
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 100 }), { maxLength: 20 }), (keys) => {
        // Quoting makes up to six characters of one.
        expect(keys.reduce(memberPath, '$').length).toBeLessThan(200 + 6 * 41 + 5)
      }),
    )
  })
})
