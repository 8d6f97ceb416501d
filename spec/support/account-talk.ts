/** A client of an account that talks as much as it can: subscribed to everything each way, asked for all that it shows. */
import type { Observable } from 'rxjs'
import { take } from 'rxjs'
import type { Upbit } from '../../src/index'
import { WebSocketClientProxy } from '../../src/index'

type Hear = (...values: readonly unknown[]) => void

const uuid = 'd098ceaf-6811-4df8-97f2-b7e01aefc03f'
const limit = { timeoutMs: 3_000 }

/** Subscribes to all that an account has, and hears what comes; returns every object that a user holds then. */
export function listen(upbit: Upbit, hear: Hear): readonly unknown[] {
  const metrics$ = upbit.metrics$.pipe(take(2))
  const tells: readonly Observable<unknown>[] = [
    upbit.errors$,
    upbit.gaps$,
    upbit.status$,
    upbit.privateStatus$,
    metrics$,
  ]
  for (const told$ of tells) told$.subscribe(hear)
  const proxy = new WebSocketClientProxy('secrets_1', { upbit })
  const streams: readonly Observable<unknown>[] = [
    upbit.myOrder$({ gaps: true }),
    upbit.myAsset$({ gaps: true, name: 'assets' }),
    upbit.announcement$(),
    upbit.openOrders$(),
    upbit.balances$(),
    upbit.ticker$('KRW-BTC'),
    proxy.openOrders$('KRW-BTC'),
  ]
  const fails = (): never => {
    throw new Error('a bug of the handler')
  }
  return [
    upbit,
    upbit.manager,
    upbit.rest,
    upbit.limiter,
    upbit.trading,
    proxy,
    proxy.subscribeMyOrder('KRW-BTC', hear),
    upbit.subscribeMyOrder(fails),
    upbit.subscribeMyAsset(hear, { deliver: 'task' }),
    ...streams,
    ...streams.map((stream$) => stream$.subscribe({ next: hear, error: hear })),
  ]
}

/** What is shown on request. */
export function shownBy(upbit: Upbit): readonly unknown[] {
  return [
    upbit.inspect(),
    upbit.accounting(),
    upbit.consumers(),
    upbit.healthCheck(),
    upbit.getPerformanceMetrics(),
    upbit.manager.options,
    upbit.manager.status,
  ]
}

/** The promises of an account; resolves when each has ended, one way or the other. */
export async function ask(upbit: Upbit, hear: Hear): Promise<void> {
  const order = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: '1000', volume: '10' } as const
  const asked: readonly Promise<unknown>[] = [
    upbit.getOpenOrdersSnapshot(limit),
    upbit.getBalancesSnapshot(limit),
    upbit.rest.getAccounts(limit),
    upbit.rest.getOrder({ uuid, ...limit }),
    upbit.trading.getOrderChance('KRW-BTC', limit),
    upbit.trading.placeOrder(order, limit),
    upbit.trading.cancelOrders({ uuids: [uuid], ...limit }),
  ]
  await Promise.all(asked.map((promise) => promise.then(hear, hear)))
}
