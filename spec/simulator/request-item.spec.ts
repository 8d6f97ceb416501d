import { readItem } from '../../src/simulator/request-item'
import type { ItemSwitches } from '../../src/simulator/request-item'
import { defaultSwitches } from '../../src/simulator/switches'

const plain = { codes: [], level: 0, onlySnapshot: false, onlyRealtime: false }
const read = (item: Record<string, unknown>, switches: ItemSwitches = defaultSwitches) =>
  readItem(item, switches, 'private')
const named = (name: string) => expect.objectContaining({ name })

describe('items of the private endpoint', () => {
  it.each([
    [{ type: 'myOrder' }, { ...plain, type: 'myOrder' }],
    [
      { type: 'myOrder', codes: [] },
      { ...plain, type: 'myOrder' },
    ],
    [
      { type: 'myOrder', codes: ['KRW-BTC'] },
      { ...plain, type: 'myOrder', codes: ['KRW-BTC'] },
    ],
    [{ type: 'myOrder', codes: 'KRW-BTC' }, named('WRONG_FORMAT')],
    [{ type: 'myOrder', codes: [1] }, named('WRONG_FORMAT')],
    [{ type: 'myAsset' }, { ...plain, type: 'myAsset' }],
    [{ type: 'myAsset', codes: [] }, named('WRONG_FORMAT')],
    [{ type: 'myAsset', codes: ['KRW-BTC'] }, named('WRONG_FORMAT')],
    [{ type: 'announcement' }, { ...plain, type: 'announcement', includeBody: false }],
    [
      { type: 'announcement', categories: ['trade', 'nft'], include_body: true },
      { ...plain, type: 'announcement', categories: ['trade', 'nft'], includeBody: true },
    ],
    [{ type: 'announcement', categories: ['trading'] }, named('INVALID_PARAM')],
    [{ type: 'announcement', categories: 'trade' }, named('WRONG_FORMAT')],
    [{ type: 'announcement', include_body: 'true' }, named('WRONG_FORMAT')],
  ])('24 25 32 %j is %j', (item, expected) => {
    expect(read(item)).toEqual(expected)
  })

  it('ignore the flags of snapshots, which they have none of', () => {
    expect(read({ type: 'myOrder', is_only_snapshot: true, is_only_realtime: true })).toEqual({
      ...plain,
      type: 'myOrder',
    })
  })
})

describe('a type of another endpoint', () => {
  it.each([
    ['public', 'myOrder'],
    ['public', 'indicator'],
    ['private', 'ticker'],
    ['private', 'indicator_signal'],
    ['info', 'announcement'],
  ] as const)('23 on the %s one is refused: %s', (endpoint, type) => {
    const item = { type, codes: ['KRW-BTC'] }
    expect(readItem(item, defaultSwitches, endpoint)).toEqual({
      name: 'INVALID_PARAM',
      message: `${type} 은 지원하지 않는 타입입니다.`,
    })
    const asAuth = { ...defaultSwitches, wrongEndpoint: 'INVALID_AUTH' } as const
    expect(readItem(item, asAuth, endpoint)).toEqual(named('INVALID_AUTH'))
    expect(readItem({ type: 'nope' }, asAuth, endpoint)).toEqual(named('INVALID_PARAM'))
  })
})
