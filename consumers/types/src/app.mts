/** What a program of ES modules uses, with its types written out, so that a change of one shows here. */
import type { Observable } from 'rxjs'
import { lastValueFrom, map, take, toArray } from 'rxjs'
import type {
  Balance,
  CandleEvent,
  ConnectionStatus,
  GapEvent,
  IndicatorEvent,
  IndicatorRequest,
  IndicatorSignalEvent,
  MarketCode,
  MyAssetEvent,
  MyOrderEvent,
  OpenOrder,
  OrderbookEvent,
  PrivateStatus,
  RestMyAssetEvent,
  RestMyOrderEvent,
  RestOrderbookEvent,
  RestTickerEvent,
  TickerEvent,
  TradeEvent,
  UpbitError,
  UpbitOptions,
  UpbitSubscription,
} from 'upbit-rx'
import {
  balances$,
  candle$,
  createUpbit,
  indicator$,
  indicatorSignal$,
  isMarketCode,
  isOrderFilled,
  isUpbitError,
  myAsset$,
  myOrder$,
  openOrders$,
  orderbook$,
  subscribeMyOrder,
  subscribeTrade,
  ticker$,
  toAsyncIterable,
  trade$,
  WebSocketClientProxy,
} from 'upbit-rx'

export const tickers$: Observable<TickerEvent> = ticker$('KRW-BTC')
export const trades$: Observable<TradeEvent> = trade$(['KRW-BTC', 'KRW-ETH'] as const)
export const books$: Observable<OrderbookEvent> = orderbook$('KRW-BTC', { units: 5 })
export const candles$: Observable<CandleEvent> = candle$('KRW-BTC', '1m')
export const withGaps$: Observable<TradeEvent | GapEvent> = trade$('KRW-BTC', { gaps: true })

const rsi: IndicatorRequest<'rsi'> = { type: 'rsi', params: { period: 14 } }
export const strengths$: Observable<IndicatorEvent<'rsi'>> = indicator$('KRW-BTC', '5m', rsi)
export const crosses$: Observable<IndicatorSignalEvent<'macd'> | GapEvent> = indicatorSignal$(
  ['KRW-BTC', 'KRW-ETH'],
  '60m',
  {
    type: 'macd',
    params: { fast: 12, slow: 26, signal_period: 9 },
    trigger: 'golden_cross',
  },
  { gaps: true },
)

export const options: UpbitOptions = { region: 'sg', lingerMs: 0 }

export function follow(code: string, url: string): UpbitSubscription | undefined {
  if (!isMarketCode(code)) return undefined
  const market: MarketCode = code
  return subscribeTrade(
    market,
    async ({ sequential_id }) => {
      const id: string = sequential_id
      await Promise.resolve(id + url)
    },
    { buffer: { capacity: 256, overflow: 'drop-oldest' } },
  )
}

export async function loop(): Promise<number | undefined> {
  for await (const trade of trade$('KRW-BTC').pipe(
    toAsyncIterable({ capacity: 10, overflow: 'drop-oldest' }),
  ))
    return trade.trade_volume
  return undefined
}

export async function prices(url: string): Promise<readonly number[]> {
  const upbit = createUpbit({ url })
  const states: ConnectionStatus['state'][] = []
  upbit.status$.subscribe(({ state }) => states.push(state))
  upbit.errors$.subscribe((error: UpbitError) => error.code)
  try {
    const price$ = upbit.ticker$('KRW-BTC').pipe(map(({ trade_price }) => trade_price))
    return await lastValueFrom(price$.pipe(take(3), toArray()))
  } catch (error) {
    if (isUpbitError(error) && error.code === 'REJECTED') return []
    throw error
  } finally {
    await upbit.shutdown()
  }
}

export async function glance(): Promise<readonly number[]> {
  const chart = new WebSocketClientProxy('chart_1')
  try {
    const one: TickerEvent | RestTickerEvent = await chart.getTickerSnapshot('KRW-BTC', { timeoutMs: 1_000 })
    const several: readonly (OrderbookEvent | RestOrderbookEvent)[] = await chart.getOrderbookSnapshot([
      'KRW-BTC',
      'KRW-ETH',
    ])
    return [one.trade_price, several.length]
  } finally {
    await chart.cleanup()
  }
}

export const orders$: Observable<MyOrderEvent | RestMyOrderEvent> = myOrder$(['KRW-BTC'])
export const everyOrder$: Observable<MyOrderEvent | RestMyOrderEvent | GapEvent> = myOrder$({ gaps: true })
export const assets$: Observable<MyAssetEvent | RestMyAssetEvent> = myAsset$()
export const open$: Observable<readonly OpenOrder[]> = openOrders$('KRW-BTC')
export const held$: Observable<readonly Balance[]> = balances$()

export async function account(url: string): Promise<readonly string[]> {
  const tokenProvider = async (query?: string): Promise<{ token: string; expiresAtMs: number }> =>
    Promise.resolve({ token: query ?? '', expiresAtMs: 0 })
  const upbit = createUpbit({ url, credentials: { tokenProvider } })
  const states: PrivateStatus['state'][] = []
  upbit.privateStatus$.subscribe(({ state }) => states.push(state))
  const saving: UpbitSubscription = subscribeMyOrder(async (order) => {
    const volume: string = order.executed_volume
    await Promise.resolve(isOrderFilled(order) ? volume : (order.trade_fee ?? 'not told'))
  })
  try {
    const orders: readonly OpenOrder[] = await upbit.getOpenOrdersSnapshot('KRW-BTC', { timeoutMs: 1_000 })
    const held: readonly Balance[] = await upbit.getBalancesSnapshot()
    return upbit.isPrivateAvailable()
      ? [...orders.map(({ uuid }) => uuid), ...held.map((of) => of.balance)]
      : states
  } catch (error) {
    if (isUpbitError(error) && error.code === 'PRIVATE_UNAVAILABLE') return []
    throw error
  } finally {
    saving.unsubscribe()
    await upbit.shutdown()
  }
}
