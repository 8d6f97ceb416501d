import { exactDecimal } from '../../src/protocol/exact-decimal'
import { ExactType } from '../../src/protocol/field'
import { NumberText } from '../../src/protocol/number-text'
import fc from '../support/seeded-fast-check'

function decoded(value: unknown): unknown {
  const result = exactDecimal.decode(value)
  return result._tag === 'Right' ? result.right : 'refused'
}

describe('exactDecimal', () => {
  it.each([
    ['0', '0'],
    ['-0.0', '0'],
    ['0E-8', '0'],
    ['1.16539E8', '116539000'],
    ['5.0E-4', '0.0005'],
    ['-12.3400', '-12.34'],
    ['1386929.37231066771348207123', '1386929.37231066771348207123'],
  ])('C3.2 gives %s as %s, from a number and from text', (spelled, canonical) => {
    expect([decoded(new NumberText(spelled)), decoded(spelled)]).toEqual([canonical, canonical])
    expect(exactDecimal.is(canonical)).toBe(true)
    expect(exactDecimal.is(spelled)).toBe(spelled === canonical)
  })

  it('takes no JavaScript number, which may have lost digits already', () => {
    for (const value of [
      5,
      0,
      NaN,
      5n,
      true,
      null,
      undefined,
      {},
      [],
      '',
      '+5',
      '.5',
      '5.',
      '0x5',
      '05',
      'Infinity',
    ]) {
      expect(decoded(value)).toBe('refused')
    }
  })

  it('C3.2 gives what it gave again as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^-?(0|[1-9]\d{0,29})(\.\d{1,30})?(E-?\d{1,2})?$/), (text) => {
        const first = decoded(text)
        expect(decoded(first)).toBe(first)
      }),
    )
  })

  it('is an exact type, which is how an encoder knows that its text is a number on the wire', () => {
    expect(exactDecimal).toBeInstanceOf(ExactType)
  })
})
