import { of } from 'rxjs'
import type { RestCalls } from '../../src/rest/rest-calls'
import { fakeRest } from './support/fake-rest'

const account = { scope: 'account 1', token$: () => of({ token: 't', expiresAtMs: Infinity }) }

describe('the calls', () => {
  it.each<[string, (calls: RestCalls) => unknown, string]>([
    ['markets', (calls) => calls.markets$(), '/v1/market/all'],
    ['markets in detail', (calls) => calls.markets$({ isDetails: true }), '/v1/market/all?is_details=true'],
    [
      'tickers, each code once',
      (calls) => calls.tickers$(['KRW-BTC', 'KRW-ETH', 'KRW-BTC']),
      '/v1/ticker?markets=KRW-BTC,KRW-ETH',
    ],
    [
      'tickers by quote',
      (calls) => calls.tickersByQuote$(['KRW', 'BTC']),
      '/v1/ticker/all?quote_currencies=KRW,BTC',
    ],
    [
      'books',
      (calls) => calls.orderbooks$('KRW-BTC', { count: 5, level: 10_000 }),
      '/v1/orderbook?markets=KRW-BTC&count=5&level=10000',
    ],
    [
      'instruments',
      (calls) => calls.orderbookInstruments$('KRW-BTC'),
      '/v1/orderbook/instruments?markets=KRW-BTC',
    ],
    [
      'trades',
      (calls) =>
        calls.trades$('KRW-BTC', { count: 500, cursor: '17732400590950000', to: '23:59:59', daysAgo: 7 }),
      '/v1/trades/ticks?market=KRW-BTC&to=23%3A59%3A59&count=500&cursor=17732400590950000&days_ago=7',
    ],
    ['candles of a second', (calls) => calls.candles$('KRW-BTC', '1s'), '/v1/candles/seconds?market=KRW-BTC'],
    [
      'candles of minutes',
      (calls) => calls.candles$('KRW-BTC', '240m', { count: 200 }),
      '/v1/candles/minutes/240?market=KRW-BTC&count=200',
    ],
    [
      'candles of days',
      (calls) => calls.candles$('KRW-BTC', 'days', { convertingPriceUnit: 'KRW' }),
      '/v1/candles/days?market=KRW-BTC&converting_price_unit=KRW',
    ],
    ['candles of weeks', (calls) => calls.candles$('KRW-BTC', 'weeks'), '/v1/candles/weeks?market=KRW-BTC'],
    [
      'candles of months',
      (calls) => calls.candles$('KRW-BTC', 'months'),
      '/v1/candles/months?market=KRW-BTC',
    ],
    ['candles of years', (calls) => calls.candles$('KRW-BTC', 'years'), '/v1/candles/years?market=KRW-BTC'],
    ['accounts', (calls) => calls.accounts$(), '/v1/accounts'],
    [
      'open orders, conditional ones too',
      (calls) => calls.openOrders$(),
      '/v1/orders/open?states[]=wait&states[]=watch',
    ],
    [
      'a page of open orders',
      (calls) =>
        calls.openOrders$({ market: 'KRW-BTC', states: ['wait'], page: 2, limit: 10, orderBy: 'asc' }),
      '/v1/orders/open?market=KRW-BTC&states[]=wait&page=2&limit=10&order_by=asc',
    ],
    [
      'closed orders',
      (calls) => calls.closedOrders$({ startTime: Date.UTC(2026, 10, 1), endTime: '2026-11-08T00:00:00Z' }),
      '/v1/orders/closed?states[]=done&states[]=cancel&start_time=2026-11-01T00%3A00%3A00Z&end_time=2026-11-08T00%3A00%3A00Z',
    ],
    [
      'orders by ids',
      (calls) => calls.ordersByIds$({ uuids: ['a', 'b'] }),
      '/v1/orders/uuids?uuids[]=a&uuids[]=b',
    ],
    [
      'orders by own ids',
      (calls) => calls.ordersByIds$({ identifiers: ['한 글'] }),
      '/v1/orders/uuids?identifiers[]=%ED%95%9C%20%EA%B8%80',
    ],
    ['one order', (calls) => calls.order$({ uuid: 'a' }), '/v1/order?uuid=a'],
    ['one order by its own id', (calls) => calls.order$({ identifier: 'x&y' }), '/v1/order?identifier=x%26y'],
  ])('%s', (_, ask, path) => {
    const { calls, asked, time } = fakeRest([{ body: '{}' }], { account })
    ;(ask(calls) as { subscribe(observer: object): unknown }).subscribe({ error: () => {} })
    time.pass(0)
    expect(asked.map(({ url }) => url)).toEqual([`http://rest.invalid${path}`])
  })

  it.each<[string, (calls: RestCalls) => unknown, string, string]>([
    ['a wrong code', (calls) => calls.tickers$('BTC/KRW'), 'codes', "did you mean 'KRW-BTC'?"],
    ['no code', (calls) => calls.orderbooks$([]), 'codes', 'an empty list'],
    [
      'a list where one code is asked for',
      (calls) => calls.trades$(['KRW-BTC'] as never),
      'code',
      'one market code',
    ],
    ['a wrong code of trades', (calls) => calls.trades$('krw-btc'), 'code', "did you mean 'KRW-BTC'?"],
    ['quotes in small letters', (calls) => calls.tickersByQuote$('krw'), 'quotes', "Write 'KRW'."],
    ['a code as quote', (calls) => calls.tickersByQuote$(['KRW-BTC']), 'quotes', "Write 'KRW'."],
    ['no quote', (calls) => calls.tickersByQuote$([]), 'quotes', 'a quote currency or a list of them'],
    ['too many units', (calls) => calls.orderbooks$('KRW-BTC', { count: 31 }), 'count', 'from 1 to 30'],
    ['a level that is none', (calls) => calls.orderbooks$('KRW-BTC', { level: -1 }), 'level', 'from 0'],
    ['too many trades', (calls) => calls.trades$('KRW-BTC', { count: 501 }), 'count', 'from 1 to 500'],
    [
      'a cursor that has lost digits',
      (calls) => calls.trades$('KRW-BTC', { cursor: 17732400590950000 as never }),
      'cursor',
      'lost its last digits',
    ],
    ['a day that is gone', (calls) => calls.trades$('KRW-BTC', { daysAgo: 8 }), 'daysAgo', 'from 1 to 7'],
    ['today as days ago', (calls) => calls.trades$('KRW-BTC', { daysAgo: 0 }), 'daysAgo', 'from 1 to 7'],
    ['a time that is none', (calls) => calls.trades$('KRW-BTC', { to: '25:00:00' }), 'to', '23:59:59'],
    ['a time half spelled', (calls) => calls.trades$('KRW-BTC', { to: '23:5959' }), 'to', '235959'],
    [
      'a unit by another name',
      (calls) => calls.candles$('KRW-BTC', '1d' as never),
      'unit',
      "Did you mean 'days'?",
    ],
    [
      'a unit in capitals',
      (calls) => calls.candles$('KRW-BTC', '1D' as never),
      'unit',
      "Did you mean 'days'?",
    ],
    ['months', (calls) => calls.candles$('KRW-BTC', '1M' as never), 'unit', "Did you mean 'months'?"],
    [
      'a misspelt unit',
      (calls) => calls.candles$('KRW-BTC', 'weks' as never),
      'unit',
      "Did you mean 'weeks'?",
    ],
    ['a unit that there is not', (calls) => calls.candles$('KRW-BTC', 7 as never), 'unit', "'240m', 'days'"],
    [
      'too many candles',
      (calls) => calls.candles$('KRW-BTC', '1m', { count: 201 }),
      'count',
      'from 1 to 200',
    ],
    [
      'an instant that is none',
      (calls) => calls.candles$('KRW-BTC', '1m', { to: '2026-13-01T00:00:00Z' }),
      'to',
      '2026-11-23T09:00:00Z',
    ],
    [
      'a day as an instant',
      (calls) => calls.candles$('KRW-BTC', '1m', { to: 'today' }),
      'to',
      'milliseconds since 1970',
    ],
    [
      'a converted price of minutes',
      (calls) => calls.candles$('KRW-BTC', '1m', { convertingPriceUnit: 'KRW' }),
      'convertingPriceUnit',
      "'days'",
    ],
    [
      'a state of another call',
      (calls) => calls.openOrders$({ states: ['done' as never] }),
      'states',
      "'wait', 'watch'",
    ],
    ['no state', (calls) => calls.closedOrders$({ states: [] }), 'states', "'done', 'cancel'"],
    ['page 0', (calls) => calls.openOrders$({ page: 0 }), 'page', 'from 1'],
    [
      'an order of another kind',
      (calls) => calls.openOrders$({ orderBy: 'up' as never }),
      'orderBy',
      "'asc', 'desc'",
    ],
    [
      'a window that is too long',
      (calls) => calls.closedOrders$({ startTime: 0, endTime: 7 * 86_400_000 + 1000 }),
      'endTime',
      'seven days',
    ],
    [
      'a window that goes back',
      (calls) => calls.closedOrders$({ startTime: 1000, endTime: 0 }),
      'endTime',
      'after startTime',
    ],
    ['no id', (calls) => calls.order$({} as never), 'uuid', 'either uuid or identifier'],
    ['both ids', (calls) => calls.order$({ uuid: 'a', identifier: 'b' } as never), 'uuid', 'and not both'],
    [
      'too many ids',
      (calls) => calls.ordersByIds$({ uuids: Array.from({ length: 101 }, () => 'a') }),
      'uuids',
      '1 to 100',
    ],
    ['an id that is none', (calls) => calls.order$({ uuid: 5 as never }), 'uuid', 'an id as text'],
    [
      'a list of ids of one order',
      (calls) => calls.order$({ uuid: ['a', 'b'] as never }),
      'uuid',
      'an id as text',
    ],
    ['half a character', (calls) => calls.order$({ identifier: '\ud800' }), 'identifier', 'an id as text'],
    [
      'a currency that is none',
      (calls) => calls.candles$('KRW-BTC', 'days', { convertingPriceUnit: 'won' }),
      'convertingPriceUnit',
      "as 'KRW'",
    ],
    ['no time', (calls) => calls.markets$({ timeoutMs: 0 }), 'timeoutMs', 'above 0'],
    [
      'a priority that is none',
      (calls) => calls.markets$({ priority: 'urgent' as never }),
      'priority',
      "'reconnect'",
    ],
    [
      'details as a text',
      (calls) => calls.markets$({ isDetails: 'yes' as never }),
      'isDetails',
      'true, false',
    ],
  ])('C2.2 throws at the call for %s, naming the option and what is allowed', (_, ask, option, words) => {
    const { calls, asked } = fakeRest([{}], { account })
    let error: unknown
    try {
      ask(calls)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ option })
    const { message, nextStep } = error as { message: string; nextStep?: string }
    expect(`${message} ${nextStep ?? ''}`).toContain(words)
    expect(asked).toEqual([])
  })

  it.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z'],
    ['2026-11-23 09:00:00', '2026-11-23T09:00:00Z'],
    ['2026-11-23T09:00:00', '2026-11-23T09:00:00Z'],
    ['2026-11-23T18:00:00+09:00', '2026-11-23T09:00:00Z'],
    [Date.UTC(2026, 10, 23, 9), '2026-11-23T09:00:00Z'],
    // The end is exclusive: the second that has begun is before it.
    [Date.UTC(2026, 10, 23, 9) + 1, '2026-11-23T09:00:01Z'],
    ['2026-11-23T09:00:00.500Z', '2026-11-23T09:00:01Z'],
  ])('takes the instant %s for %s', (to, sent) => {
    const { calls, asked, time } = fakeRest([{}])
    calls.candles$('KRW-BTC', '1s', { to }).subscribe()
    time.pass(0)
    expect(new URL(asked[0]!.url).searchParams.get('to')).toBe(sent)
  })
})
