import { Gate } from '../../src/simulator/gate'
import { ConnectLimit, defaultLimits } from '../../src/simulator/limits'
import { Authorizer } from '../../src/simulator/rest/authorize'
import { builtinSignatures } from '../../src/simulator/rest/signatures'
import { openPockets } from '../../src/simulator/trading/open-pockets'
import type { ExchangeSwitches } from '../../src/simulator/switches'
import { defaultSwitches } from '../../src/simulator/switches'
import type { TokenParts } from './support/token'
import { accessKey, bearer, secretKey } from './support/token'

const otherKey = 'otherKey'
const secondKey = 'secondKeyOfTheFirst'

function make(given: Partial<ExchangeSwitches> = {}, isFull = false): Gate {
  const switches = { ...defaultSwitches, ...given }
  const accounts = [
    { accessKey, secretKey, keys: [{ accessKey: secondKey, secretKey }] },
    { accessKey: otherKey, secretKey },
  ]
  return new Gate(new ConnectLimit(defaultLimits, 'fixed'), {
    authorizer: new Authorizer(
      openPockets(accounts, () => {}),
      builtinSignatures(),
      switches,
    ),
    switches,
    isPrivateFull: () => isFull,
  })
}

const shake = (headers: Record<string, string> = {}, path = '/websocket/v1', remoteAddress = '10.0.0.1') => ({
  path,
  headers,
  remoteAddress,
})
const token = (parts: TokenParts = {}) => ({ authorization: bearer(parts).Authorization })
const privatePath = '/websocket/v1/private'

