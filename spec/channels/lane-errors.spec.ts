import { clockStepped, rejected, schemaDrift, silentCode, undecodable } from '../../src/channels/lane-errors'
import { streamKey } from '../../src/registry/stream-key'
import { orderbookEvent } from './support/events'

const problem = { path: '$.timestamp', expected: 'ms', actual: '"soon"' }
const book = streamKey('orderbook', 'KRW-BTC', 10_000)

describe('errors of a stream', () => {
  it.each([
    [
      clockStepped(orderbookEvent({ epoch: 3 }, { level: 10_000 })),
      {
        code: 'CLOCK_STEPPED',
        stream: 'orderbook KRW-BTC@10000',
        epoch: 3,
        message: "The exchange's stamps of orderbook KRW-BTC@10000 went back and stayed back.",
      },
    ],
    [
      undecodable(problem, 2),
      {
        code: 'UNDECODABLE',
        path: '$.timestamp',
        epoch: 2,
        message: 'A frame: $.timestamp should be ms, found "soon".',
      },
    ],
    [
      undecodable({ ...problem, type: 'ticker' }, 2),
      { stream: 'ticker', message: 'ticker: $.timestamp should be ms, found "soon".' },
    ],
    [undecodable({ ...problem, type: 'ticker', code: 'KRW-BTC' }, 2), { stream: 'ticker KRW-BTC' }],
    [schemaDrift('ticker.new_field'), { code: 'SCHEMA_DRIFT', path: 'ticker.new_field' }],
    [silentCode(book), { code: 'SILENT_CODE', stream: 'orderbook KRW-BTC@10000' }],
    [
      rejected(book, 'chart', 'INVALID_PARAM', 'no such level'),
      {
        code: 'REJECTED',
        stream: 'orderbook KRW-BTC@10000',
        consumer: 'chart',
        serverName: 'INVALID_PARAM',
        serverMessage: 'no such level',
        message: 'The exchange refused a request with orderbook KRW-BTC@10000: INVALID_PARAM no such level',
      },
    ],
    [
      rejected(book, 'chart', 'WRONG_FORMAT', ''),
      { message: 'The exchange refused a request with orderbook KRW-BTC@10000: WRONG_FORMAT' },
    ],
  ])('%s', (error, expected) => {
    expect(error).toMatchObject(expected)
    expect(error.nextStep).toMatch(/^[A-Z].+\.$/)
  })
})
