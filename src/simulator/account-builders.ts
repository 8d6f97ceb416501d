/** Complete, valid payloads of the private endpoint for tests, as `builders.ts` has them of the public one. */
import { virtualStartMs } from '../base/scheduler-environment'
import type { AnnouncementFrame } from '../protocol/announcement'
import type { MyAssetFrame } from '../protocol/my-asset'
import type { MyOrderFrame } from '../protocol/my-order'
import { kstDateTime } from './dates'

const filled = {
  avg_price: '109847000',
  remaining_volume: '0',
  executed_volume: '0.00509799',
  trades_count: 1,
  remaining_fee: '0',
  paid_fee: '279.99945376',
  locked: '0',
  executed_funds: '559998.90753',
} as const

/**
 * A `myOrder` payload: a limit buy of KRW-BTC that is open, or with `state` `trade` or `done` filled at once; `fields`
 * replace its own. Quantities are decimal texts, which go out as numbers, digit for digit.
 *
 * @example
 * ```ts
 * import { aMyOrder, startExchange } from 'upbit-rx/testing'
 *
 * const accounts = [{ accessKey: 'my-access-key', secretKey: 'my-secret-key' }]
 * await using exchange = await startExchange({ market: false, accounts })
 * exchange.emit(aMyOrder({ state: 'trade' }))
 * ```
 */
export function aMyOrder(fields: Partial<MyOrderFrame> = {}): MyOrderFrame {
  const { state = 'wait', timestamp = virtualStartMs } = fields
  const isFill = state === 'trade'
  return {
    type: 'myOrder',
    code: 'KRW-BTC',
    uuid: '5f0c7a1e-0000-4000-8000-000000000001',
    ask_bid: 'BID',
    order_type: 'limit',
    state,
    trade_uuid: isFill ? '5f0c7a1e-0000-4000-8000-000000000002' : null,
    price: '109847000',
    avg_price: '0',
    volume: '0.00509799',
    remaining_volume: '0.00509799',
    executed_volume: '0',
    trades_count: 0,
    reserved_fee: '279.99945376',
    remaining_fee: '279.99945376',
    paid_fee: '0',
    locked: '560278.90698376',
    executed_funds: '0',
    ...(isFill || state === 'done' ? filled : {}),
    time_in_force: null,
    trade_fee: isFill ? '279.99945376' : null,
    is_maker: isFill ? true : null,
    identifier: null,
    smp_type: null,
    prevented_volume: '0',
    prevented_locked: '0',
    trade_timestamp: isFill ? timestamp : null,
    order_timestamp: Math.floor(timestamp / 1_000) * 1_000,
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  }
}

/** A `myAsset` payload: one currency, with more digits than a JavaScript number has; `fields` replace its own. */
export function aMyAsset(fields: Partial<MyAssetFrame> = {}): MyAssetFrame {
  const { timestamp = virtualStartMs } = fields
  return {
    type: 'myAsset',
    asset_uuid: '5f0c7a1e-0000-4000-8000-000000000003',
    assets: [{ currency: 'KRW', balance: '1386929.37231066771348207123', locked: '560278.90698376' }],
    asset_timestamp: timestamp,
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  }
}

/**
 * An `announcement` payload that tells of a new one; `fields` replace its own. Its `body` goes only to those who asked
 * for it; `null` is what the exchange sends in place of a long one.
 */
export function anAnnouncement(fields: Partial<AnnouncementFrame> = {}): AnnouncementFrame {
  const { timestamp = virtualStartMs } = fields
  const listedAt = `${kstDateTime(timestamp)}+09:00`
  return {
    type: 'announcement',
    event_type: 'CREATED',
    uuid: '100000001',
    title: '서비스 점검 안내',
    category: 'maintenance',
    url: 'https://exchange.invalid/service_center/notice?id=1',
    first_listed_at: listedAt,
    listed_at: listedAt,
    body: '## 점검 안내\n\n점검 중에는 거래가 중단됩니다.',
    timestamp,
    stream_type: 'REALTIME',
    ...fields,
  }
}
