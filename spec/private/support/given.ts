/** Frames and rows of one order and of balances, with what a spec wants different. */
import type { MyAssetEvent, MyOrderEvent } from '../../../src/protocol/private-events'
import type { RestAccount } from '../../../src/rest/rows/account-row'
import type { RestOrder, RestOrderTrade } from '../../../src/rest/rows/order-row'

/** 2026-11-23T09:00:00+09:00. */
export const createdMs = Date.UTC(2026, 10, 23)
const createdAt = '2026-11-23T09:00:00+09:00'

const stamp = { stream_type: 'REALTIME', epoch: 1, source: 'socket' } as const
/** A frame is so long on its way. */
const lagMs = 4

/** A buy of 10 at 100. */
export function orderFrame(given: Partial<MyOrderEvent> = {}): MyOrderEvent {
  return {
    type: 'myOrder',
    code: 'KRW-BTC',
    uuid: 'a',
    ask_bid: 'BID',
    order_type: 'limit',
    state: 'wait',
    trade_uuid: null,
    price: '100',
    avg_price: '0',
    volume: '10',
    remaining_volume: '10',
    executed_volume: '0',
    trades_count: 0,
    reserved_fee: '0.5',
    remaining_fee: '0.5',
    paid_fee: '0',
    locked: '1000.5',
    executed_funds: '0',
    time_in_force: null,
    trade_fee: null,
    is_maker: null,
    identifier: null,
    smp_type: null,
    prevented_volume: '0',
    prevented_locked: '0',
    trade_timestamp: null,
    order_timestamp: createdMs,
    timestamp: createdMs + 1,
    received_at: (given.timestamp ?? createdMs + 1) + lagMs,
    ...stamp,
    ...given,
  }
}

/** The fill after which `executed` of the 10 are executed. */
export function fillFrame(
  trade_uuid: string,
  volume: number,
  executed: number,
  given: Partial<MyOrderEvent> = {},
): MyOrderEvent {
  return orderFrame({
    state: 'trade',
    trade_uuid,
    price: '100',
    avg_price: '100',
    volume: String(volume),
    executed_volume: String(executed),
    remaining_volume: String(10 - executed),
    executed_funds: String(executed * 100),
    trade_timestamp: createdMs + executed * 1000,
    timestamp: createdMs + executed * 1000,
    ...given,
  })
}

/** The same order by REST, with `executed` of the 10. */
export function orderRow(executed = 0, given: Partial<RestOrder> = {}): RestOrder {
  return {
    uuid: 'a',
    market: 'KRW-BTC',
    side: 'bid',
    ord_type: 'limit',
    price: '100',
    state: 'wait',
    created_at: createdAt,
    volume: '10',
    remaining_volume: String(10 - executed),
    prevented_volume: '0',
    executed_volume: String(executed),
    executed_funds: String(executed * 100),
    reserved_fee: '0.5',
    remaining_fee: '0.5',
    paid_fee: '0',
    locked: '1000.5',
    prevented_locked: '0',
    trades_count: executed === 0 ? 0 : 1,
    ...given,
  }
}

export function rowFill(uuid: string, volume: number, second: number, price = 100): RestOrderTrade {
  return {
    market: 'KRW-BTC',
    uuid,
    price: String(price),
    volume: String(volume),
    funds: String(volume * price),
    trend: 'up',
    created_at: `2026-11-23T09:00:${String(second).padStart(2, '0')}+09:00`,
    side: 'bid',
  }
}

export function assetFrame(
  asset_uuid: string,
  atMs: number,
  ...assets: [string, string, string?][]
): MyAssetEvent {
  return {
    type: 'myAsset',
    asset_uuid,
    assets: assets.map(([currency, balance, locked = '0']) => ({ currency, balance, locked })),
    asset_timestamp: atMs,
    timestamp: atMs,
    received_at: atMs + lagMs,
    ...stamp,
  }
}

export function account(currency: string, balance: string, locked = '0', avg_buy_price = '0'): RestAccount {
  return { currency, balance, locked, avg_buy_price, avg_buy_price_modified: false, unit_currency: 'KRW' }
}
