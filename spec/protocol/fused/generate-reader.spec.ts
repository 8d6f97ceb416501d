/** Readers of small shapes: what each form takes and what it leaves to another way. */
import { cursor } from '../../../src/protocol/fused/cursor'
import { generateReader } from '../../../src/protocol/fused/generate-reader'
import type { Member, Shape, ValueForm } from '../../../src/protocol/fused/shape'
import { TextCache } from '../../../src/protocol/fused/text-cache'
import { bytesOf } from '../decoding'

/** A shape of one member in front of an end that is always the same. */
function shapeOf(value: ValueForm, key = 'key'): Shape {
  // What is not passed on has no name.
  const name = value.form === 'absent' || value.form === 'unknown' ? undefined : 'name'
  const end: Member = { key: 'end', name: 'end', value: { form: 'number' } }
  const names = ['type', 'code', ...(name === undefined ? [] : [name]), 'end']
  return { members: [{ key, name, value }, end], names, drift: [] }
}

interface Read {
  readonly event: Record<string, unknown> | undefined
  readonly member: number
}

/** What a reader makes of `,"key":<value>,"end":1}`; the code came before. */
function read(
  shape: Shape,
  value: string,
  { key = 'key', isList = false, behind = ' '.repeat(64) } = {},
): Read {
  const body = generateReader('trade', shape, isList, new TextCache(8))
  const text = `,"${key}":${value},"end":1}${isList ? ']' : ''}`
  const view = new DataView(bytesOf(`xy${text}${behind}`).buffer)
  const event = body(view, 2, 2 + bytesOf(text).length, 'KRW-BTC', 3, 4)
  return { event: event as unknown as Read['event'], member: cursor.member }
}

const unit = (name: string, value: ValueForm): Member => ({ key: name, name, value })

const forms: readonly (readonly [form: ValueForm, taken: readonly string[], left: readonly string[]])[] = [
  [
    { form: 'number' },
    ['0', '-0', '1.5', '-1.5E-8', '1e+22', '123456789012345678901234', '0.1'],
    ['', '01', '+1', '.5', '1.', '1e', '1e400', 'null', '"1"', 'true', '[1]', '1 ', ' 1', '1,', '--1'],
  ],
  [
    { form: 'milliseconds' },
    ['1', '1790134773006', '999999999999999'],
    ['', '0', '-1', '01', '1.0', '1E3', '1000000000000000', 'null', '"1"'],
  ],
  [
    { form: 'text' },
    ['""', '"a"', '"2026-08-26T08:08:00"', '" "', `"${'x'.repeat(1000)}"`, '"{}[],:"'],
    ['', 'null', '1', '"', '"a', '"a\\n"', '"\\u0041"', '"가"', "'a'", '"a"b"', '"\t"', '"\u007f"'],
  ],
  [
    { form: 'boolean' },
    ['true', 'false'],
    ['', 'null', '1', '"true"', 'True', 'tru', 'truee', 'falsee', 'fals'],
  ],
  [{ form: 'absent' }, ['null'], ['', '0', '"null"', 'nul', 'nulll', 'true', 'undefined']],
  [
    { form: 'unknown' },
    ['null', 'true', 'false', '0', '-1.5e3', '""', '"text"'],
    ['', '[]', '{}', 'nul', 'nulll', '01', '-', '1e400', '"가"', '"\\n"', 'undefined', 'NaN', '"a'],
  ],
  [
    { form: 'word', words: ['UP', 'DOWN', 'NEITHER_OF_THEM'] },
    ['"UP"', '"DOWN"', '"NEITHER_OF_THEM"'],
    [
      '',
      '"UPP"',
      '"U"',
      '"up"',
      '""',
      'null',
      'UP',
      '"NEITHER_OF_THE"',
      '"NEITHER_OF_THEMM"',
      '"D\\u004fWN"',
    ],
  ],
  [
    { form: 'nullable', inner: { form: 'text' } },
    ['null', '""', '"null"', '"2026-12-31"'],
    ['', '0', 'nul', 'nulll', 'undefined', '"가"', '"'],
  ],
  [{ form: 'nullable', inner: { form: 'number' } }, ['null', '0', '-1.5'], ['', '"0"', 'nul', '01']],
]

