import { parseLossless } from '../../src/protocol/lossless'
import { NumberText } from '../../src/protocol/number-text'
import fc from '../support/seeded-fast-check'

/** The value, with numbers as `JSON.parse` has them. */
function plain(value: unknown): unknown {
  if (value instanceof NumberText) return Number(value.text)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

function valueOf(text: string): unknown {
  const parsed = parseLossless(text)
  if (!('value' in parsed)) throw new Error(parsed.reason)
  return parsed.value
}

describe('parseLossless', () => {
  it.each([
    '1.16539E8',
    '0E-8',
    '5.0E-4',
    '-0',
    '0.00050000',
    '1386929.37231066771348207123',
    '9007199254740993',
    '1e400',
    '-12.5e+3',
  ])('keeps the digits of %s', (text) => {
    expect(valueOf(text)).toEqual(new NumberText(text))
    expect(valueOf(`{"a":[ ${text}\n]}`)).toEqual({ a: [new NumberText(text)] })
  })

  it('is JSON.parse in all but numbers: the same texts, the same values, the same prototypes', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expect(plain(valueOf(text))).toEqual(JSON.parse(text))
        expect(plain(valueOf(JSON.stringify(JSON.parse(text), null, '\t ')))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses exactly what JSON.parse refuses', () => {
    const tokens = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\n"',
      '"\\x"',
      '"',
      '1',
      '01',
      '.5',
      '-',
      'null',
      'nul',
    ]
    const texts = fc
      .array(fc.constantFrom(...tokens, 'NaN', 'true', ' ', '\n', '\u00a0', '\ufeff'), { maxLength: 12 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), (text) => {
        let expected: unknown
        try {
          expected = { value: JSON.parse(text) }
        } catch {
          expected = undefined
        }
        const parsed = parseLossless(text)
        expect('value' in parsed ? { value: plain(parsed.value) } : undefined).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  it('reads escapes, quotes in strings and every kind of line end inside one', () => {
    const text = JSON.stringify({ 'a"b\\': '{"x":[1,2]}', '\u2028': '\\"', '': '😀\u0000' })
    expect(valueOf(text)).toEqual(JSON.parse(text))
    expect(valueOf('{"\\u0061":1,"b":"\\ud83d\\ude00"}')).toEqual({ a: new NumberText('1'), b: '😀' })
  })

  it('takes the last value of a key that comes twice, as JSON.parse does', () => {
    expect(valueOf('{"a":[[1]],"b":2,"a":3,"\\u0061":4}')).toEqual({
      a: new NumberText('4'),
      b: new NumberText('2'),
    })
  })

  it('tells of a __proto__ key, however spelled, and makes it a property like any other', () => {
    for (const text of ['{"__proto__":{"polluted":1}}', '[{"a":{"__pr\\u006fto__":{"polluted":1}}}]']) {
      const parsed = parseLossless(text)
      expect(parsed).toMatchObject({ hasProtoKey: true })
      expect(JSON.stringify('value' in parsed && plain(parsed.value))).toBe(JSON.stringify(JSON.parse(text)))
    }
    const object = valueOf('{"__proto__":{"polluted":1}}') as object
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype)
    expect(Object.keys(object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(parseLossless('{"constructor":1,"a":"__proto__"}')).toMatchObject({ hasProtoKey: false })
  })

  it('goes as deep as the text, where recursion would end with the stack', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const parsed = parseLossless(`${open.repeat(100_000)}1${close.repeat(100_000)}`)
      let depth = 0
      let value = 'value' in parsed ? parsed.value : undefined
      while (typeof value === 'object' && value !== null && !(value instanceof NumberText)) {
        value = Object.values(value)[0]
        depth++
      }
      expect([depth, value]).toEqual([100_000, new NumberText('1')])
    }
  })

  it('says why a text is no JSON, and never at length', () => {
    const parsed = parseLossless(`{"a":"${'x'.repeat(1_000_000)}`)
    expect(parsed).toEqual({ reason: expect.stringMatching(/JSON/) })
    expect('reason' in parsed && parsed.reason.length).toBeLessThanOrEqual(120)
  })

  it('takes a string of a megabyte, with and without escapes', () => {
    const text = JSON.stringify({ a: 'x'.repeat(500_000) + '\\"\n'.repeat(100_000) })
    expect(valueOf(text)).toEqual(JSON.parse(text))
  })
})
