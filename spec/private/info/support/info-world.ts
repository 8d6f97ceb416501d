/** A client with keys on an exchange that serves indicators, in virtual time. */
import type { UpbitOptions } from '../../../../src/index'
import { unitMs } from '../../../../src/simulator/candle-period'
import { aCandle, virtualStartMs } from '../../../../src/testing'
import type { World } from '../../../support/world'
import { world } from '../../../support/world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }

export const closeMs = unitMs('5m')
export const rsi = { type: 'rsi', params: { period: 14 } } as const
export const average = { type: 'moving_average', params: { type: 'SMA', period: 3 } } as const
export const bands = { type: 'bollinger_bands', params: { period: 20, multiplier: 2 } } as const
export const crossing = {
  type: 'moving_average',
  params: { type: 'SMA', period: 5 },
  trigger: 'price_cross_above',
} as const

export interface InfoWorld extends World {
  /** What the info endpoint was asked for, message by message: `indicator 5m KRW-BTC rsi,macd`. */
  readonly subscribed: () => readonly (readonly string[])[]
}

/** No keys: `credentials: undefined`. */
export function infoWorld(client: UpbitOptions = { credentials: keys }): InfoWorld {
  const made = world({ exchange: { accounts: [keys] }, client })
  return {
    ...made,
    subscribed: () =>
      made.exchange.info.received
        .filter(({ kind }) => kind === 'subscribe')
        .map(({ items }) =>
          items.map(
            ({ type, timeframe, codes, indicators = [] }) =>
              `${type} ${timeframe} ${codes.join(',')} ${indicators.map(({ indicator }) => indicator).join(',')}`,
          ),
        ),
  }
}

/** Candles of KRW-BTC before and after the start, one close each. */
export function tellCandles({ exchange }: InfoWorld, closes: readonly number[], firstMs: number): void {
  closes.forEach((trade_price, index) => {
    exchange.emit(aCandle('5m', { timestamp: virtualStartMs + firstMs + index * closeMs, trade_price }))
  })
}