describe('generateReader', () => {
  for (const [form, taken, left] of forms) {
    const title = JSON.stringify(form)
    it(`with ${title} takes what JSON has of it, and nothing else`, () => {
      for (const value of taken) {
        const given = form.form === 'absent' || form.form === 'unknown' ? {} : { name: JSON.parse(value) }
        expect([value, read(shapeOf(form), value).event]).toStrictEqual([
          value,
          { type: 'trade', code: 'KRW-BTC', ...given, end: 1, epoch: 3, received_at: 4, source: 'socket' },
        ])
      }
      for (const value of left) {
        // It stopped at the value, or at what should have followed.
        expect([value, read(shapeOf(form), value)]).toEqual([
          value,
          { event: undefined, member: expect.any(Number) },
        ])
        expect(cursor.member).toBeLessThan(2)
      }
    })
  }

  it('gives digits as they are written, however many, without sign, zeros in front or another spelling', () => {
    const digits = ['1', '12', '1787728554797000', '17877285547970001', '178772855479700012', '9'.repeat(400)]
    for (const value of digits)
      expect(read(shapeOf({ form: 'digits' }), value).event).toMatchObject({ name: value })
    for (const value of ['', '0', '01', '-1', '1.0', '1E5', '1e5', '"1"', 'null', '9'.repeat(401)]) {
      expect([value, read(shapeOf({ form: 'digits' }), value).event]).toEqual([value, undefined])
    }
  })

  it('reads lists of whole elements, each in the order of the first', () => {
    const form: ValueForm = {
      form: 'list',
      members: [unit('a', { form: 'number' }), unit('b', { form: 'text' }), unit('c', { form: 'number' })],
    }
    const one = '{"a":1.5,"b":"x","c":-1}'
    for (const count of [1, 2, 100]) {
      const value = `[${Array.from({ length: count }, () => one).join(',')}]`
      expect(read(shapeOf(form), value).event).toMatchObject({ name: JSON.parse(value) })
    }
    for (const value of [
      ...[
        '[]',
        '[',
        '{}',
        'null',
        '',
        one,
        `[${one}`,
        `[${one},]`,
        `[,${one}]`,
        `[${one}${one}]`,
        `[${one};${one}]`,
      ],
      ...[
        '[{}]',
        '[null]',
        '[[]]',
        '[{"a":1.5,"c":-1,"b":"x"}]',
        '[{"a":1.5,"b":"x"}]',
        `[${one},{"a":1.5}]`,
      ],
      ...['[{"a":1.5,"b":"x","c":-1,"d":1}]', '[{"a":"1.5","b":"x","c":-1}]', '[{"a":01,"b":"x","c":-1}]'],
      ...['[{"a":1.5,"b":"x","c":-1 }]', '[{"a":1.5,"b":"x","c":1e400}]', '[{"a":,"b":"x","c":1}]'],
    ]) {
      expect([value, read(shapeOf(form), value).event]).toEqual([value, undefined])
    }
  })

  it.each(['k', 'ke', 'key', 'keys', 'a_longer_key', 'key_of_13_ltr', '키', 'a"b', 'a\\b', ''])(
    'compares every byte of the key "%s"',
    (key) => {
      const written = JSON.stringify(key).slice(1, -1)
      const shape = shapeOf({ form: 'number' }, key)
      expect(read(shape, '1', { key: written }).event).toMatchObject({ name: 1 })
      for (let at = 0; at < written.length; at++) {
        const other = `${written.slice(0, at)}#${written.slice(at + 1)}`
        expect([other, read(shape, '1', { key: other })]).toEqual([other, { event: undefined, member: 0 }])
      }
      for (const other of [`${written}x`, `x${written}`]) {
        expect(read(shape, '1', { key: other })).toEqual({ event: undefined, member: 0 })
      }
    },
  )

  it('ends exactly where the frame does, with the bracket of a list where it is in one', () => {
    const shape = shapeOf({ form: 'number' })
    const bare = generateReader('trade', shape, false, new TextCache(8))
    const listed = generateReader('trade', shape, true, new TextCache(8))
    const text = ',"key":1,"end":1}'
    const readAs = (body: typeof bare, whole: string, length = whole.length): unknown =>
      body(new DataView(bytesOf(`${whole}          `).buffer), 0, length, 'KRW-BTC', 3, 4)
    expect(readAs(bare, text)).toBeDefined()
    expect(readAs(listed, `${text}]`)).toBeDefined()
    expect(cursor.member).toBe(2)
    for (const [body, whole, length] of [
      [bare, `${text} `, text.length + 1],
      [bare, text, text.length - 1],
      [bare, `${text}]`, text.length + 1],
      [listed, text, text.length],
      [listed, `${text}]`, text.length],
      [listed, `${text},{}]`, text.length + 4],
    ] as const) {
      expect([whole, readAs(body, whole, length)]).toEqual([whole, undefined])
      expect(cursor.member).toBe(2)
    }
  })

  it('reads beyond no buffer: what is cut short there is a RangeError', () => {
    const shape = shapeOf({
      form: 'list',
      members: [unit('a', { form: 'number' }), unit('b', { form: 'text' })],
    })
    const body = generateReader('trade', shape, true, new TextCache(8))
    const text = ',"key":[{"a":1.5,"b":"x"},{"a":12345678901234567890,"b":"y"}],"end":1}]'
    for (let length = 0; length < text.length; length++) {
      const view = new DataView(bytesOf(text.slice(0, length)).buffer)
      expect(() => body(view, 0, length, 'KRW-BTC', 3, 4)).toThrow(RangeError)
    }
    expect(body(new DataView(bytesOf(text).buffer), 0, text.length, 'KRW-BTC', 3, 4)).toBeDefined()
  })
})
