import type { AccountOrder } from '../../../src/testing'
import { anOrderbook, aTrade, startExchange } from '../../../src/testing'
import { limitBuyBody, marketBuyBody } from '../../rest/support/rows'
import { askReal } from '../support/rest'
import type { Row } from '../support/private'
import { bearer, keyA, keyB, PrivateBench, said } from '../support/private'

const buy = { market: 'KRW-BTC', side: 'bid', volume: '0.001', price: '10000000', ord_type: 'limit' } as const

function bench(...options: ConstructorParameters<typeof PrivateBench>): PrivateBench {
  const made = new PrivateBench(...options)
  made.account.deposit('KRW', '1000000')
  made.account.deposit('BTC', '1')
  made.heard.length = 0
  return made
}

const row = ([, body]: [number, unknown]): Row => body as Row

describe('POST /v1/orders', () => {
  it('answers 201 with the order in `wait`, and its events come after', () => {
    const account = bench()
    let answer: Row | undefined
    let heardBefore = -1
    const asked = Object.entries(buy)
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    account
      .call$('/v1/orders', bearer(keyA, asked), 'POST', JSON.stringify(buy))
      .subscribe(({ status, body }) => {
        answer = { status, ...(JSON.parse(body) as object) }
        heardBefore = account.heard.length
      })
    account.scheduler.flush()
    expect(answer).toEqual({
      status: 201,
      uuid: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      side: 'bid',
      ord_type: 'limit',
      price: '10000000',
      state: 'wait',
      market: 'KRW-BTC',
      created_at: '2026-11-23T09:00:00+09:00',
      volume: '0.001',
      remaining_volume: '0.001',
      prevented_volume: '0',
      reserved_fee: '5',
      remaining_fee: '5',
      paid_fee: '0',
      locked: '10005',
      prevented_locked: '0',
      executed_volume: '0',
      trades_count: 0,
      smp_type: 'cancel_maker',
    })
    expect([heardBefore, account.states()]).toEqual([0, ['wait']])
    expect(account.get('/v1/accounts')[1]).toEqual([
      {
        currency: 'KRW',
        balance: '989995',
        locked: '10005',
        avg_buy_price: '0',
        avg_buy_price_modified: true,
        unit_currency: 'KRW',
      },
      expect.objectContaining({ currency: 'BTC', balance: '1' }),
    ])
  })

  it('in `wait` too where it trades at once; the executions are in GET /v1/order alone, the funds in lists', () => {
    const account = bench()
    account.exchange.emit(anOrderbook())
    const placed = row(
      account.post('/v1/orders', { market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' }),
    )
    expect(placed).toMatchObject({ state: 'wait', price: '10000', executed_volume: '0' })
    expect(placed).not.toHaveProperty('volume')
    const one = row(account.get('/v1/order', `uuid=${String(placed.uuid)}`))
    expect(one).toMatchObject({ state: 'cancel', trades_count: 1 })
    expect(one).not.toHaveProperty('executed_funds')
    const [fill] = account.orderEvents().filter(({ state }) => state === 'trade')
    expect((one.trades as readonly Row[])[0]).toMatchObject({
      uuid: fill?.trade_uuid,
      price: fill?.price,
      volume: fill?.volume,
      trend: 'up',
      side: 'bid',
    })
    const [listed] = account.get('/v1/orders/closed')[1] as readonly Row[]
    expect(listed).toMatchObject({ executed_funds: fill?.executed_funds })
    expect(listed).not.toHaveProperty('trades')
  })

  it.each<[string, Row, string]>([
    ['no market', { market: '' }, 'validation_error'],
    ['a market that there is not', { market: 'KRW-NONE' }, 'validation_error'],
    ['a market that a test has made up', { market: 'EUR-BTC' }, 'validation_error'],
    ['a side that there is not', { side: 'buy' }, 'validation_error'],
    ['a type that there is not', { ord_type: 'stop' }, 'validation_error'],
    ['no price', { price: '' }, 'create_bid_error'],
    ['no volume', { volume: '', side: 'ask' }, 'create_ask_error'],
    ['a market sell on the side of buys', { ord_type: 'market' }, 'create_bid_error'],
    ['a volume of nine decimals', { volume: '0.000000001' }, 'validation_error'],
    ['a volume that is no number', { volume: '1e' }, 'validation_error'],
    ['a price off the grid', { price: '10000500' }, 'invalid_price_bid'],
    ['the same for a sale', { price: '10000500', side: 'ask' }, 'invalid_price_ask'],
    ['4,999 won', { volume: '0.0004999' }, 'under_min_total_bid'],
    ['the same for a sale', { volume: '0.0004999', side: 'ask' }, 'under_min_total_ask'],
    ['more than there is', { volume: '0.1' }, 'insufficient_funds_bid'],
    ['more coins than there are', { volume: '1.1', side: 'ask' }, 'insufficient_funds_ask'],
    ['an identifier that was used', { identifier: 'used' }, 'duplicated_identifier'],
    [
      'post_only of an order at the market',
      { ord_type: 'price', volume: '', time_in_force: 'post_only' },
      'invalid_post_only',
    ],
    [
      'post_only with self-match prevention',
      { time_in_force: 'post_only', smp_type: 'reduce' },
      'invalid_post_only',
    ],
    [
      'ioc of an order at the market',
      { ord_type: 'price', volume: '', time_in_force: 'ioc' },
      'validation_error',
    ],
    ['best without a time in force', { ord_type: 'best', volume: '' }, 'validation_error'],
    ['a prevention that there is not', { smp_type: 'some' }, 'validation_error'],
    ['an identifier of 65 letters', { identifier: 'x'.repeat(65) }, 'validation_error'],
  ])('refuses %s', (_what, members, name) => {
    const account = bench()
    account.exchange.emit(anOrderbook({ code: 'EUR-BTC' }))
    account.post('/v1/orders', { ...buy, identifier: 'used' })
    const before = account.account.balances
    expect(account.post('/v1/orders', { ...buy, ...members })).toEqual([400, name])
    expect([account.account.balances, account.account.orders.length]).toEqual([before, 1])
  })

  it('has the smallest amounts and the grids of the other currencies', () => {
    const account = bench()
    account.account.deposit('USDT', '100')
    const ask = (market: string, price: string, volume: string): unknown =>
      account.post('/v1/orders', { ...buy, market, price, volume })[1]
    expect(ask('BTC-ETH', '0.03', '0.001')).toBe('under_min_total_bid')
    expect(ask('BTC-ETH', '0.030000001', '0.01')).toBe('validation_error')
    expect(ask('BTC-ETH', '0.03000001', '0.01')).toMatchObject({ reserved_fee: '0.00000075000025' })
    expect(ask('USDT-ETH', '0.49999', '1')).toBe('invalid_price_bid')
    expect(ask('USDT-ETH', '0.4999', '1')).toBe('under_min_total_bid')
    expect(ask('USDT-ETH', '0.5', '1')).toMatchObject({ locked: '0.50125' })
  })

  it.each<[string, Row]>([
    ['off the grid', { price: '10000500' }],
    ['malformed', { volume: '' }],
    ['not affordable', { volume: '0.5' }],
  ])('uses up the identifier of an order that is refused, being %s', (_what, members) => {
    const account = bench()
    const named = { ...buy, identifier: 'x' }
    expect(account.post('/v1/orders', { ...named, ...members })[0]).toBe(400)
    expect(account.post('/v1/orders', named)).toEqual([400, 'duplicated_identifier'])
    expect(account.post('/v1/orders/test', named)).toEqual([400, 'duplicated_identifier'])
    expect(() => account.account.place(named)).toThrow('duplicated_identifier')
    expect(account.account.orders).toEqual([])
    // Of another account it was not.
    account.exchange.account(keyB.accessKey).deposit('KRW', '1000000')
    expect(account.post('/v1/orders', named, keyB)[0]).toBe(201)
  })

  it('leaves the identifier free of an order that was only tried, or refused before it was read', () => {
    const account = bench()
    const named = { ...buy, identifier: 'x' }
    account.post('/v1/orders/test', { ...named, price: '10000500' })
    expect(said(account.ask('/v1/orders', bearer(keyA), 'POST', JSON.stringify(named)))[0]).toBe(401)
    account.exchange.refuseRest(503, { times: 1 })
    expect(account.ask('/v1/orders', bearer(keyA), 'POST', JSON.stringify(named)).status).toBe(503)
    expect(account.post('/v1/orders', named)[0]).toBe(201)
  })

  it('is tried by POST /v1/orders/test, which makes none', () => {
    const account = bench()
    expect(account.post('/v1/orders/test', { ...buy, identifier: 'x' })).toEqual([
      201,
      expect.objectContaining({ state: 'wait', locked: '10005', identifier: 'x' }),
    ])
    expect(account.post('/v1/orders/test', { ...buy, price: '1' })).toEqual([400, 'under_min_total_bid'])
    expect([account.account.orders, account.heard]).toEqual([[], []])
  })
})

describe('cancelling', () => {
  it('one order answers `wait`, and `cancel` comes later by its events', () => {
    const account = bench()
    const { uuid } = row(account.post('/v1/orders', { ...buy, identifier: 'mine' }))
    expect(account.delete('/v1/order', 'identifier=mine')).toEqual([
      200,
      expect.objectContaining({ uuid, state: 'wait' }),
    ])
    expect(account.states()).toEqual(['wait', 'cancel'])
    expect(account.delete('/v1/order', `uuid=${String(uuid)}`)).toEqual([404, 'order_not_found'])
    expect(account.delete('/v1/order')).toEqual([400, 'validation_error'])
    expect(account.balance('KRW')).toEqual(['1000000', '0'])
  })

  it('that is asked for before the order has come to the market comes after it', () => {
    const account = bench()
    const placed = account.account
    const uuids: unknown[] = []
    const asked = Object.entries(buy)
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
    account.call$('/v1/orders', bearer(keyA, asked), 'POST', JSON.stringify(buy)).subscribe(({ body }) => {
      const { uuid } = JSON.parse(body) as Row
      uuids.push(uuid)
      account
        .call$(`/v1/order?uuid=${String(uuid)}`, bearer(keyA, `uuid=${String(uuid)}`), 'DELETE')
        .subscribe()
    })
    account.scheduler.flush()
    expect([account.states(), placed.orders.length]).toEqual([['wait', 'cancel'], 1])
  })

  it('by ids says of each whether it goes', () => {
    const account = bench()
    const [a, b] = ['a', 'b'].map(
      (identifier) => row(account.post('/v1/orders', { ...buy, identifier })).uuid,
    )
    account.delete('/v1/order', `uuid=${String(b)}`)
    const asked = `uuids[]=${String(a)}&uuids[]=${String(b)}&uuids[]=none`
    expect(account.delete('/v1/orders/uuids', asked)).toEqual([
      200,
      {
        success: { count: 1, orders: [{ uuid: a, market: 'KRW-BTC', identifier: 'a' }] },
        failed: { count: 1, orders: [{ uuid: b, market: 'KRW-BTC', identifier: 'b' }] },
      },
    ])
    expect(account.states(String(a))).toEqual(['wait', 'cancel'])
    const many = Array.from({ length: 21 }, (_, i) => `identifiers[]=${i}`).join('&')
    expect(account.delete('/v1/orders/uuids', many)).toEqual([400, 'validation_error'])
  })

  it('all takes the newest of a side, of pairs, of quote currencies', () => {
    const account = bench()
    const place = (market: string, side: 'ask' | 'bid', price: string, volume: string): void =>
      void account.account.place({ market, side, ord_type: 'limit', price, volume })
    place('KRW-BTC', 'bid', '10000000', '0.001')
    place('KRW-BTC', 'ask', '200000000', '0.001')
    place('KRW-ETH', 'bid', '1000000', '0.01')
    place('BTC-ETH', 'bid', '0.01', '0.01')
    const cancelled = (asked: string): unknown => {
      const [status, body] = account.delete('/v1/orders/open', asked)
      return status === 200
        ? (body as { success: { orders: Row[] } }).success.orders.map(({ market }) => market)
        : body
    }
    expect(cancelled('quote_currencies=BTC')).toEqual(['BTC-ETH'])
    expect(cancelled('cancel_side=ask')).toEqual(['KRW-BTC'])
    expect(cancelled('count=1')).toEqual(['KRW-ETH'])
    expect(cancelled('excluded_pairs=KRW-BTC')).toEqual([])
    expect(cancelled('pairs=KRW-BTC,KRW-ETH')).toEqual(['KRW-BTC'])
    expect(cancelled('cancel_side=both')).toBe('validation_error')
    expect(cancelled('pairs=KRW-BTC&quote_currencies=KRW')).toBe('validation_error')
    expect(cancelled('count=301')).toBe('validation_error')
    const many = Array.from({ length: 21 }, (_, i) => `KRW-${i}`).join(',')
    expect([cancelled(`pairs=${many}`), cancelled(`excluded_pairs=${many}`)]).toEqual([
      'validation_error',
      'validation_error',
    ])
    expect(account.balance('KRW')).toEqual(['1000000', '0'])
  })

  it('and placing anew is one call: the old order ends, then the new one comes', () => {
    const account = bench()
    const old = account.account.place(buy)
    account.account.fill(old.uuid, '0.0004')
    const asked = {
      prev_order_uuid: old.uuid,
      new_ord_type: 'limit',
      new_price: '9000000',
      new_volume: 'remain_only',
      new_identifier: 'second',
    }
    const [status, answer] = account.post('/v1/orders/cancel_and_new', asked)
    const { new_order_uuid: uuid } = answer as Row
    expect([status, answer]).toEqual([
      201,
      expect.objectContaining({ uuid: old.uuid, state: 'wait', new_order_identifier: 'second' }),
    ])
    expect(account.states(old.uuid)).toEqual(['wait', 'trade', 'cancel'])
    expect(account.orderEvents(String(uuid))).toEqual([
      expect.objectContaining({ state: 'wait', price: '9000000', volume: '0.0006', ask_bid: 'BID' }),
    ])
    expect(account.post('/v1/orders/cancel_and_new', asked)).toEqual([404, 'order_not_found'])
    // One that cannot be placed is lost; the old one is gone all the same.
    const more = { prev_order_uuid: uuid, new_ord_type: 'limit', new_price: '9000000', new_volume: '10' }
    const [, lost] = account.post('/v1/orders/cancel_and_new', more)
    expect(account.get('/v1/order', `uuid=${String((lost as Row).new_order_uuid)}`)).toEqual([
      404,
      'order_not_found',
    ])
    expect(account.states(String(uuid))).toEqual(['wait', 'cancel'])
  })
})

describe('POST /v1/orders/cancel_and_new', () => {
  it('needs an identifier that was not used, not even by one that is still on its way', () => {
    const account = bench()
    const [first, second] = [1, 2].map(() => account.account.place(buy).uuid)
    const asked = (uuid: string | undefined) => ({
      prev_order_uuid: String(uuid),
      new_ord_type: 'limit',
      new_price: '9000000',
      new_volume: '0.001',
      new_identifier: 'x',
    })
    const answers: unknown[] = []
    for (const uuid of [first, second]) {
      const members = asked(uuid)
      const hashed = Object.entries(members).map(([name, value]) => `${name}=${value}`)
      account
        .call$('/v1/orders/cancel_and_new', bearer(keyA, hashed.join('&')), 'POST', JSON.stringify(members))
        .subscribe((answer) => answers.push(answer.status === 201 ? 201 : said(answer)[1]))
    }
    account.scheduler.flush()
    expect(answers).toEqual([201, 'duplicated_identifier'])
    expect(account.account.orders.map(({ state, identifier }) => [state, identifier])).toEqual([
      ['cancel', undefined],
      ['wait', undefined],
      ['wait', 'x'],
    ])
  })

  it('uses it up for a new order that is refused, and the old one stays', () => {
    const account = bench()
    const { uuid } = account.account.place(buy)
    const asked = { prev_order_uuid: uuid, new_ord_type: 'limit', new_price: '9000000', new_identifier: 'x' }
    expect(account.post('/v1/orders/cancel_and_new', asked)).toEqual([400, 'create_bid_error'])
    expect(account.post('/v1/orders/cancel_and_new', { ...asked, new_volume: '0.001' })).toEqual([
      400,
      'duplicated_identifier',
    ])
    expect(account.states(uuid)).toEqual(['wait'])
  })
})

describe('orders that a test has set', () => {
  it('are told as they were given, and trade like others', () => {
    const account = new PrivateBench()
    const [limitBuy, marketBuy] = [limitBuyBody, marketBuyBody].map(
      (body) => JSON.parse(body) as AccountOrder,
    )
    if (limitBuy === undefined || marketBuy === undefined) throw new Error('no rows')
    account.exchange.setOrders(keyA.accessKey, [limitBuy, marketBuy])
    expect(account.get('/v1/order', `uuid=${marketBuy.uuid}`)[1]).toEqual(marketBuy)
    expect(account.get('/v1/orders/open')[1]).toEqual([{ ...limitBuy, executed_funds: '0' }])
    expect(account.heard).toEqual([])
    account.exchange.execute(aTrade({ trade_price: 9_999_000 }))
    expect(account.states(limitBuy.uuid).at(-1)).toBe('done')
    expect(account.balance('BTC')).toEqual(['0.0005', '0'])
    // What the test has not said to be locked is added where an order needs it.
    account.exchange.setOrders(keyA.accessKey, [limitBuy])
    account.delete('/v1/order', `uuid=${limitBuy.uuid}`)
    expect(account.balance('KRW')).toEqual(['5002.5', '0'])
  })
})

describe('GET /v1/orders/chance', () => {
  it('tells fees, kinds of orders, limits and both balances', () => {
    const account = bench()
    const [status, answer] = account.get('/v1/orders/chance', 'market=KRW-BTC')
    expect([status, answer]).toEqual([
      200,
      {
        bid_fee: '0.0005',
        ask_fee: '0.0005',
        maker_bid_fee: '0.0005',
        maker_ask_fee: '0.0005',
        market: {
          id: 'KRW-BTC',
          name: 'BTC/KRW',
          order_types: ['limit'],
          order_sides: ['ask', 'bid'],
          bid_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'price'],
          ask_types: ['best_fok', 'best_ioc', 'limit', 'limit_fok', 'limit_ioc', 'market'],
          bid: { currency: 'KRW', min_total: '5000' },
          ask: { currency: 'BTC', min_total: '5000' },
          max_total: '1000000000',
          state: 'active',
        },
        bid_account: expect.objectContaining({ currency: 'KRW', balance: '1000000' }),
        ask_account: expect.objectContaining({ currency: 'BTC', balance: '1' }),
      },
    ])
    expect(account.get('/v1/orders/chance', 'market=KRW-NONE')).toEqual([400, 'validation_error'])
  })
})

describe('keys', () => {
  it('are several of one account, each with its scopes; accounts know nothing of each other', () => {
    const readOnly = { ...keyB, accessKey: 'reads orders', scopes: ['orders'] as const }
    const trades = { ...keyB, accessKey: 'trades', scopes: ['trade'] as const }
    const account = bench({ accounts: [{ ...keyA, keys: [readOnly, trades] }, keyB] })
    const { uuid } = row(account.post('/v1/orders', buy, trades))
    const query = `uuid=${String(uuid)}`
    expect(account.get('/v1/order', query, readOnly)[0]).toBe(200)
    expect(account.get('/v1/order', query, trades)).toEqual([403, 'out_of_scope'])
    expect(account.get('/v1/accounts', '', readOnly)).toEqual([403, 'out_of_scope'])
    expect(account.post('/v1/orders', buy, readOnly)).toEqual([403, 'out_of_scope'])
    expect(account.delete('/v1/order', query, readOnly)).toEqual([403, 'out_of_scope'])
    expect(account.get('/v1/order', query, keyB)).toEqual([404, 'order_not_found'])
    expect(account.states(String(uuid))).toEqual(['wait'])
    expect(() => bench({ accounts: [keyA, { ...keyB, keys: [keyA] }] })).toThrow('accessKey')
  })

  it('are listed with their end by GET /v1/api_keys, to any of them and without a secret', () => {
    const powerless = { ...keyB, accessKey: 'may nothing', scopes: [] }
    const account = bench({ limits: true, accounts: [{ ...keyA, keys: [powerless] }, keyB] })
    account.pass(1_000)
    expect(account.get('/v1/api_keys', '', powerless)).toEqual([
      200,
      [
        { access_key: keyA.accessKey, expire_at: '2027-11-23T09:00:00+09:00' },
        { access_key: 'may nothing', expire_at: '2027-11-23T09:00:00+09:00' },
      ],
    ])
    expect(account.get('/v1/accounts', '', powerless)).toEqual([403, 'out_of_scope'])
    expect(account.ask('/v1/api_keys').status).toBe(401)
    expect(account.ask('/v1/api_keys', bearer(keyA)).headers['remaining-req']).toBe(
      'group=default; min=1800; sec=27',
    )
  })

  it('sign the members of a body in their order', () => {
    const account = bench()
    const body = JSON.stringify(buy)
    const hashed = (asked: string): unknown =>
      said(account.ask('/v1/orders', bearer(keyA, asked), 'POST', body))[1]
    expect(hashed('')).toBe('invalid_query_payload')
    expect(hashed('side=bid&market=KRW-BTC&volume=0.001&price=10000000&ord_type=limit')).toBe(
      'invalid_query_payload',
    )
    expect(hashed('market=KRW-BTC&side=bid&volume=0.001&price=10000000&ord_type=limit')).toMatchObject({
      state: 'wait',
    })
    const headers = bearer(keyA, 'market=KRW-BTC')
    for (const text of ['no JSON', '[1]', '1']) {
      expect(said(account.ask('/v1/orders', headers, 'POST', text))).toEqual([400, 'invalid_parameter'])
    }
    const once = bearer(keyA, 'market=KRW-BTC')
    const twice = [1, 2].map(() => said(account.ask('/v1/orders', once, 'POST', '{"market":"KRW-BTC"}'))[1])
    expect(twice).toEqual(['validation_error', 'nonce_used'])
  })

  it('share the limits of their account: each group has its own', () => {
    const second = { ...keyB, accessKey: 'second key' }
    const account = bench({ limits: true, accounts: [{ ...keyA, keys: [second] }, keyB] })
    const remaining = (path: string, method: 'POST' | 'DELETE' | 'GET', key = keyA): unknown =>
      account.ask(path, bearer(key, '', {}), method, method === 'POST' ? '{}' : undefined).headers[
        'remaining-req'
      ]
    expect([
      remaining('/v1/orders', 'POST'),
      remaining('/v1/orders/cancel_and_new', 'POST', second),
      remaining('/v1/orders', 'POST', keyB),
      remaining('/v1/orders/test', 'POST'),
      remaining('/v1/orders/open', 'DELETE'),
      remaining('/v1/order', 'DELETE'),
      remaining('/v1/orders/uuids', 'DELETE', second),
      remaining('/v1/orders/chance', 'GET'),
    ]).toEqual([
      'group=order; min=720; sec=11',
      'group=order; min=720; sec=10',
      'group=order; min=720; sec=11',
      'group=order-test; min=480; sec=7',
      'group=order-cancel-all; min=30; sec=0',
      'group=default; min=1800; sec=29',
      'group=default; min=1800; sec=28',
      'group=default; min=1800; sec=27',
    ])
    expect(account.exchange.restCalls.map(({ scope }) => scope).slice(0, 3)).toEqual([
      keyA.accessKey,
      keyA.accessKey,
      keyB.accessKey,
    ])
    account.pass(1_000)
    expect(account.ask('/v1/orders/open', bearer(keyA), 'DELETE').status).toBe(429)
    account.pass(1_000)
    expect(account.ask('/v1/orders/open', bearer(keyA), 'DELETE').status).toBe(200)
  })
})

describe('an answer that is lost', () => {
  it.each(['before', 'after'] as const)('%s the order was made', (when) => {
    const account = bench()
    account.exchange.refuseRest('reset', { method: 'POST', path: '/v1/orders', when, times: 1 })
    expect(() => account.post('/v1/orders', { ...buy, identifier: 'x' })).toThrow('no answer')
    const found = account.get('/v1/order', 'identifier=x')
    expect(found[0]).toBe(when === 'after' ? 200 : 404)
    expect(account.states()).toEqual(when === 'after' ? ['wait'] : [])
  })

  it.each([['hang', undefined] as const, [500, 500] as const])('to %s after it', (fault, status) => {
    const account = bench()
    account.exchange.refuseRest(fault, { method: 'POST', when: 'after' })
    // Calls that read go on.
    expect(account.get('/v1/orders/open')).toEqual([200, []])
    if (status === undefined) expect(() => account.post('/v1/orders', buy)).toThrow('was not answered')
    else expect(account.post('/v1/orders', buy)[0]).toBe(status)
    expect(account.account.orders).toHaveLength(1)
  })
})

describe('over a real socket', () => {
  it('orders are placed and cancelled', async () => {
    await using exchange = await startExchange({ market: false, accounts: [keyA] })
    exchange.account().deposit('KRW', '100000')
    const asked = 'market=KRW-BTC&side=bid&volume=0.001&price=10000000&ord_type=limit'
    const members = { market: 'KRW-BTC', side: 'bid', volume: '0.001', price: '10000000', ord_type: 'limit' }
    const headers = { ...bearer(keyA, asked), 'Content-Type': 'application/json' }
    const placed = await askReal(exchange.restUrl, '/v1/orders', headers, 'POST', JSON.stringify(members))
    expect(placed.status).toBe(201)
    const query = `uuid=${String((JSON.parse(placed.body) as Row).uuid)}`
    expect(
      (await askReal(exchange.restUrl, `/v1/order?${query}`, bearer(keyA, query), 'DELETE')).status,
    ).toBe(200)
  })
})
