import type { AccountOrder, VirtualExchangeOptions } from '../../../src/testing'
import { createVirtualExchange, startExchange, virtualStartMs } from '../../../src/testing'
import { askReal, RestBench } from '../support/rest'
import type { Headers } from '../support/rest'
import { accessKey, bearer, secretKey } from '../support/token'

// The check values of the reference.
const recorded = {
  hs512:
    'eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoidGVzdEFjY2Vzc0tleTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiLCJub25jZSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.vkVqicElpoI0lZUrQCa3bFqOibcb169myolauWNLlOTylNEw3igm39ieQA7K_eiG09XUwYTYKdt2h0o_ZgR9nw',
  hs256:
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhY2Nlc3Nfa2V5IjoidGVzdEFjY2Vzc0tleTAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiLCJub25jZSI6IjAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMSJ9.r_5NncIQnzeAfqrewajcSKibNNhRo3YJqGqNYNSt8-M',
}

const krw = {
  currency: 'KRW',
  balance: '50000.47088291',
  locked: '0',
  avg_buy_price: '0',
  avg_buy_price_modified: true,
  unit_currency: 'KRW',
}

const order = (uuid: string, fields: Partial<AccountOrder> = {}): AccountOrder => ({
  market: 'KRW-BTC',
  uuid,
  side: 'bid',
  ord_type: 'limit',
  state: 'wait',
  created_at: '2026-11-22T21:42:22+09:00',
  price: '10000000',
  volume: '0.0005',
  executed_volume: '0',
  executed_funds: '0',
  reserved_fee: '2.5',
  remaining_fee: '2.5',
  paid_fee: '0',
  locked: '5002.5',
  prevented_locked: '0',
  trades_count: 0,
  ...fields,
})

function bench(options: VirtualExchangeOptions = {}): RestBench {
  return new RestBench({ accounts: [{ accessKey, secretKey, balances: [krw] }], ...options })
}

const nameOf = ({ status, body }: { status: number; body: string }): [number, string] => [
  status,
  (JSON.parse(body) as { error: { name: string } }).error.name,
]

describe('tokens', () => {
  it.each(['hs512', 'hs256'] as const)(
    'of %s are accepted once, with the secret as it is for a key',
    (algorithm) => {
      const account = bench()
      const headers = { Authorization: `Bearer ${recorded[algorithm]}` }
      expect(JSON.parse(account.ask('/v1/accounts', headers).body)).toEqual([krw])
      expect(nameOf(account.ask('/v1/accounts', headers))).toEqual([401, 'nonce_used'])
    },
  )

  const query = 'states[]=wait&states[]=watch'
  it.each<[string, Headers, string, string]>([
    ['none', {}, '', 'no_authorization_token'],
    ['no token at all', { Authorization: 'Bearer 1' }, '', 'jwt_verification'],
    ['no JSON', { Authorization: 'Bearer YQ.YQ.YQ' }, '', 'jwt_verification'],
    ['another secret', bearer({ secret: 'x'.repeat(40) }), '', 'jwt_verification'],
    ['an algorithm that the exchange does not know', bearer({ algorithm: 'HS384' }), '', 'jwt_verification'],
    ['no nonce', bearer({ claims: { nonce: undefined } }), '', 'jwt_verification'],
    ['an unknown key', bearer({ claims: { access_key: '__proto__' } }), '', 'invalid_access_key'],
    ['no hash of the query', bearer(), `?${query}`, 'invalid_query_payload'],
    ['the hash of another query', bearer({ query: 'states[]=wait' }), `?${query}`, 'invalid_query_payload'],
    [
      'a hash of another kind',
      bearer({ query, claims: { query_hash_alg: 'SHA256' } }),
      `?${query}`,
      'invalid_query_payload',
    ],
  ])('with %s are refused as %3$s', (_what, headers, search, name) => {
    expect(nameOf(bench().ask(`/v1/orders/open${search}`, headers))).toEqual([401, name])
  })

  it('hash the query as it is before it is encoded', () => {
    const account = bench()
    for (const sent of [query, 'states%5B%5D=wait&states%5B%5D=watch']) {
      expect(account.ask(`/v1/orders/open?${sent}`, bearer({ query })).status).toBe(200)
    }
  })

  it('of a key without the scope are refused, and unknown keys by the switch', () => {
    const accounts = [{ accessKey, secretKey, scopes: ['balances'] as const }]
    expect(nameOf(bench({ accounts }).ask('/v1/orders/open', bearer()))).toEqual([403, 'out_of_scope'])
    const switches = { outOfScopeStatus: 401, unknownAccessKey: 'jwt_verification' } as const
    const odd = bench({ accounts, switches })
    expect(nameOf(odd.ask('/v1/orders/open', bearer()))).toEqual([401, 'out_of_scope'])
    expect(nameOf(odd.ask('/v1/accounts', bearer({ claims: { access_key: 'x' } })))).toEqual([
      401,
      'jwt_verification',
    ])
    expect(odd.ask('/v1/accounts', bearer()).status).toBe(200)
  })

  it('are counted by their key, thirty a second, wherever they come from', () => {
    const account = bench({ limits: true })
    const statuses = Array.from({ length: 31 }, () => account.ask('/v1/accounts', bearer()).status)
    expect([statuses.slice(0, 30).every((status) => status === 200), statuses[30]]).toEqual([true, 429])
    expect(account.exchange.busiest.rest).toEqual({ default: 31 })
    expect(account.exchange.restCalls[0]?.scope).toBe(accessKey)
  })

  it('are checked over a real socket too', async () => {
    await using exchange = await startExchange({ market: false, accounts: [{ accessKey, secretKey }] })
    exchange.setBalances(accessKey, [krw])
    const { status, body } = await askReal(exchange.restUrl, '/v1/accounts', bearer())
    expect([status, JSON.parse(body)]).toEqual([200, [krw]])
    expect(nameOf(await askReal(exchange.restUrl, '/v1/accounts'))).toEqual([401, 'no_authorization_token'])
  })

  it('need accounts whose options are spelled right', () => {
    const accounts = [{ accessKey, secret: secretKey }] as never
    expect(() => createVirtualExchange(undefined, { accounts })).toThrow('secretKey')
    expect(() => bench().exchange.setOrders('nobody', [])).toThrow('accessKey')
  })
})

