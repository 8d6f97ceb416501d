import { inspect } from 'node:util'
import { defer, NEVER, of, throwError } from 'rxjs'
import { UpbitError } from '../../src/base/errors'
import type { TurnTooLate } from '../../src/rate-limit/turn-too-late'
import type { Account } from '../../src/rest/account'
import { record } from '../support/recorder'
import type { Scripted } from './support/fake-rest'
import { fakeRest } from './support/fake-rest'

const busy = { status: 503, body: 'Service Unavailable' }
const tooMany = { status: 429, body: 'Too many API requests.' }

describe('a REST call', () => {
  it('begins on subscription, emits its rows once and completes', () => {
    const { calls, asked, time } = fakeRest([{ afterMs: 50, body: '[]' }])
    const call$ = calls.markets$()
    expect(asked).toEqual([])
    const call = record(call$)
    time.pass(50)
    expect([call.values, call.end]).toEqual([[[]], 'complete'])
    expect(asked).toMatchObject([{ method: 'GET', url: 'http://rest.invalid/v1/market/all' }])
    time.pass(60_000)
    expect(asked).toHaveLength(1)
  })

  it('asks for a permit of its group before each attempt, for the address or for the account', () => {
    const account: Account = { scope: 'account 7', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const { calls, permits, time } = fakeRest([busy, {}], { account })
    calls.tickers$('KRW-BTC').subscribe()
    time.pass(1000)
    calls.accounts$({ priority: 'reconcile' }).subscribe()
    time.pass(1000)
    expect(permits).toEqual([
      'ticker address subscribe',
      'ticker address subscribe',
      'default account 7 reconcile',
    ])
  })

  it('a private call has a new token each time it is sent, over the query as it is before its encoding', () => {
    const queries: (string | undefined)[] = []
    const account: Account = {
      scope: 'a',
      token$: (query) => defer(() => of({ token: `token${queries.push(query)}`, expiresAtMs: Infinity })),
    }
    const { calls, asked, time } = fakeRest([busy, {}], { account })
    calls.openOrders$({ market: 'KRW-BTC' }).subscribe()
    time.pass(1000)
    calls.accounts$().subscribe()
    time.pass(1000)
    expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['http://rest.invalid/v1/orders/open?market=KRW-BTC&states[]=wait&states[]=watch', 'Bearer token1'],
      ['http://rest.invalid/v1/orders/open?market=KRW-BTC&states[]=wait&states[]=watch', 'Bearer token2'],
      ['http://rest.invalid/v1/accounts', 'Bearer token3'],
    ])
    expect(queries).toEqual([
      'market=KRW-BTC&states[]=wait&states[]=watch',
      'market=KRW-BTC&states[]=wait&states[]=watch',
      undefined,
    ])
  })

  it('a public call sends no token, whoever asks', () => {
    const account: Account = { scope: 'a', token$: () => throwError(() => new Error('asked')) }
    const { calls, asked, time } = fakeRest([{}], { account })
    calls.markets$().subscribe()
    time.pass(0)
    expect(asked[0]?.headers).toEqual({ accept: 'application/json' })
  })

  it('of an account without credentials is refused before anything is sent, and names the gateway', () => {
    const { calls, asked } = fakeRest([{}])
    expect(record(calls.accounts$()).error).toMatchObject({
      code: 'INVALID_OPTION',
      option: 'credentials',
      nextStep: expect.stringContaining('gateway') as string,
    })
    expect(asked).toEqual([])
  })

  it('is tried again after a 5xx and a lost line, later and later, and gives what then comes', () => {
    const { calls, asked, time } = fakeRest([
      busy,
      { failure: new Error('reset') },
      busy,
      { body: '[]', afterMs: 10 },
    ])
    const call = record(calls.markets$())
    time.pass(5000)
    expect(call.values).toEqual([[]])
    const [first = 0, second = 0, third = 0, fourth = 0] = asked.map(({ atMs }) => atMs)
    for (const [waitMs, meanMs] of [
      [second - first, 250],
      [third - second, 500],
      [fourth - third, 1000],
    ] as const) {
      expect(waitMs).toBeGreaterThanOrEqual(meanMs * 0.75)
      expect(waitMs).toBeLessThanOrEqual(meanMs * 1.25)
    }
  })

  it('after a 429 waits a second, longer each time, and as long as the answer says', () => {
    const { calls, asked, time } = fakeRest([
      tooMany,
      tooMany,
      { ...tooMany, headers: { 'retry-after': '3' } },
      {},
    ])
    calls.markets$({ timeoutMs: 20_000 }).subscribe()
    time.pass(20_000)
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 1000, 3000, 6000])
  })

  it('after a 418 waits for the end of the block where the time is enough, else tells it at once', () => {
    const blocked = { status: 418, body: '{"error":{"name":"blocked","message":"Blocked for 7 seconds."}}' }
    const short = fakeRest([blocked])
    const call = record(short.calls.markets$())
    short.time.pass(0)
    expect(call.error).toMatchObject({
      code: 'RATE_LIMITED',
      status: 418,
      serverName: 'blocked',
      nextStep: expect.stringContaining('7 s') as string,
    })
    const long = fakeRest([blocked, {}])
    const patient = record(long.calls.markets$({ timeoutMs: 10_000 }))
    long.time.pass(7000)
    expect(patient.values).toEqual([[]])
    const unstated = fakeRest([{ status: 418, body: '' }])
    const told = record(unstated.calls.markets$())
    unstated.time.pass(0)
    expect(told.error).toMatchObject({
      code: 'RATE_LIMITED',
      nextStep: expect.stringContaining('60 s') as string,
    })
  })

  it('a nonce that was used is tried once more with a new token, at once, and then refused', () => {
    const used = {
      status: 401,
      body: '{"error":{"name":"nonce_used","message":"This temporary number has already been used."}}',
    }
    const account: Account = { scope: 'a', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const once = fakeRest([used, {}], { account })
    const call = record(once.calls.accounts$())
    once.time.pass(0)
    expect(call.values).toEqual([[]])
    const always = fakeRest([used], { account })
    const refused = record(always.calls.accounts$())
    always.time.pass(5000)
    expect(always.asked).toHaveLength(2)
    expect(refused.error).toMatchObject({ code: 'AUTH_REFUSED', serverName: 'nonce_used', status: 401 })
  })

  describe('C8.3 what a server says never shows the token, the keys, or a part of them', () => {
    const token = 'eyJhbGciOiJIUzUxMiJ9.eyJhY2Nlc3Nfa2V5IjoiQUtFWSJ9.Ra6b_3HQ-7mIpc8z6W'
    const account: Account = {
      scope: 'a',
      keys: () => ['the-access-key', 'the-secret-key'],
      token$: () => of({ token, expiresAtMs: Infinity }),
    }
    const echo = `Bearer ${token} ${token.slice(0, 25)} the-access-key the-secret-key`
    const inJson = JSON.stringify({ error: { name: token, message: echo } })

    it.each<[string, Scripted]>([
      ['as its message and name', { status: 400, body: inJson }],
      ['in escapes of JSON', { status: 400, body: inJson.replaceAll('eyJ', '\\u0065yJ') }],
      ['as a page', { status: 500, body: `<html>${echo}</html>` }],
      ['at the place where it is cut', { status: 401, body: `${'x'.repeat(485)}${echo}` }],
      ['for a long time', { status: 400, body: `${'x'.repeat(70_000)}${echo}` }],
      ['with a limit', { status: 429, body: echo, headers: { 'retry-after': '9' } }],
      ['as an answer that is none', { status: 200, body: echo }],
      ['as a row', { status: 200, body: JSON.stringify([{ currency: 5, [token]: echo }, echo]) }],
      ['as the reason of a failure', { failure: new Error(echo) }],
      ['below the reason of a failure', { failure: new Error('failed', { cause: new Error(echo) }) }],
    ])('%s', (_case, scripted) => {
      const { calls, time, drift } = fakeRest([scripted], { account })
      const call = record(calls.accounts$({ attempts: 1 }))
      time.pass(5000)
      expect(call.error).toBeInstanceOf(UpbitError)
      const shown = inspect([call.error, drift], { depth: 9, showHidden: true })
      const parts = [token.slice(0, 9), token.slice(-9), 'the-access-key', 'the-secret-key']
      for (const part of parts) expect(shown).not.toContain(part)
    })

    it('as a row with a field of that name, in the drift', () => {
      const row = { currency: 'KRW', balance: '1', locked: '0', avg_buy_price: '0', [token]: 1 }
      const { calls, time, drift } = fakeRest([{ body: JSON.stringify([row]) }], { account })
      record(calls.accounts$())
      time.pass(0)
      expect(drift.join()).toContain('[hidden]')
      expect(drift.join()).not.toContain(token)
    })
  })

  it('a public call that is refused has no keys to check', () => {
    const { calls, time, asked } = fakeRest([{ status: 403, body: '<html>Forbidden</html>' }])
    const call = record(calls.markets$())
    time.pass(5000)
    expect(call.error).toMatchObject({
      code: 'REST_REFUSED',
      status: 403,
      nextStep: expect.stringContaining('this address') as string,
    })
    expect(asked).toHaveLength(1)
  })

  it('a redirect is refused at once, and says so', () => {
    const { calls, time, asked } = fakeRest([{ status: 301, body: '<html>Moved</html>' }])
    const call = record(calls.markets$())
    time.pass(5000)
    expect(call.error).toMatchObject({
      code: 'REST_REFUSED',
      message: 'getMarkets: GET /v1/market/all was answered with HTTP 301, a redirect.',
      nextStep: expect.stringContaining('restUrl') as string,
    })
    expect(asked).toHaveLength(1)
  })

  it('a message ends with one full stop, whoever wrote it', () => {
    const { calls, time } = fakeRest([{ ...tooMany, headers: { 'retry-after': '9' } }])
    const call = record(calls.markets$())
    time.pass(0)
    expect((call.error as UpbitError).message).toMatch(/HTTP 429 Too many API requests\.$/)
  })

  it('a path of the gateway stands before those of Upbit', () => {
    const { calls, asked } = fakeRest([{}], { restUrl: 'https://gateway.invalid/gw/upbit' })
    calls.tickers$('KRW-BTC').subscribe()
    expect(asked[0]?.url).toBe('https://gateway.invalid/gw/upbit/v1/ticker?markets=KRW-BTC')
  })

  it('maintenance is waited for within the time', () => {
    const offline = { status: 403, body: '{"error":{"name":"market_offline","message":"점검"}}' }
    const { calls, time, asked } = fakeRest([offline, {}])
    const call = record(calls.markets$())
    time.pass(2000)
    expect([call.values, asked.length]).toEqual([[[]], 2])
  })

  it.each([
    [400, '{"error":{"name":400,"message":"Missing request parameter error."}}', 'REST_REFUSED', '400'],
    [401, '{"error":{"name":"jwt_verification","message":"x"}}', 'AUTH_REFUSED', 'jwt_verification'],
    [403, '{"error":{"name":"out_of_scope","message":"x"}}', 'AUTH_REFUSED', 'out_of_scope'],
    [404, '{"error":{"name":404,"message":"Code not found"}}', 'NOT_FOUND', '404'],
    [
      404,
      '{"error":{"name":"not_found","message":"no Route matched with those values"}}',
      'NOT_FOUND',
      'not_found',
    ],
    [404, '<html>\n<h1>Not here</h1></html>', 'NOT_FOUND', undefined],
    [302, '', 'REST_REFUSED', undefined],
  ])('HTTP %s %s is %s at once, with status, name and message', (status, body, code, serverName) => {
    const account: Account = { scope: 'a', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const { calls, time, asked } = fakeRest([{ status, body }], { account })
    const call = record(calls.accounts$())
    time.pass(5000)
    expect(asked).toHaveLength(1)
    const error = call.error as UpbitError
    expect([error.code, error.status, error.serverName]).toEqual([code, status, serverName])
    expect(error.message).toMatch(
      new RegExp(`^getAccounts: GET /v1/accounts was answered with HTTP ${status}`),
    )
    expect(error.message).not.toContain('\n')
    expect(error.nextStep).toBeDefined()
  })

  it('tells of the good answer, with its headers, and not of the refusals before it', () => {
    const { calls, time } = fakeRest([busy, { headers: { date: 'Sun, 22 Mar 2026 12:42:22 GMT' } }])
    const dates: unknown[] = []
    const call = record(
      calls.markets$({ answered: ({ status, headers }) => dates.push([status, headers.date]) }),
    )
    time.pass(2000)
    expect(call.end).toBe('complete')
    expect(dates).toEqual([[200, 'Sun, 22 Mar 2026 12:42:22 GMT']])
  })

  it('of an order that is not there says to check the id, and not the region', () => {
    const account: Account = { scope: 'a', token$: () => of({ token: 't', expiresAtMs: Infinity }) }
    const body = '{"error":{"name":"order_not_found","message":"x"}}'
    const { calls, time } = fakeRest([{ status: 404, body }], { account })
    const call = record(calls.order$({ uuid: 'none' }))
    time.pass(100)
    expect(call.error).toMatchObject({
      code: 'NOT_FOUND',
      nextStep: 'Check the id, and that the keys are of the account of that order.',
    })
  })

  it('C2.4 times out by itself, drops the request, and says what it has seen', () => {
    const { calls, time, dropped } = fakeRest([busy, { silent: true }])
    const call = record(calls.tickers$(['KRW-BTC', 'KRW-ETH']))
    time.pass(4999)
    expect(call.end).toBe('open')
    time.pass(1)
    expect(call.error).toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringMatching(
        /^getTickers of KRW-BTC \+1 took longer than 5000 ms; before: .*HTTP 503/,
      ) as string,
      cause: { code: 'REST_FAILED' },
    })
    expect(dropped()).toBe(1)
    time.pass(0)
    expect(time.scheduler.actions).toEqual([])
  })

  it('a wait for a permit is within the time', () => {
    const { calls, time, asked } = fakeRest([{}], { limits: { run$: () => NEVER } })
    const call = record(calls.markets$())
    time.pass(5000)
    expect(call.error).toMatchObject({ code: 'TIMEOUT' })
    expect(asked).toEqual([])
  })

  it('C11.1 a turn that cannot come in its time is RATE_LIMITED at once, with the seconds and what the exchange said', () => {
    const refusal = {
      status: 418,
      headers: {},
      body: '{"error":{"name":418,"message":"Blocked for 60 seconds."}}',
    }
    const late: TurnTooLate = { kind: 'turn-too-late', waitMs: 54_200, refusal }
    const { calls, asked } = fakeRest([{}], { limits: { run$: () => throwError(() => late) } })
    expect(record(calls.markets$()).error).toMatchObject({
      code: 'RATE_LIMITED',
      status: 418,
      serverName: '418',
      serverMessage: 'Blocked for 60 seconds.',
      message:
        'getMarkets was not sent: the exchange takes nothing for 55 s, since it answered with HTTP 418 Blocked for 60 seconds.',
      nextStep: expect.stringContaining('55 s') as string,
    })
    expect(asked).toEqual([])
  })

  it('C11.1 what a limit has no room for in time says so, with what was seen before as its cause', () => {
    const late: TurnTooLate = { kind: 'turn-too-late', waitMs: 9000, refusal: undefined }
    const within: (number | undefined)[] = []
    const { calls, time } = fakeRest([busy], {
      limits: {
        run$: (_group, call$, { withinMs }) => (within.push(withinMs) === 1 ? call$ : throwError(() => late)),
      },
    })
    const call = record(calls.markets$())
    time.pass(1000)
    expect(call.error).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'getMarkets was not sent: the limit has no room for it for 9 s.',
      cause: { code: 'REST_FAILED' },
    })
    expect(within[0]).toBe(5000)
    expect(within[1]).toBeLessThan(4850)
    record(calls.markets$({ timeoutMs: Infinity }))
    expect(within[2]).toBeUndefined()
  })

  it('unsubscribing drops the request and leaves no timer', () => {
    const { calls, time, dropped } = fakeRest([{ afterMs: 100 }])
    const subscription = calls.markets$().subscribe()
    time.pass(50)
    subscription.unsubscribe()
    expect(dropped()).toBe(1)
    time.pass(0)
    expect(time.scheduler.actions).toEqual([])
  })

  it('completes without an answer when whoever made it ends', () => {
    const { calls, time, dropped, endSubject } = fakeRest([{ silent: true }])
    const call = record(calls.markets$())
    time.pass(100)
    endSubject.next()
    expect([call.values, call.end, dropped()]).toEqual([[], 'complete', 1])
  })

  it('is tried no more often than it is told to', () => {
    const { calls, time, asked } = fakeRest([busy])
    const call = record(calls.markets$({ attempts: 1 }))
    time.pass(5000)
    expect(asked).toHaveLength(1)
    expect(call.error).toMatchObject({ code: 'REST_FAILED', status: 503 })
  })

  it('tells that there was no answer with its reason', () => {
    const failure = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:9') })
    const { calls, time } = fakeRest([{ failure }])
    const call = record(calls.markets$({ attempts: 1 }))
    time.pass(0)
    expect(call.error).toMatchObject({
      code: 'REST_FAILED',
      message: 'getMarkets: GET /v1/market/all got no answer (connect ECONNREFUSED 127.0.0.1:9).',
      cause: failure,
    })
  })

  it('an answer that is too large is not asked for again', () => {
    const failure = new UpbitError('UNDECODABLE', 'An answer has more than 16777216 bytes.')
    const { calls, time, asked } = fakeRest([{ failure }])
    const call = record(calls.markets$())
    time.pass(5000)
    expect([call.error, asked.length]).toEqual([failure, 1])
  })

  it('what a sender throws or leaves out is an error like any other', () => {
    const { calls, time } = fakeRest([], {
      sendHttp: () => {
        throw new Error('broken')
      },
    })
    const call = record(calls.markets$({ attempts: 1 }))
    time.pass(0)
    expect(call.error).toMatchObject({
      code: 'REST_FAILED',
      message: expect.stringContaining('broken') as string,
    })
    const empty = fakeRest([], { sendHttp: () => of() })
    const nothing = record(empty.calls.markets$({ attempts: 1 }))
    expect(nothing.error).toMatchObject({ code: 'REST_FAILED' })
  })

  it('rows that are none reject with the path', () => {
    const { calls, time } = fakeRest([
      { body: '[{"market":"KRW-BTC","korean_name":"비트코인","english_name":5}]' },
    ])
    const call = record(calls.markets$())
    time.pass(0)
    expect(call.error).toMatchObject({
      code: 'UNDECODABLE',
      path: '$[0].english_name',
      message: 'getMarkets: $[0].english_name should be string, found 5.',
    })
  })
})
