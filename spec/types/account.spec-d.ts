/** What the compiler knows of an account's streams, handlers, views and status. */
import { expectTypeOf } from 'expect-type'
import type { Observable } from 'rxjs'
import { firstValueFrom } from 'rxjs'
import type {
  AnnouncementEvent,
  Balance,
  GapEvent,
  MyAssetEvent,
  MyOrderChannel,
  MyOrderEvent,
  MyOrderHandlerChannel,
  OpenOrder,
  PrivateStatus,
  RestMyAssetEvent,
  RestMyOrderEvent,
  UpbitCredentials,
  UpbitErrorCode,
  UpbitKeys,
  UpbitSubscription,
  UpbitTokenProvider,
} from 'upbit-rx'
import {
  announcement$,
  balances$,
  createUpbit,
  GlobalWebSocketManager,
  isOrderFilled,
  myAsset$,
  myOrder$,
  openOrders$,
  subscribeAnnouncement,
  subscribeMyAsset,
  subscribeMyOrder,
  WebSocketClientProxy,
} from 'upbit-rx'

type Order = MyOrderEvent | RestMyOrderEvent
type Asset = MyAssetEvent | RestMyAssetEvent

export async function streams(): Promise<void> {
  expectTypeOf(myOrder$).toEqualTypeOf<MyOrderChannel>()
  expectTypeOf(await firstValueFrom(myOrder$())).toEqualTypeOf<Order>()
  expectTypeOf(await firstValueFrom(myOrder$({ name: 'a' }))).toEqualTypeOf<Order>()
  expectTypeOf(await firstValueFrom(myOrder$('KRW-BTC'))).toEqualTypeOf<Order>()
  expectTypeOf(await firstValueFrom(myOrder$(['KRW-BTC'], {}))).toEqualTypeOf<Order>()
  expectTypeOf(await firstValueFrom(myOrder$(undefined, { gaps: true }))).toEqualTypeOf<Order | GapEvent>()
  expectTypeOf(await firstValueFrom(myOrder$({ gaps: true }))).toEqualTypeOf<Order | GapEvent>()
  expectTypeOf(await firstValueFrom(myAsset$())).toEqualTypeOf<Asset>()
  expectTypeOf(
    await firstValueFrom(announcement$({ categories: ['trade'] })),
  ).toEqualTypeOf<AnnouncementEvent>()
}

export function handlers(): void {
  expectTypeOf(subscribeMyOrder).toEqualTypeOf<MyOrderHandlerChannel>()
  subscribeMyOrder((order) => expectTypeOf(order).toEqualTypeOf<Order>())
  subscribeMyOrder('KRW-BTC', (order) => expectTypeOf(order).toEqualTypeOf<Order>())
  subscribeMyOrder(undefined, (order) => expectTypeOf(order).toEqualTypeOf<Order | GapEvent>(), {
    gaps: true,
  })
  subscribeMyAsset((asset) => expectTypeOf(asset).toEqualTypeOf<Asset>(), { buffer: { capacity: 5 } })
  const handle = subscribeAnnouncement(async ({ title }) => {
    await Promise.resolve(expectTypeOf(title).toEqualTypeOf<string>())
  })
  expectTypeOf(handle).toEqualTypeOf<UpbitSubscription>()
  // @ts-expect-error orders are never coalesced
  void myOrder$({ buffer: { overflow: 'coalesce' } })
  // @ts-expect-error nor dropped
  subscribeMyAsset(() => undefined, { buffer: { overflow: 'drop-oldest' } })
}

// Where an event is from tells which of both it is.
export function times(order: Order, asset: Asset): readonly (number | null)[] {
  if (order.source === 'rest') expectTypeOf(order).toEqualTypeOf<RestMyOrderEvent>()
  else expectTypeOf(order).toEqualTypeOf<MyOrderEvent>()
  if (asset.source === 'rest') expectTypeOf(asset).toEqualTypeOf<RestMyAssetEvent>()
  else expectTypeOf(asset).toEqualTypeOf<MyAssetEvent>()
  if (order.source !== 'rest' && asset.source !== 'rest') {
    expectTypeOf(order.timestamp + asset.timestamp).toEqualTypeOf<number>()
  }
  return [order.timestamp, asset.timestamp]
}
expectTypeOf<AnnouncementEvent['source']>().toEqualTypeOf<'socket' | 'memory'>()

