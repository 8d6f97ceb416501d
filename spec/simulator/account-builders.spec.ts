import { aMyAsset, aMyOrder, anAnnouncement } from '../../src/simulator/account-builders'
import { privateCodecs, privateDefinitions } from '../../src/protocol/private-events'

describe('builders of the private endpoint', () => {
  it('C14.2 give complete valid payloads', () => {
    for (const state of ['wait', 'watch', 'trade', 'done', 'cancel', 'prevented']) {
      expect(privateCodecs.myOrder.is(aMyOrder({ state }))).toBe(true)
      expect(Object.keys(aMyOrder({ state }))).toEqual(Object.keys(privateDefinitions.myOrder))
    }
    expect(privateCodecs.myAsset.is(aMyAsset())).toBe(true)
    expect(Object.keys(aMyAsset())).toEqual(Object.keys(privateDefinitions.myAsset))
    expect(privateCodecs.announcement.is(anAnnouncement())).toBe(true)
    expect(Object.keys(anAnnouncement())).toEqual(Object.keys(privateDefinitions.announcement))
  })

  it('60 have what belongs to a fill in a fill alone, and whole seconds', () => {
    const atMs = Date.UTC(2026, 7, 26, 7, 15, 54, 797)
    expect(aMyOrder({ timestamp: atMs })).toMatchObject({
      state: 'wait',
      avg_price: '0',
      trade_uuid: null,
      trade_fee: null,
      is_maker: null,
      trade_timestamp: null,
      order_timestamp: atMs - 797,
    })
    expect(aMyOrder({ timestamp: atMs, state: 'trade' })).toMatchObject({
      trade_uuid: expect.any(String),
      trade_fee: expect.any(String),
      is_maker: true,
      trade_timestamp: atMs,
      remaining_volume: '0',
    })
    expect(aMyOrder({ state: 'done' })).toMatchObject({
      trade_uuid: null,
      remaining_volume: '0',
      trades_count: 1,
    })
  })

  it('66 let the times of an announcement follow its timestamp', () => {
    const atMs = Date.UTC(2026, 7, 26, 7, 15, 54)
    expect(anAnnouncement({ timestamp: atMs })).toMatchObject({
      first_listed_at: '2026-08-26T16:15:54+09:00',
      listed_at: '2026-08-26T16:15:54+09:00',
    })
  })
})
