import { Gate } from '../../src/simulator/gate'
import { ConnectLimit, defaultLimits } from '../../src/simulator/limits'
import { defaultSwitches } from '../../src/simulator/switches'

const make = () => new Gate(new ConnectLimit(defaultLimits, 'fixed'), defaultSwitches)
const shake = (headers: Record<string, string> = {}, path = '/websocket/v1', remoteAddress = '10.0.0.1') => ({
  path,
  headers,
  remoteAddress,
})

describe('Gate', () => {
  it('1 serves the documented paths, with or without a query, and no other', () => {
    const gate = make()
    expect(gate.judge(shake(), 0).kind).toBe('accept')
    expect(gate.judge(shake({}, '/websocket/v1?x=1'), 0).kind).toBe('accept')
    expect(gate.judge(shake({}, '/websocket/v1/private'), 0)).toMatchObject({
      kind: 'accept',
      authorized: false,
    })
    expect(gate.judge(shake({}, '/'), 0)).toMatchObject({ kind: 'refuse', status: 404 })
  })

  it('2 lets the public endpoint be used with a token, whose connects count for the token', () => {
    const gate = make()
    const withToken = shake({ authorization: 'Bearer x' })
    for (let i = 0; i < 5; i++) expect(gate.judge(shake(), 0).kind).toBe('accept')
    expect(gate.judge(withToken, 0)).toMatchObject({ kind: 'accept', authorized: true, scope: 'Bearer x' })
    expect(gate.judge(shake(), 0)).toMatchObject({ kind: 'refuse', status: 429 })
  })

  it('7 says how many connects are left', () => {
    const gate = make()
    const left = Array.from({ length: 5 }, () => {
      const verdict = gate.judge(shake(), 0)
      return verdict.kind === 'accept' ? verdict.headers['remaining-req'] : verdict.kind
    })
    expect(left).toEqual([4, 3, 2, 1, 0].map((sec) => `group=websocket; min=300; sec=${sec}`))
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

  it('82 refuses as ordered, so many times, before it looks at anything else', () => {
    const gate = make()
    gate.order({ answer: 503, times: 2 })
    expect([1, 2, 3].map(() => gate.judge(shake({}, '/nowhere'), 0))).toMatchObject([
      { status: 503, body: 'Refused with 503.' },
      { status: 503 },
      { status: 404 },
    ])
    gate.order({ answer: 418, times: 1 })
    expect(gate.judge(shake(), 0)).toMatchObject({ status: 418, headers: { 'retry-after': '60' } })
    gate.order({ answer: 'reset', times: Infinity })
    expect(gate.judge(shake(), 0)).toEqual({ kind: 'reset' })
    gate.order(undefined)
    expect(gate.judge(shake(), 0).kind).toBe('accept')
  })
})
