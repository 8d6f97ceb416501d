import { subscriptionDifference } from '../../src/connection/subscription-difference'
import type { ListedItem } from '../../src/protocol/control'
import { streamKey } from '../../src/registry/stream-key'

const btc = streamKey('ticker', 'KRW-BTC')
const book = streamKey('orderbook', 'KRW-BTC')
const coarse = streamKey('orderbook', 'KRW-BTC', 10_000)
const item = (type: string, codes: readonly string[], level?: number): ListedItem => ({ type, codes, level })

describe('subscriptionDifference', () => {
  it.each([
    ['the same', [btc, book], [item('ticker', ['KRW-BTC']), item('orderbook', ['KRW-BTC'], 0)], []],
    ['a depth suffix', [book], [item('orderbook', ['KRW-BTC.15'], 0)], []],
    ['a level that is not told', [coarse], [item('orderbook', ['KRW-BTC'])], []],
    ['a level', [coarse], [item('orderbook', ['KRW-BTC'], 10_000)], []],
    [
      'items in pieces',
      [btc, streamKey('ticker', 'KRW-ETH')],
      [item('ticker', ['KRW-ETH']), item('ticker', ['KRW-BTC'])],
      [],
    ],
    ['no codes, which are all', [btc], [item('ticker', [])], []],
    ['no codes of a level', [coarse], [item('orderbook', [], 10_000)], []],
    ['nothing', [btc, coarse], [], ['- ticker KRW-BTC', '- orderbook KRW-BTC@10000']],
    [
      'another level',
      [coarse],
      [item('orderbook', ['KRW-BTC'], 0)],
      ['- orderbook KRW-BTC@10000', '+ orderbook KRW-BTC'],
    ],
    ['another type', [btc], [item('trade', ['KRW-BTC'])], ['- ticker KRW-BTC', '+ trade KRW-BTC@any']],
    ['too much', [btc], [item('ticker', ['KRW-BTC', 'KRW-ETH'], 0)], ['+ ticker KRW-ETH']],
  ])('C9.7 knows %s', (_what, keys, listed, difference) => {
    expect(subscriptionDifference(keys, listed)).toEqual(difference)
  })
})
