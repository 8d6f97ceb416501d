import { restJson } from '../../../src/simulator/rest/rest-json'
import fc from '../../support/seeded-fast-check'

describe('restJson', () => {
  it('spells whole prices with a zero, ids and times bare, nothing with an exponent', () => {
    expect(
      restJson([
        {
          price: 102_417_000,
          size: 1e-8,
          rate: -0.2,
          timestamp: 5,
          unit: 3,
          sequential_id: 17_732_400_590_950_001n,
        },
      ]),
    ).toBe(
      '[{"price":102417000.0,"size":0.00000001,"rate":-0.2,"timestamp":5,"unit":3,"sequential_id":17732400590950001}]',
    )
  })

  it('leaves out what is not there, and says null of what is no number', () => {
    expect(restJson({ a: undefined as never, b: NaN, c: null, d: [], e: {} })).toBe(
      '{"b":null,"c":null,"d":[],"e":{}}',
    )
  })

  it('is JSON that reads as what was written', () => {
    const value = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string(),
        fc.boolean(),
        fc.constant(null),
      ),
      tree: fc.oneof(
        { maxDepth: 2 },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).tree
    fc.assert(
      fc.property(value, (given) => {
        // JSON knows one zero.
        expect(JSON.parse(restJson(given as never))).toEqual(JSON.parse(JSON.stringify(given)))
      }),
    )
  })
})
