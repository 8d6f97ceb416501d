import { queryOf } from '../../src/rest/query'
import fc from '../support/seeded-fast-check'

describe('queryOf', () => {
  it('has the pairs in their order, lists under their name with brackets, and leaves out what is undefined', () => {
    expect(
      queryOf({ market: 'KRW-BTC', states: ['wait', 'watch'], page: undefined, limit: 5, is_details: true }),
    ).toEqual({
      plain: 'market=KRW-BTC&states[]=wait&states[]=watch&limit=5&is_details=true',
      encoded: 'market=KRW-BTC&states[]=wait&states[]=watch&limit=5&is_details=true',
    })
    expect(queryOf({})).toEqual({ plain: '', encoded: '' })
  })

  it('encodes values and leaves the commas of a list of codes', () => {
    expect(
      queryOf({ markets: 'KRW-BTC,KRW-ETH', to: '2026-11-23T09:00:00+09:00', identifier: '가&=#' }),
    ).toEqual({
      plain: 'markets=KRW-BTC,KRW-ETH&to=2026-11-23T09:00:00+09:00&identifier=가&=#',
      encoded: 'markets=KRW-BTC,KRW-ETH&to=2026-11-23T09%3A00%3A00%2B09%3A00&identifier=%EA%B0%80%26%3D%23',
    })
  })

  it('what the server decodes is what was given, in the same order, whatever the values', () => {
    const name = fc.stringMatching(/^[a-z]\w{0,8}$/)
    const text = fc.string({ unit: 'grapheme' })
    const parameters = fc.array(fc.tuple(name, fc.oneof(text, fc.array(text))), { maxLength: 6 })
    fc.assert(
      fc.property(parameters, (pairs) => {
        const given = Object.fromEntries(pairs)
        const expected = Object.entries(given).flatMap(([key, value]): [string, string][] =>
          typeof value === 'string' ? [[key, value]] : value.map((item) => [`${key}[]`, item]),
        )
        const { encoded, plain } = queryOf(given)
        // As a url it passes unchanged by everything between.
        const sent = new URL(`http://a.invalid/?${encoded}`).search.slice(1)
        expect([...new URLSearchParams(sent)]).toEqual(expected)
        expect(plain).toBe(expected.map((pair) => pair.join('=')).join('&'))
      }),
    )
  })
})