describe('orders', () => {
  const orders = [
    order('a', { created_at: '2026-11-22T10:00:00+09:00', identifier: 'mine' }),
    order('b', { created_at: '2026-11-22T11:00:00+09:00', state: 'watch' }),
    order('c', { created_at: '2026-11-22T12:00:00+09:00', state: 'done', market: 'KRW-ETH' }),
    order('d', { created_at: '2026-11-01T12:00:00+09:00', state: 'cancel' }),
  ]
  const account = bench()
  account.exchange.setOrders(accessKey, orders)
  const ask = (path: string, query?: string): unknown => {
    const answer = account.ask(
      `${path}${query === undefined ? '' : `?${query}`}`,
      bearer(query === undefined ? {} : { query }),
    )
    const parsed = JSON.parse(answer.body) as readonly AccountOrder[]
    return answer.status === 200 ? parsed.map(({ uuid }) => uuid) : nameOf(answer)
  }

  it.each<[string, string | undefined, unknown]>([
    ['/v1/orders/open', undefined, ['a']],
    ['/v1/orders/open', 'states[]=wait&states[]=watch', ['b', 'a']],
    ['/v1/orders/open', 'states[]=wait&states[]=watch&order_by=asc', ['a', 'b']],
    ['/v1/orders/open', 'states[]=wait&states[]=watch&limit=1&page=2', ['a']],
    ['/v1/orders/open', 'state=watch&market=KRW-BTC', ['b']],
    ['/v1/orders/open', 'market=KRW-XRP', []],
    ['/v1/orders/open', 'state=done', [400, 'validation_error']],
    ['/v1/orders/open', 'limit=101', [400, 'validation_error']],
    ['/v1/orders/open', 'order_by=sideways', [400, 'validation_error']],
    ['/v1/orders/closed', undefined, ['c']],
    ['/v1/orders/closed', 'start_time=2026-11-01T00:00:00Z', ['d']],
    ['/v1/orders/closed', `end_time=${virtualStartMs - 20 * 86_400_000}`, ['d']],
    [
      '/v1/orders/closed',
      'start_time=2026-11-01T00:00:00Z&end_time=2026-11-20T00:00:00Z',
      [400, 'validation_error'],
    ],
    ['/v1/orders/closed', 'start_time=soon', [400, 'validation_error']],
    ['/v1/orders/uuids', 'uuids[]=a&uuids[]=d&uuids[]=none', ['a', 'd']],
    ['/v1/orders/uuids', 'identifiers[]=mine', ['a']],
    ['/v1/orders/uuids', undefined, [400, 'validation_error']],
    ['/v1/order', undefined, [400, 'validation_error']],
    ['/v1/order', 'uuid=none', [404, 'order_not_found']],
  ])('%s with %s', (path, query, expected) => expect(ask(path, query)).toEqual(expected))

  it('one order has its trades, and lists have the funds instead', () => {
    const one = (query: string): object =>
      JSON.parse(account.ask(`/v1/order?${query}`, bearer({ query })).body) as object
    expect(one('uuid=a')).toMatchObject({ uuid: 'a', trades: [] })
    expect(one('uuid=a')).not.toHaveProperty('executed_funds')
    expect(one('identifier=mine')).toMatchObject({ uuid: 'a' })
    const open = JSON.parse(account.ask('/v1/orders/open', bearer()).body) as readonly object[]
    expect(open[0]).toMatchObject({ uuid: 'a', executed_funds: '0' })
    expect(open[0]).not.toHaveProperty('trades')
  })
})
