import { hideSecrets } from '../../src/base/hide-secrets'
import fc from '../support/seeded-fast-check'

const token = 'eyJhbGciOiJIUzUxMiJ9.eyJhY2Nlc3Nfa2V5IjoiQUtFWSJ9.Ra6b_3HQ-7mIpc8z6W'

describe('hideSecrets', () => {
  it.each([
    ['a text without one', 'Invalid parameter.', 'Invalid parameter.'],
    ['a whole one', `bad Bearer ${token}!`, 'bad Bearer [hidden]!'],
    ['one whose end was cut', `bad Bearer ${token.slice(0, 30)}`, 'bad Bearer [hidden]'],
    ['one of which only the middle is there', `…${token.slice(9, 25)}…`, '…[hidden]…'],
    ['several, and a short one', `${token}, AKEY and AKEY`, '[hidden], [hidden] and [hidden]'],
    ['what is too short to be one', 'a b c', 'a b c'],
    [
      'a token of long ago',
      'you sent eyJhbGciOiJIUzUxMiJ9.eyJub25jZSI6ImIifQ.zz-9_ before',
      'you sent [hidden] before',
    ],
    ['one that holds another', `eyJ0.AKEY.${token}`, '[hidden]'],
  ])('C8.3 of %s', (_case, text, shown) => {
    expect(hideSecrets(text, [token, 'AKEY', 'a'])).toBe(shown)
  })

  it('C8.3 never leaves eight characters of a secret, whatever stands around it', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{8,60}$/)
    fc.assert(
      fc.property(
        secret,
        fc.string(),
        fc.string(),
        fc.nat(60),
        fc.nat(60),
        (key, before, after, from, to) => {
          const part = key.slice(Math.min(from, key.length - 8), Math.max(to, from + 8))
          const shown = hideSecrets(`${before}${part}${after}`, [key])
          for (let at = 0; at + 8 <= key.length; at++) {
            const piece = key.slice(at, at + 8)
            expect(shown.includes(piece)).toBe(false)
          }
        },
      ),
    )
  })
})