// What REST does not tell is `null`, and the compiler makes a reader ask.
expectTypeOf<RestMyOrderEvent['trade_fee']>().toEqualTypeOf<null>()
expectTypeOf<RestMyOrderEvent['timestamp']>().toEqualTypeOf<null>()
expectTypeOf<RestMyAssetEvent['asset_uuid']>().toEqualTypeOf<null>()
expectTypeOf<RestMyOrderEvent['source']>().toEqualTypeOf<'rest'>()
expectTypeOf<Order['executed_volume']>().toEqualTypeOf<string>()
export const filled = (of: Order | OpenOrder): boolean => isOrderFilled(of)

export async function views(): Promise<void> {
  expectTypeOf(openOrders$('KRW-BTC')).toEqualTypeOf<Observable<readonly OpenOrder[]>>()
  expectTypeOf(balances$()).toEqualTypeOf<Observable<readonly Balance[]>>()
  expectTypeOf<Balance['avg_buy_price']>().toEqualTypeOf<string | null>()
  expectTypeOf<OpenOrder['remaining_volume']>().toEqualTypeOf<string | null>()
  const upbit = createUpbit()
  const proxy = new WebSocketClientProxy('desk_1', { upbit })
  for (const each of [upbit, proxy]) {
    expectTypeOf(each.myOrder$).toEqualTypeOf<MyOrderChannel>()
    expectTypeOf(each.subscribeMyOrder).toEqualTypeOf<MyOrderHandlerChannel>()
    expectTypeOf(await each.getOpenOrdersSnapshot()).toEqualTypeOf<readonly OpenOrder[]>()
    expectTypeOf(await each.getOpenOrdersSnapshot('KRW-BTC', { timeoutMs: 1 })).toEqualTypeOf<
      readonly OpenOrder[]
    >()
    expectTypeOf(await each.getBalancesSnapshot({ timeoutMs: 1 })).toEqualTypeOf<readonly Balance[]>()
  }
  expectTypeOf(upbit.privateStatus$).toEqualTypeOf<Observable<PrivateStatus>>()
  expectTypeOf(upbit.isPrivateAvailable()).toEqualTypeOf<boolean>()
  expectTypeOf(GlobalWebSocketManager.shared().privateStatus$).toEqualTypeOf<Observable<PrivateStatus>>()
}

export function told(status: PrivateStatus): string {
  switch (status.state) {
    case 'off':
    case 'connecting':
      return status.state
    case 'live':
      return `${status.epoch} since ${status.since}`
    case 'polling':
      expectTypeOf(status.reason).toEqualTypeOf<'down' | 'refused'>()
      return status.reason
    case 'refused':
      return status.reason
  }
}

expectTypeOf<'PRIVATE_UNAVAILABLE'>().toExtend<UpbitErrorCode>()

// Whose account it is: two keys, or what gives tokens.
createUpbit({ credentials: { accessKey: 'a', secretKey: 's', tokenLifetimeMs: 60_000 } })
createUpbit({ credentials: { tokenProvider: () => ({ token: 't' }) } })
// @ts-expect-error one of them, and not both
createUpbit({ credentials: { accessKey: 'a', secretKey: 's', tokenProvider: () => ({ token: 't' }) } })
// @ts-expect-error nor a part of the other
createUpbit({ credentials: { tokenProvider: () => ({ token: 't' }), tokenLifetimeMs: 60_000 } })
// @ts-expect-error nor half of the keys
createUpbit({ credentials: { accessKey: 'a' } })
expectTypeOf<UpbitKeys>().toExtend<UpbitCredentials>()
expectTypeOf<UpbitTokenProvider>().toExtend<UpbitCredentials>()
expectTypeOf<UpbitKeys & UpbitTokenProvider>().toBeNever()
