import * as t from 'io-ts'
import { arrayOf, isAbsent, objectCodec, ObjectArrayType } from '../../src/protocol/event-codec'
import { num, optional, orNull, required } from '../../src/protocol/field'
import { NumberText } from '../../src/protocol/number-text'

const lineFields = { price: required('p', num), note: optional('n', t.string) } as const

const fields = {
  name: required('nm', t.string),
  size: optional('sz', num),
  end: optional('e', orNull(t.string)),
  lines: required('l', arrayOf('lines', lineFields)),
} as const

const codec = objectCodec('order', fields)

/** The first fault as keys and the name of what was expected there. */
function fault(value: unknown): { keys: string; expected: string | undefined } | undefined {
  const result = codec.decode(value)
  if (result._tag === 'Right') return undefined
  expect(result.left).toHaveLength(1)
  const context = result.left[0]!.context
  return { keys: context.map(({ key }) => key).join('/'), expected: context.at(-1)?.type.name }
}

describe('objectCodec', () => {
  it('gives the known fields, each as its codec makes it, in the order of the table', () => {
    const decoded = codec.decode({
      lines: [{ price: new NumberText('1E2'), colour: 'red' }],
      extra: 1,
      end: null,
      name: 'a',
    })
    expect(decoded).toEqual({ _tag: 'Right', right: { name: 'a', end: null, lines: [{ price: 100 }] } })
    expect(Object.keys(decoded._tag === 'Right' ? decoded.right : {})).toEqual(['name', 'end', 'lines'])
  })

  it('C3.1 leaves out an optional field that is absent or null, but keeps the null that is a value', () => {
    const decoded = codec.decode({ name: 'a', size: null, end: null, lines: [{ price: 1, note: null }] })
    expect(decoded).toEqual({ _tag: 'Right', right: { name: 'a', end: null, lines: [{ price: 1 }] } })
    expect(decoded._tag === 'Right' && 'size' in decoded.right).toBe(false)
    expect(codec.decode({ name: 'a', lines: [] })).toEqual({ _tag: 'Right', right: { name: 'a', lines: [] } })
  })

  it('leaves what it was given as it was', () => {
    const given = { name: 'a', extra: 1, lines: [{ price: new NumberText('1'), note: 'b' }] }
    const before = structuredClone(given)
    codec.decode(given)
    expect(structuredClone(given)).toEqual(before)
  })

  it('names the first fault in the order of the table, and only that', () => {
    expect(fault({})).toEqual({ keys: '/name', expected: 'string' })
    expect(fault({ name: 1, size: 'x', lines: 1 })).toEqual({ keys: '/name', expected: 'string' })
    expect(fault({ name: 'a', size: 'x', lines: 1 })).toEqual({ keys: '/size', expected: 'number' })
    expect(fault({ name: 'a', end: 5, lines: [] })).toEqual({ keys: '/end', expected: 'string or null' })
    expect(fault({ name: 'a', lines: {} })).toEqual({ keys: '/lines', expected: 'lines' })
    expect(fault({ name: 'a', lines: [{ price: 1 }, { note: 'x' }, 5] })).toEqual({
      keys: '/lines/1/price',
      expected: 'number',
    })
    expect(fault({ name: 'a', lines: [5] })).toEqual({ keys: '/lines/0', expected: 'lines' })
    for (const value of [null, undefined, 5, 'x', [], new NumberText('5')]) {
      expect(fault(value)).toEqual({ keys: '', expected: 'order' })
    }
  })

  it('ends at the first bad element of a very long list', () => {
    const startMs = performance.now()
    for (let round = 0; round < 100; round++) {
      expect(fault({ name: 'a', lines: Array.from({ length: 100_000 }, () => null) })?.keys).toBe('/lines/0')
    }
    // Collecting every fault took a tenth of a second a round.
    expect(performance.now() - startMs).toBeLessThan(3000)
  })

  it('does not take an inherited property for a field', () => {
    expect(codec.decode(JSON.parse('{"name":"a","lines":[],"__proto__":{"size":"x"}}'))).toMatchObject({
      right: { name: 'a', lines: [] },
    })
  })

  it('knows an event of its own by `is`', () => {
    expect(codec.is({ name: 'a', lines: [{ price: 1 }] })).toBe(true)
    expect(codec.is({ name: 'a', size: null, lines: [] })).toBe(true)
    for (const value of [{}, null, [], { name: 'a', lines: [{}] }, { name: 'a', size: 'x', lines: [] }]) {
      expect(codec.is(value)).toBe(false)
    }
  })
})

describe('arrayOf', () => {
  it('keeps its table readable, for the guard and the key spelling', () => {
    const lines = arrayOf('lines', lineFields)
    expect(lines).toBeInstanceOf(ObjectArrayType)
    expect(lines.fields).toBe(lineFields)
    expect([lines.is([]), lines.is([{ price: 1 }]), lines.is([{}]), lines.is({})]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('isAbsent', () => {
  it('holds for an optional field without a value', () => {
    expect([undefined, null, 1].map((value) => isAbsent(fields.size, value))).toEqual([true, true, false])
    expect([undefined, null, 'x'].map((value) => isAbsent(fields.end, value))).toEqual([true, false, false])
    expect([undefined, null].map((value) => isAbsent(fields.name, value))).toEqual([false, false])
  })
})
