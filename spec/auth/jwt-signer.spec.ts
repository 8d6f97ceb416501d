import { createHash, createHmac } from 'node:crypto'
import { inspect } from 'node:util'
import { jwtSigner } from '../../src/auth/jwt-signer'
import fc from '../support/seeded-fast-check'

const keys = {
  accessKey: 'testAccessKey0000000000000000000000000',
  secretKey: '0123456789abcdefghijABCDEFGHIJ0123456789',
}
const nonce = '00000000-0000-4000-8000-000000000001'
const sign = jwtSigner(keys)

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
}

describe('jwtSigner', () => {
  it('without parameters gives the token that the reference has computed', () => {
    expect(sign(nonce)).toBe(
      'eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoidGVzdEFjY2Vzc0tleTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiLCJub25jZSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.vkVqicElpoI0lZUrQCa3bFqOibcb169myolauWNLlOTylNEw3igm39ieQA7K_eiG09XUwYTYKdt2h0o_ZgR9nw',
    )
  })

  it.each([
    [
      'states[]=wait&states[]=watch',
      'ee4ff24f6e4f55cf0b17149ee355ef953d0ffac5219d4763748e49c91d44e063ec5336f8e1c9e80c42bee7a902745eb5410a09c793486b2b06845accd6765d14',
    ],
    [
      'market=KRW-BTC',
      'b749dfc2e17f75e5b46c8161f97fe7c9298ed4167ea21c5c94d16573efd8a801351470c0ff1a9a3f1e763f8249968218c04c571c8b45aa80cd4588e6c4be0738',
    ],
  ])('hashes %s as it is before its URL encoding', (query, hash) => {
    expect(Object.entries(claimsOf(sign(nonce, query)))).toEqual([
      ['access_key', keys.accessKey],
      ['nonce', nonce],
      ['query_hash', hash],
      ['query_hash_alg', 'SHA512'],
    ])
  })

  it('is a plain HMAC-SHA-512 over header and claims, whatever key and query', () => {
    const key = fc.stringMatching(/^[!-~]{1,80}$/)
    fc.assert(
      fc.property(key, key, fc.uuid(), fc.option(fc.string()), (accessKey, secretKey, id, query) => {
        const token = jwtSigner({ accessKey, secretKey })(id, query ?? undefined)
        const [head, body, signature] = token.split('.')
        expect(signature).toBe(createHmac('sha512', secretKey).update(`${head}.${body}`).digest('base64url'))
        expect(claimsOf(token)).toEqual({
          access_key: accessKey,
          nonce: id,
          ...(query === null
            ? {}
            : { query_hash: createHash('sha512').update(query).digest('hex'), query_hash_alg: 'SHA512' }),
        })
      }),
      { numRuns: 50 },
    )
  })

  it('C8.3 shows the secret key to no inspector', () => {
    expect(inspect(sign, { depth: 9, showHidden: true })).not.toContain(keys.secretKey)
  })
})
