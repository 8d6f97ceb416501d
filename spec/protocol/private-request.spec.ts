import { privateSubscribeText } from '../../src/protocol/private-request'
import type { InfoItem, PrivateItem } from '../../src/protocol/private-request'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'

describe('privateSubscribeText', () => {
  it.each(wireFormats)('writes ticket, items and format in the documented order: %s', (format) => {
    expect(privateSubscribeText([{ type: 'myOrder' }, { type: 'myAsset' }], format)('t-1')).toBe(
      `[{"ticket":"t-1"},{"type":"myOrder"},{"type":"myAsset"},{"format":"${format}"}]`,
    )
  })

  it.each<[item: PrivateItem, text: string]>([
    [{ type: 'myOrder', codes: ['KRW-BTC'] }, '{"type":"myOrder","codes":["KRW-BTC"]}'],
    [{ type: 'myOrder', codes: [] }, '{"type":"myOrder"}'],
    [{ type: 'announcement' }, '{"type":"announcement"}'],
    [{ type: 'announcement', categories: [], include_body: false }, '{"type":"announcement"}'],
    [
      { type: 'announcement', categories: ['trade', 'wallet'], include_body: true },
      '{"type":"announcement","categories":["trade","wallet"],"include_body":true}',
    ],
  ])('writes %j as short as it is meant', (item, text) => {
    expect(privateSubscribeText([item], 'DEFAULT')('t')).toBe(`[{"ticket":"t"},${text},{"format":"DEFAULT"}]`)
  })

  it('never writes codes of myAsset, which the exchange refuses, nor anything else that an item carries', () => {
    const item = { type: 'myAsset', codes: ['KRW-BTC'], is_only_snapshot: true } as const
    const order = { type: 'myOrder', only: 1, codes: undefined } as const
    expect(privateSubscribeText([item, order], 'SIMPLE')('t')).toBe(
      '[{"ticket":"t"},{"type":"myAsset"},{"type":"myOrder"},{"format":"SIMPLE"}]',
    )
  })

  it('writes numbers as numbers, and a trigger without parameters without them', () => {
    const items: readonly InfoItem[] = [
      {
        type: 'indicator_signal',
        codes: ['KRW-BTC'],
        timeframe: '5m',
        indicators: [
          {
            type: 'volume',
            params: { period: 20 },
            trigger: 'volume_spike',
            event_params: { multiplier: 2.0 },
          },
          { type: 'moving_average', params: { type: 'SMA', period: 5 }, trigger: 'price_cross_above' },
        ],
      },
    ]
    expect(privateSubscribeText(items, 'DEFAULT')('t')).toBe(
      '[{"ticket":"t"},{"type":"indicator_signal","codes":["KRW-BTC"],"timeframe":"5m","indicators":[' +
        '{"type":"volume","params":{"period":20},"trigger":"volume_spike","event_params":{"multiplier":2}},' +
        '{"type":"moving_average","params":{"type":"SMA","period":5},"trigger":"price_cross_above"}]},' +
        '{"format":"DEFAULT"}]',
    )
  })

  itWithSamples('writes the sample messages of the exchange, value for value', () => {
    const asking = readSamples().filter(
      ({ about, direction, endpoint }) =>
        direction === 'out' && /private|info/.test(endpoint) && !/wrong request|empty codes|LIST/.test(about),
    )
    expect(asking.length).toBeGreaterThanOrEqual(6)
    for (const { text } of asking) {
      const [{ ticket }, ...rest] = JSON.parse(text) as [{ ticket: string }, ...PrivateItem[]]
      const items = rest.filter((part) => 'type' in part)
      const written = JSON.parse(privateSubscribeText(items, 'DEFAULT')(ticket))
      expect(written).toEqual([{ ticket }, ...items, { format: 'DEFAULT' }])
    }
  })
})
