/** The options of the calls, by Upbit's own parameters. Which of them exist, `rest-client.ts` checks; what they may be, `rest-checks.ts`. */

/** Options of `getMarkets`. */
export interface MarketsOptions {
  /** `true`: each market says what the exchange warns of (`market_event`); 236 KB instead of 59. Default `false`. */
  readonly isDetails?: boolean
}

/** Options of `getOrderbooks`. */
export interface OrderbooksOptions {
  /** How many units of each book, 1 to 30. Default 30. */
  readonly count?: number
  /** Price grouping in won, for the levels that the market supports. Default 0: none. */
  readonly level?: number
}

/** Options of `getTrades`. */
export interface TradesOptions {
  /** How many, 1 to 500. Default 1, as the exchange has it. */
  readonly count?: number
  /** A `sequential_id`: only what the exchange has before it, without it. */
  readonly cursor?: string
  /** Only what was before this time of day in UTC, `HHmmss` or `HH:mm:ss`. */
  readonly to?: string
  /** Of which UTC day, 1 to 7 days ago. Default: today. */
  readonly daysAgo?: number
}

/** Options of `getCandles`. */
export interface CandlesOptions {
  /** How many, 1 to 200. Default 1, as the exchange has it. */
  readonly count?: number
  /**
   * Only candles that began before this: ms since 1970, or a text as `2026-11-23T09:00:00Z`, `…+09:00`, or without a zone,
   * which is UTC, as in `candle_date_time_utc`. Default: now.
   */
  readonly to?: number | string
  /** Days only: the currency in which `converted_trade_price` is told, `KRW`. */
  readonly convertingPriceUnit?: string
}

/** `asc`: the oldest first; `desc`: the newest first. */
export type OrderBy = 'asc' | 'desc'

/** Options of `getOpenOrders`. */
export interface OpenOrdersOptions {
  /** Of this market only, `KRW-BTC`. */
  readonly market?: string
  /** Default both: what waits in the book, and conditional orders, which the exchange leaves out unless asked for. */
  readonly states?: readonly ('wait' | 'watch')[]
  /** From 1. Default 1. */
  readonly page?: number
  /** How many a page, 1 to 100. Default 100. */
  readonly limit?: number
  /** Default `desc`. */
  readonly orderBy?: OrderBy
}

/** Options of `getClosedOrders`. */
export interface ClosedOrdersOptions {
  /** Of this market only, `KRW-BTC`. */
  readonly market?: string
  /** Default both. */
  readonly states?: readonly ('done' | 'cancel')[]
  /** Ms since 1970, or a text with a date and time. The window is at most seven days. */
  readonly startTime?: number | string
  /** As `startTime`. */
  readonly endTime?: number | string
  /** How many, 1 to 1,000. Default 100. */
  readonly limit?: number
  /** Default `desc`. */
  readonly orderBy?: OrderBy
}

/** Which orders: by the exchange's ids, or by your own. At most 100. */
export type OrderIds =
  | { readonly uuids: readonly string[]; readonly identifiers?: never }
  | { readonly identifiers: readonly string[]; readonly uuids?: never }

/** Options of `getOrdersByIds`. */
export type OrdersByIdsOptions = OrderIds & {
  /** Of this market only, `KRW-BTC`. */
  readonly market?: string
  /** Default `desc`. */
  readonly orderBy?: OrderBy
}

/** Which order: by the exchange's id, or by your own. */
export type OrderId =
  | { readonly uuid: string; readonly identifier?: never }
  | { readonly identifier: string; readonly uuid?: never }