describe('Gate', () => {
  it('1 serves the documented paths, with or without a query, and no other', () => {
    const gate = make()
    expect(gate.judge(shake(), 0)).toMatchObject({ kind: 'accept', endpoint: 'public' })
    expect(gate.judge(shake({}, '/websocket/v1?x=1'), 0)).toMatchObject({ endpoint: 'public' })
    expect(gate.judge(shake(token(), privatePath), 0)).toMatchObject({ endpoint: 'private' })
    expect(gate.judge(shake(token(), '/websocket/v1/info?'), 0)).toMatchObject({ endpoint: 'info' })
    for (const path of ['/', '/websocket/v1/', '/websocket/v1/privat', '/__proto__']) {
      expect(gate.judge(shake({}, path), 0)).toMatchObject({ kind: 'refuse', status: 404 })
    }
  })

  it('2 11 counts connects with a token for its key, on every endpoint, and those without for the address', () => {
    const gate = make()
    for (let i = 0; i < 5; i++) expect(gate.judge(shake(), 0).kind).toBe('accept')
    expect(gate.judge(shake(), 0)).toMatchObject({ kind: 'refuse', status: 429 })
    for (const path of ['/websocket/v1', privatePath, privatePath, '/websocket/v1/info', privatePath]) {
      expect(gate.judge(shake(token(), path), 0)).toMatchObject({ kind: 'accept', scope: accessKey })
    }
    expect(gate.judge(shake(token()), 0)).toMatchObject({ kind: 'refuse', status: 429 })
    // A limit is the account's, whichever of its keys is used.
    expect(gate.judge(shake(token({ key: secondKey })), 0)).toMatchObject({ kind: 'refuse', status: 429 })
    expect(gate.judge(shake(token({ key: otherKey }), privatePath), 0)).toMatchObject({ scope: otherKey })
  })

  it('2 lets a token that is none be on the public endpoint, without an account', () => {
    const verdict = make().judge(shake({ authorization: 'Bearer x' }), 0)
    expect(verdict).toMatchObject({ kind: 'accept', scope: '10.0.0.1' })
    expect(verdict).not.toHaveProperty('owner')
  })

  it.each(['HS256', 'HS512'])('3 knows the account of a token signed with %s', (algorithm) => {
    const verdict = make().judge(shake(token({ algorithm }), privatePath), 0)
    expect(verdict).toMatchObject({ kind: 'accept', owner: { key: { accessKey } } })
  })

  it('3 does not look at when a token expires', () => {
    const verdict = make().judge(shake(token({ claims: { exp: 1, iat: 0 } }), privatePath), 0)
    expect(verdict).toHaveProperty('owner')
  })

  it.each([
    ['none', {}, 'no_authorization_token'],
    ['no token', { authorization: 'Bearer x' }, 'jwt_verification'],
    ['another secret', token({ secret: 'x'.repeat(40) }), 'jwt_verification'],
    ['no nonce', token({ claims: { nonce: '' } }), 'jwt_verification'],
    ['an algorithm that is none', token({ algorithm: 'none' }), 'jwt_verification'],
    ['an unknown key', token({ key: 'nobody' }), 'invalid_access_key'],
  ])('4 with %s there is no account, or the answer is 401 with its name', (_, headers, name) => {
    const accepted = make().judge(shake(headers, privatePath), 0)
    expect(accepted.kind).toBe('accept')
    expect(accepted).not.toHaveProperty('owner')
    const refused = make({ authFailure: 'http-401' }).judge(shake(headers, privatePath), 0)
    expect(refused).toMatchObject({ kind: 'refuse', status: 401 })
    if (refused.kind === 'refuse') expect(JSON.parse(refused.body)).toMatchObject({ error: { name } })
    const bare = make({ authFailure: 'http-401-empty' }).judge(shake(headers, privatePath), 0)
    expect(bare).toMatchObject({ kind: 'refuse', status: 401, body: '' })
  })

  it('5 takes a nonce once, unless any will do', () => {
    const again = token()
    const strict = make({ authFailure: 'http-401' })
    expect(strict.judge(shake(again, privatePath), 0).kind).toBe('accept')
    const refused = strict.judge(shake(again, '/websocket/v1/info'), 0)
    if (refused.kind !== 'refuse') throw new Error(refused.kind)
    expect(JSON.parse(refused.body)).toMatchObject({ error: { name: 'nonce_used' } })
    const lax = make({ dialNonce: 'any' })
    expect([1, 2].map(() => lax.judge(shake(again, privatePath), 0))).toMatchObject([
      { owner: { key: { accessKey } } },
      { owner: { key: { accessKey } } },
    ])
  })

  it('refuses with the body that a test has ordered', () => {
    const gate = make()
    const body = '{"error":{"name":"nonce_used"}}'
    gate.order('private', { answer: 401, times: 1, body })
    expect(gate.judge(shake(token(), privatePath), 0)).toMatchObject({ kind: 'refuse', status: 401, body })
    expect(gate.judge(shake(token(), privatePath), 0).kind).toBe('accept')
  })

  it('5 11 uses no nonce up where the number of connects is refused', () => {
    const gate = make({ authFailure: 'http-401' })
    for (let i = 0; i < 5; i++) gate.judge(shake(token()), 0)
    const unused = token()
    expect(gate.judge(shake(unused, privatePath), 0)).toMatchObject({ status: 429 })
    expect(gate.judge(shake(unused, privatePath), 1_000).kind).toBe('accept')
  })

  it('7 says how many connects are left, and that they count for the address where there is no token', () => {
    const gate = make()
    const left = Array.from({ length: 5 }, () => {
      const verdict = gate.judge(shake(), 0)
      return verdict.kind === 'accept' ? verdict.headers : verdict.kind
    })
    expect(left).toEqual(
      [4, 3, 2, 1, 0].map((sec) => ({
        'remaining-req': `group=websocket; min=300; sec=${sec}`,
        'limit-by-ip': 'Yes',
      })),
    )
    expect(gate.judge(shake(token()), 0)).toMatchObject({
      headers: { 'remaining-req': 'group=websocket; min=300; sec=4' },
    })
  })

  it('10 refuses a second connect with an Origin header within ten seconds', () => {
    const gate = make()
    const browser = shake({ origin: 'https://example.com' })
    expect(gate.judge(browser, 0).kind).toBe('accept')
    expect(gate.judge(browser, 9_000)).toMatchObject({
      status: 429,
      headers: { 'remaining-req': 'group=origin; min=6; sec=0' },
    })
    expect(gate.judge(browser, 10_000).kind).toBe('accept')
  })

  it('11 58 refuses the sixth connect of a second with 429, and repeats with 418 and the time left', () => {
    const gate = make()
    const sixth = (nowMs: number) => Array.from({ length: 6 }, () => gate.judge(shake(), nowMs)).at(-1)
    expect(sixth(0)).toMatchObject({ status: 429, body: 'Too many API requests.' })
    expect(sixth(2_000)).toMatchObject({
      status: 418,
      headers: { 'retry-after': '60' },
      body: 'Too many API requests. Blocked for 60 seconds.',
    })
    expect(gate.judge(shake(), 32_500)).toMatchObject({ status: 418, headers: { 'retry-after': '30' } })
    expect(gate.judge(shake({}, '/websocket/v1', '10.0.0.2'), 32_500).kind).toBe('accept')
    expect(gate.judge(shake(), 62_000).kind).toBe('accept')
  })

  it('12 refuses a private socket too many with 429, or 403, and no other endpoint', () => {
    expect(make({}, true).judge(shake(token(), privatePath), 0)).toMatchObject({ status: 429 })
    expect(make({ tooManySockets: 403 }, true).judge(shake(token(), privatePath), 0)).toMatchObject({
      status: 403,
    })
    expect(make({}, true).judge(shake(token(), '/websocket/v1/info'), 0).kind).toBe('accept')
  })

  it('82 refuses as ordered, so many times, before it looks at anything else', () => {
    const gate = make()
    gate.order('public', { answer: 503, times: 2 })
    expect([1, 2, 3].map(() => gate.judge(shake({}, '/nowhere'), 0))).toMatchObject([
      { status: 503, body: 'Refused with 503.' },
      { status: 503 },
      { status: 404 },
    ])
    gate.order('public', { answer: 418, times: 1 })
    expect(gate.judge(shake(), 0)).toMatchObject({ status: 418, headers: { 'retry-after': '60' } })
    gate.order('public', { answer: 'reset', times: Infinity })
    expect(gate.judge(shake(), 0)).toEqual({ kind: 'reset' })
    gate.order('public', undefined)
    expect(gate.judge(shake(), 0).kind).toBe('accept')
  })

  it('82 refuses on the endpoint that was meant and on no other', () => {
    const gate = make()
    gate.order('private', { answer: 503, times: Infinity })
    gate.order('public', { answer: 'hang', times: 1 })
    expect(gate.judge(shake(token(), privatePath), 0)).toMatchObject({ status: 503 })
    expect(gate.judge(shake(token(), '/websocket/v1/info'), 0).kind).toBe('accept')
    expect(gate.judge(shake(), 0).kind).toBe('hang')
    gate.order('private', undefined)
    expect(gate.judge(shake(token(), privatePath), 0).kind).toBe('accept')
  })
})
