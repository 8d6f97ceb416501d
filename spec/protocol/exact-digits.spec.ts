import { exactDigits } from '../../src/protocol/exact-digits'
import fc from '../support/seeded-fast-check'

const cut = (text: string): string | undefined => exactDigits(text, 'sequential_id')

describe('exactDigits', () => {
  it('cuts the digits that JSON.parse would round', () => {
    expect(cut('{"a":1,"sequential_id":17877285547970001,"b":2}')).toBe('17877285547970001')
    expect(cut('{"sequential_id":9007199254740993}')).toBe('9007199254740993')
    expect(cut('[{"sequential_id":0}]')).toBe('0')
    expect(cut(`{"sequential_id":${'1'.repeat(400)}}`)).toBe('1'.repeat(400))
    expect(exactDigits('{"sid":123456789012345678901234567890,"st":"REALTIME"}', 'sid')).toBe(
      '123456789012345678901234567890',
    )
  })

  it.each([
    ['no such key', '{"a":1}'],
    ['a sign', '{"sequential_id":-1}'],
    ['a fraction', '{"sequential_id":1.0}'],
    ['an exponent', '{"sequential_id":1E3}'],
    ['a blank before the colon', '{"sequential_id" :1}'],
    ['a blank after it', '{"sequential_id": 1}'],
    ['a blank after the number', '{"sequential_id":1 }'],
    ['text', '{"sequential_id":"1"}'],
    ['more digits than an exact value may have', `{"sequential_id":${'1'.repeat(401)}}`],
    ['null', '{"sequential_id":null}'],
    ['the key twice', '{"sequential_id":1,"sequential_id":2}'],
    ['the key as a value too', '{"sequential_id":1,"code":"sequential_id"}'],
    ['a longer key that ends alike', '{"my_sequential_id":1,"sequential_id":2}'],
    ['an escape anywhere', '{"sequential_id":1,"code":"\\u0041"}'],
    [
      'the key in a value that a duplicate replaces, and its own spelled with a blank',
      '{"change":{"sequential_id":1},"change":"RISE","sequential_id" :2}',
    ],
    [
      'the key in a value that a duplicate replaces, and its own spelled with an escape',
      '{"change":{"sequential_id":1},"change":"RISE","sequential\\u005fid":2}',
    ],
  ])('leaves to the slow way a frame with %s', (_, text) => {
    JSON.parse(text)
    expect(cut(text)).toBeUndefined()
  })

  it('gives the digits of the field that JSON.parse saw, or none', () => {
    const member = fc.oneof(
      fc.tuple(
        fc.constantFrom('"sequential_id":', '"sequential_id" :', '"sequenti\\u0061l_id":'),
        fc.bigInt({ min: 0n, max: 10n ** 20n }),
      ),
      fc.tuple(
        fc.constant('"change":'),
        fc.constantFrom('"RISE"', '{"sequential_id":7}', '["sequential_id"]'),
      ),
    )
    fc.assert(
      fc.property(fc.array(member, { maxLength: 5 }), (members) => {
        const text = `{${members.map(([key, value]) => `${key}${value}`).join(',')}}`
        // The last of equal keys holds; the guard asks only for a field that is there.
        const last = members.filter(([key]) => !key.includes('change')).at(-1)?.[1]
        fc.pre(last !== undefined)
        expect([undefined, String(last)]).toContain(cut(text))
      }),
      { numRuns: 500 },
    )
  })
})
