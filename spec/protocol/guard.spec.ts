import { arrayOf } from '../../src/protocol/event-codec'
import type { EventKind } from '../../src/protocol/events'
import { eventDefinitions } from '../../src/protocol/events'
import { exactInteger, num, openEnum, optional, required } from '../../src/protocol/field'
import { compileGuard } from '../../src/protocol/guard'
import { abbreviateKeys } from '../../src/protocol/key-spelling'
import { frameTexts } from './frames'

const kinds = Object.keys(eventDefinitions) as EventKind[]

describe('compileGuard', () => {
  it.each(kinds)('accepts a %s frame in either spelling, and no other', (kind) => {
    const fields = eventDefinitions[kind]
    const full = JSON.parse(frameTexts[kind])
    const simple = abbreviateKeys(fields, full)
    const guards = [compileGuard(fields, 'full'), compileGuard(fields, 'simple')] as const
    expect(guards.map((guard) => guard.accepts(full))).toEqual([true, false])
    expect(guards.map((guard) => guard.accepts(simple))).toEqual([false, true])
    expect(guards[1].rename(simple)).toEqual(full)
    for (const other of kinds.filter((name) => name !== kind)) {
      expect(guards[0].accepts(JSON.parse(frameTexts[other]))).toBe(false)
    }
  })

  it.each(kinds)(
    'accepts a %s frame whatever the order of its keys, without what is optional, and not with more',
    (kind) => {
      const fields = eventDefinitions[kind]
      const guard = compileGuard(fields, 'full')
      const frame = JSON.parse(frameTexts[kind])
      expect(guard.accepts(Object.fromEntries(Object.entries(frame).reverse()))).toBe(true)
      const entries = Object.entries(frame)
      expect(guard.accepts(Object.fromEntries([...entries.slice(5), ...entries.slice(0, 5)]))).toBe(true)
      expect(guard.accepts({ ...frame, more: 1 })).toBe(false)
      expect(guard.accepts({ more: 1, ...frame })).toBe(false)
      for (const [name, { optional: isOptional }] of Object.entries(fields)) {
        const { [name]: _removed, ...rest } = frame
        expect([name, guard.accepts(rest)]).toEqual([name, isOptional])
      }
    },
  )

  it.each(kinds)('accepts no %s frame with a value of another kind in any field', (kind) => {
    const guard = compileGuard(eventDefinitions[kind], 'full')
    const frame = JSON.parse(frameTexts[kind])
    for (const [name, value] of Object.entries(frame)) {
      for (const other of [undefined, {}, [{}], 'other', 1.5, true, null]) {
        // Other text in a text, and text for null, are the codec's business.
        if (typeof other === typeof value || (value === null && typeof other === 'string')) continue
        expect([name, other, guard.accepts({ ...frame, [name]: other })]).toEqual([name, other, false])
      }
    }
  })

  it('accepts no number that is not finite: 1e400 is JSON, and Infinity once it is parsed', () => {
    const guard = compileGuard({ size: required('s', num) }, 'full')
    for (const size of [JSON.parse('1e400'), -Infinity, NaN]) expect(guard.accepts({ size })).toBe(false)
  })

  it('leaves an unknown word of an enumeration to the slow way, which counts it', () => {
    const guard = compileGuard({ state: required('s', openEnum('state', ['UP'])) }, 'full')
    expect([guard.accepts({ state: 'UP' }), guard.accepts({ state: 'DOWN' })]).toEqual([true, false])
  })

  it('leaves the null of an optional field to the slow way, which takes it out', () => {
    const guard = compileGuard({ size: optional('s', num) }, 'full')
    expect([guard.accepts({}), guard.accepts({ size: 1 }), guard.accepts({ size: null })]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('refuses keys that every object inherits, and a __proto__ key', () => {
    const guard = compileGuard({ size: optional('s', num) }, 'full')
    for (const text of [
      '{"__proto__":{}}',
      '{"constructor":1}',
      '{"toString":1,"size":1}',
      '{"size":1,"__proto__":1}',
    ]) {
      expect(guard.accepts(JSON.parse(text))).toBe(false)
    }
  })

  it('names the exact fields under both spellings', () => {
    const fields = { id: required('i', exactInteger), size: required('s', num) }
    expect(compileGuard(fields, 'simple').exactFields).toMatchObject([{ name: 'id', key: 'i' }])
    expect(compileGuard(fields, 'full').exactFields).toMatchObject([{ name: 'id', key: 'id' }])
  })

  it('leaves a list of objects with exact fields to the slow way, since nobody cuts their digits', () => {
    const guard = compileGuard(
      { lines: required('l', arrayOf('lines', { id: required('i', exactInteger) })) },
      'full',
    )
    expect(guard.accepts({ lines: [{ id: 1 }] })).toBe(false)
    expect(guard.accepts({ lines: [] })).toBe(false)
  })

  it('takes a list of objects and nothing that looks like one', () => {
    const guard = compileGuard(
      { lines: required('l', arrayOf('lines', { size: optional('s', num) })) },
      'full',
    )
    for (const lines of [[], [{}], [{ size: 1 }, {}]]) expect(guard.accepts({ lines })).toBe(true)
    for (const lines of [{}, 'x', null, [null], [1], [[1]], [{ size: 'x' }], [{ more: 1 }]]) {
      expect(guard.accepts({ lines })).toBe(false)
    }
  })
})
