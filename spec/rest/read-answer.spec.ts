import type * as t from 'io-ts'
import { candlesEndpoint, endpoints } from '../../src/rest/endpoints'
import { readAnswer } from '../../src/rest/read-answer'
import type { Endpoint } from '../../src/rest/rest-call'
import {
  accountsBody,
  candlesBody,
  instrumentsBody,
  limitBuyBody,
  marketBuyBody,
  marketsBody,
  orderbookBody,
  rowOf,
  tickerBody,
  tradesBody,
} from './support/rows'
import fc from '../support/seeded-fast-check'

/** Every endpoint with what it was recorded to answer. */
const recorded: readonly [string, Endpoint<unknown>, string][] = [
  ['markets', endpoints.markets, marketsBody],
  ['tickers', endpoints.tickers, tickerBody],
  ['orderbooks', endpoints.orderbooks, orderbookBody],
  ['instruments', endpoints.instruments, instrumentsBody],
  ['trades', endpoints.trades, tradesBody],
  ['candles', candlesEndpoint('1m'), candlesBody],
  ['accounts', endpoints.accounts, accountsBody],
  ['open orders', endpoints.openOrders, `[${limitBuyBody}]`],
  ['one order', endpoints.order, marketBuyBody],
]

function read(
  endpoint: Endpoint<unknown>,
  text: string,
): { readonly result: ReturnType<typeof readAnswer>; readonly drift: string[] } {
  const drift: string[] = []
  return { result: readAnswer(endpoint, text, (name) => drift.push(name)), drift }
}

describe('readAnswer', () => {
  it.each(recorded)('reads %s as they were recorded, without drift', (_, endpoint, body) => {
    const { result, drift } = read(endpoint, body)
    expect(result).toHaveProperty('value')
    expect(drift).toEqual([])
  })

  it('C3.2 keeps every digit of a sequential_id, and what an account has, in one spelling', () => {
    expect(read(endpoints.trades, tradesBody).result).toMatchObject({
      value: [{ sequential_id: '17732400590950000', trade_price: 103460000 }],
    })
    const account = accountsBody.replace('"50000.47088291"', '"050000.4708829100000000000001"')
    expect(read(endpoints.accounts, account).result).toMatchObject({ fault: { path: '$[0].balance' } })
    for (const [spelled, exact] of [
      ['"50000.470882910000000000010"', '50000.47088291000000000001'],
      ['"0E-8"', '0'],
      ['"-0"', '0'],
      ['"1.5E3"', '1500'],
      // A number would be told as exactly as a text.
      ['12345678901234567890.10', '12345678901234567890.1'],
    ] as const) {
      const { result } = read(endpoints.accounts, accountsBody.replace('"50000.47088291"', spelled))
      expect(result).toMatchObject({ value: [{ balance: exact }] })
    }
  })

  it('C3 what does not apply is absent, and stays so', () => {
    const { result } = read(endpoints.order, marketBuyBody)
    const { value } = result as { value: object }
    expect(value).toEqual(JSON.parse(marketBuyBody))
    for (const name of ['volume', 'remaining_volume', 'executed_funds', 'identifier', 'time_in_force']) {
      expect(value).not.toHaveProperty(name)
    }
  })

  it('C3.1 what is unknown is counted by name, in nested parts too, and not passed on', () => {
    const row = rowOf(marketsBody)
    const body = JSON.stringify([
      {
        ...row,
        listed_at: 1,
        market_event: { warning: true, caution: { PRICE_FLUCTUATIONS: true, NEW_REASON: true }, extra: 1 },
      },
      { ...row, listed_at: 2 },
    ])
    const { result, drift } = read(endpoints.markets, body)
    expect(drift.sort()).toEqual([
      'rest.market.listed_at',
      'rest.market.market_event.caution.NEW_REASON',
      'rest.market.market_event.extra',
    ])
    expect((result as { value: object[] }).value[0]).toEqual({
      market: 'KRW-BTC',
      korean_name: '비트코인',
      english_name: 'Bitcoin',
      market_event: { warning: true, caution: { PRICE_FLUCTUATIONS: true } },
    })
    const order = JSON.stringify({ ...rowOf(limitBuyBody), state: 'suspended' })
    expect(read(endpoints.order, order)).toMatchObject({
      result: { value: { state: 'suspended' } },
      drift: ['rest.order.state=suspended'],
    })
  })

  it.each([
    ['no JSON', endpoints.markets, '<html>', '$', 'JSON'],
    ['no JSON where digits are kept', endpoints.trades, '[{', '$', 'JSON'],
    ['an object for a list', endpoints.markets, '{}', '$', 'rest.market'],
    ['a list for an object', endpoints.order, '[]', '$', 'rest.order'],
    ['null', endpoints.markets, 'null', '$', 'rest.market'],
    ['a field that is missing', endpoints.markets, '[{"market":"KRW-BTC"}]', '$[0].korean_name', 'string'],
    [
      'an infinite price',
      endpoints.tickers,
      tickerBody.replace('103493000.0', '1e999'),
      '$[0].trade_price',
      'number',
    ],
    [
      'a text for a price',
      endpoints.orderbooks,
      orderbookBody.replace('103462000.0', '"x"'),
      '$[0].orderbook_units[1].ask_price',
      'number',
    ],
    [
      'a fraction as id',
      endpoints.trades,
      tradesBody.replace('17732400590950000', '1.5'),
      '$[0].sequential_id',
      'exact integer',
    ],
    ['no amount', endpoints.order, limitBuyBody.replace('"5002.5"', '"much"'), '$.locked', 'decimal text'],
  ])('tells where it is wrong: %s', (_, endpoint, body, path, expected) => {
    expect(read(endpoint as Endpoint<unknown>, body).result).toEqual({
      fault: {
        path,
        expected: expect.stringContaining(expected) as string,
        actual: expect.any(String) as string,
      },
    })
  })

  it('whatever a body holds gives rows or a fault, and never throws', () => {
    const bodies = fc.oneof(
      fc.json({ depthSize: 'medium' }),
      fc.string(),
      fc
        .constantFrom(...recorded.map(([, , body]) => body))
        .chain((body) =>
          fc
            .tuple(fc.nat(body.length), fc.nat(20), fc.string({ maxLength: 5 }))
            .map(([at, cut, text]) => body.slice(0, at) + text + body.slice(at + cut)),
        ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...recorded.map(([, endpoint]) => endpoint)), bodies, (endpoint, body) => {
        const { result } = read(endpoint, body)
        if ('value' in result) expect((endpoint.codec as t.Mixed).is(result.value)).toBe(true)
        else expect(result.fault.path.startsWith('$')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('a __proto__ key changes nothing', () => {
    for (const [, endpoint, body] of recorded) {
      const hostile = body.replace('{', '{"__proto__":{"polluted":true},')
      const { result, drift } = read(endpoint, hostile)
      expect(drift.map((name) => name.split('.').at(-1))).toEqual(['__proto__'])
      const { value } = result as { value: unknown }
      const row: unknown = Array.isArray(value) ? value[0] : value
      expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    }
  })

  it('a value of one of the fields drops none of the others, whichever it is', () => {
    for (const [, endpoint, body] of recorded) {
      const { result } = read(endpoint, body)
      const rows = (result as { value: unknown }).value
      const row = (Array.isArray(rows) ? rows[0] : rows) as object
      expect(Object.keys(row).sort()).toEqual(Object.keys(rowOf(body)).sort())
    }
  })
})
