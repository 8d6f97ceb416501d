import { parseRequest } from '../../src/simulator/request'
import { defaultSwitches } from '../../src/simulator/switches'
import type { ExchangeSwitches } from '../../src/simulator/switches'
import fc from '../support/seeded-fast-check'

const parse = (message: unknown, switches: Partial<ExchangeSwitches> = {}) => {
  const text = typeof message === 'string' ? message : JSON.stringify(message)
  return parseRequest(text, { ...defaultSwitches, ...switches }, 'public')
}

/** The name and message of a refusal. */
const refusalOf = (message: unknown, switches?: Partial<ExchangeSwitches>) => {
  const parsed = parse(message, switches)
  return parsed.kind === 'refused' ? parsed.refusal : parsed.kind
}

const ticket = { ticket: 't' }
const ticker = { type: 'ticker', codes: ['KRW-BTC'] }
const item = { type: 'ticker', codes: ['KRW-BTC'], level: 0, onlySnapshot: false, onlyRealtime: false }

describe('parseRequest', () => {
  it('21 takes ticket, items and format in any order, and DEFAULT without one', () => {
    const expected = { kind: 'subscribe', ticket: 't', format: 'SIMPLE', items: [item] }
    expect(parse([ticket, ticker, { format: 'SIMPLE' }])).toEqual(expected)
    expect(parse([ticket, { format: 'SIMPLE' }, ticker])).toEqual(expected)
    expect(parse([{ format: 'SIMPLE' }, ticker, ticket])).toEqual(expected)
    expect(parse([ticket, ticker])).toEqual({ ...expected, format: 'DEFAULT' })
  })

  it('19 knows one text that is no JSON: PING', () => {
    expect(parse('PING')).toEqual({ kind: 'ping' })
  })

  it.each(['hello', 'ping', '{}', '[', '', '42', 'null', '["ticker"]', '[null]', '[[]]'])(
    '19 refuses %j as WRONG_FORMAT',
    (text) => {
      expect(refusalOf(text)).toEqual({ name: 'WRONG_FORMAT', message: 'Format 이 맞지 않습니다.' })
    },
  )

  it.each([[[ticker]], [[{ ticket: '' }, ticker]], [[{ ticket: 7 }, ticker]], [[]]])(
    '20 refuses %j as NO_TICKET',
    (message) => {
      expect(refusalOf(message)).toEqual({
        name: 'NO_TICKET',
        message: '티켓이 존재하지 않거나, 유효하지 않습니다.',
      })
    },
  )

  it('21 refuses an unknown format, by the name of the switch', () => {
    const message = [ticket, ticker, { format: 'XML' }]
    expect(refusalOf(message)).toMatchObject({ name: 'WRONG_FORMAT' })
    expect(refusalOf(message, { unknownFormat: 'INVALID_PARAM' })).toMatchObject({ name: 'INVALID_PARAM' })
    expect(refusalOf([ticket, ticker, { format: 5 }], { unknownFormat: 'INVALID_PARAM' })).toMatchObject({
      name: 'WRONG_FORMAT',
    })
  })

  it('22 refuses items without a type, and messages without an item', () => {
    const noType = { name: 'NO_TYPE', message: 'type 필드가 존재하지 않습니다.' }
    expect(refusalOf([ticket, { codes: ['KRW-BTC'] }])).toEqual(noType)
    expect(refusalOf([ticket])).toEqual(noType)
    expect(refusalOf([ticket, { format: 'SIMPLE' }])).toEqual(noType)
  })

  it('23 refuses unknown types by name, and types of other endpoints by the switch', () => {
    expect(refusalOf([ticket, { type: 'nope', codes: ['KRW-BTC'] }])).toEqual({
      name: 'INVALID_PARAM',
      message: 'nope 은 지원하지 않는 타입입니다.',
    })
    const elsewhere = [ticket, { type: 'myOrder' }]
    expect(refusalOf(elsewhere)).toMatchObject({ name: 'INVALID_PARAM' })
    expect(refusalOf(elsewhere, { wrongEndpoint: 'INVALID_AUTH' })).toEqual({
      name: 'INVALID_AUTH',
      message: '인증 정보가 올바르지 않습니다.',
    })
    expect(refusalOf([ticket, { type: 'candle.1d', codes: ['KRW-BTC'] }])).toMatchObject({
      name: 'INVALID_PARAM',
    })
  })

  it.each(['ticker', 'trade', 'orderbook', 'candle.1s', 'candle.240m'])(
    '24 refuses %s without codes',
    (type) => {
      const noCodes = { name: 'NO_CODES', message: 'codes 필드가 존재하지 않습니다.' }
      expect(refusalOf([ticket, { type }])).toEqual(noCodes)
      expect(refusalOf([ticket, { type, codes: [] }])).toEqual(noCodes)
      expect(parse([ticket, { type, codes: [] }], { emptyCodes: 'silence' })).toMatchObject({
        kind: 'subscribe',
        items: [{ codes: [] }],
      })
    },
  )

  it.each([
    { ...ticker, codes: 'KRW-BTC' },
    { ...ticker, codes: [1] },
    { ...ticker, type: 5 },
    { ...ticker, level: '10000' },
    { ...ticker, is_only_snapshot: 'true' },
    { ...ticker, is_only_realtime: 1 },
  ])('25 refuses wrong JSON types: %j', (wrong) => {
    expect(refusalOf([ticket, wrong])).toMatchObject({ name: 'WRONG_FORMAT' })
  })

  it('26 accepts codes that nobody lists', () => {
    expect(parse([ticket, { type: 'ticker', codes: ['KRW-NOPE', 'krw-btc'] }]).kind).toBe('subscribe')
  })

  it('29 reads the flags in both spellings, and refuses or silences both at once', () => {
    expect(parse([ticket, { ...ticker, is_only_snapshot: true }])).toMatchObject({
      items: [{ onlySnapshot: true }],
    })
    expect(parse([ticket, { ...ticker, isOnlyRealtime: true }])).toMatchObject({
      items: [{ onlyRealtime: true }],
    })
    const both = [ticket, { ...ticker, is_only_snapshot: true, is_only_realtime: true }]
    expect(refusalOf(both)).toMatchObject({ name: 'INVALID_PARAM' })
    expect(parse(both, { bothFlags: 'silence' })).toMatchObject({ items: [{ codes: [] }] })
  })

  it('40 refuses a message whole for its one wrong item', () => {
    expect(refusalOf([ticket, ticker, { type: 'nope', codes: ['KRW-BTC'] }])).toMatchObject({
      name: 'INVALID_PARAM',
    })
  })

  it('41 recognises LIST_SUBSCRIPTIONS before or after the ticket', () => {
    const method = { method: 'LIST_SUBSCRIPTIONS' }
    const expected = { kind: 'list', ticket: 't', format: 'SIMPLE' }
    expect(parse([ticket, method, { format: 'SIMPLE' }])).toEqual(expected)
    expect(parse([method, ticket, { format: 'SIMPLE' }])).toEqual(expected)
    expect(parse([ticket, method])).toEqual({ ...expected, format: 'DEFAULT' })
  })

  it('never throws, whatever a client sends', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify([value])),
        ),
        (text) => {
          expect(['ping', 'list', 'subscribe', 'refused']).toContain(parse(text).kind)
        },
      ),
    )
  })
})
