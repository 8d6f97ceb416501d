/**
 * What can be ordered, in Upbit's own words: one type for each kind of order, so that what a kind does not have is refused
 * by the compiler, and at run time by `trading/order-checks.ts`. Sources: docs.upbit.com `new-order`,
 * `cancel-and-new-order`, `batch-cancel-orders`, `add-smp-type-default`, read 2026-11.
 */
import type { OrderBy } from './rest-options'

/**
 * What becomes of an order that would meet one of the same account: the older one is cancelled (the exchange's default),
 * the newer one, both are reduced, or they meet.
 */
export type SmpType = 'cancel_maker' | 'cancel_taker' | 'reduce' | 'none'

/** What every order says. */
interface OrderCommon {
  /** `KRW-BTC`. */
  readonly market: string
  /** Your own id of it, 1 to 64 characters, never used before, not even for an order that was refused. Default: a new one. */
  readonly identifier?: string
}

/** Buys or sells a volume at a price or a better one. Amounts are decimal text, `'0.0005'`. */
export interface LimitOrder extends OrderCommon {
  readonly side: 'bid' | 'ask'
  readonly ord_type: 'limit'
  /** Of one unit, in the quote currency. */
  readonly price: string
  readonly volume: string
  /** `ioc`: what does not trade at once is cancelled; `fok`: all at once or nothing. */
  readonly time_in_force?: 'ioc' | 'fok'
  readonly smp_type?: SmpType
}

/** A limit order that is cancelled instead of trading at once. It has no self-match prevention. */
export interface PostOnlyOrder extends Omit<LimitOrder, 'time_in_force' | 'smp_type'> {
  readonly time_in_force: 'post_only'
  readonly smp_type?: 'none'
}

/** Buys at the market for an amount. It ends in state `cancel` when a rest of the amount is too small for a trade. */
export interface MarketBuyOrder extends OrderCommon {
  readonly side: 'bid'
  readonly ord_type: 'price'
  /** How much to spend, in the quote currency. */
  readonly price: string
  readonly volume?: never
  readonly time_in_force?: never
  readonly smp_type?: SmpType
}

/** Sells a volume at the market. */
export interface MarketSellOrder extends OrderCommon {
  readonly side: 'ask'
  readonly ord_type: 'market'
  readonly price?: never
  readonly volume: string
  readonly time_in_force?: never
  readonly smp_type?: SmpType
}

/** Buys for an amount at the best price of the moment. */
export interface BestBuyOrder extends OrderCommon {
  readonly side: 'bid'
  readonly ord_type: 'best'
  /** How much to spend, in the quote currency. */
  readonly price: string
  readonly volume?: never
  readonly time_in_force: 'ioc' | 'fok'
  readonly smp_type?: SmpType
}

/** Sells a volume at the best price of the moment. */
export interface BestSellOrder extends OrderCommon {
  readonly side: 'ask'
  readonly ord_type: 'best'
  readonly price?: never
  readonly volume: string
  readonly time_in_force: 'ioc' | 'fok'
  readonly smp_type?: SmpType
}

/** Any order that can be placed, told apart by `ord_type`, `side` and `time_in_force`. */
export type OrderRequest =
  LimitOrder | PostOnlyOrder | MarketBuyOrder | MarketSellOrder | BestBuyOrder | BestSellOrder

/** Which order is replaced. */
type Replaced =
  | { readonly prev_order_uuid: string; readonly prev_order_identifier?: never }
  | { readonly prev_order_identifier: string; readonly prev_order_uuid?: never }

/** What an order is replaced with; market and side stay. `'remain_only'`: the volume that the old one has left. */
type Replacement =
  | {
      readonly new_ord_type: 'limit'
      readonly new_price: string
      readonly new_volume: string
      readonly new_time_in_force?: 'ioc' | 'fok'
      readonly new_smp_type?: SmpType
    }
  | {
      readonly new_ord_type: 'limit'
      readonly new_price: string
      readonly new_volume: string
      readonly new_time_in_force: 'post_only'
      readonly new_smp_type?: 'none'
    }
  | {
      readonly new_ord_type: 'price'
      readonly new_price: string
      readonly new_volume?: never
      readonly new_time_in_force?: never
      readonly new_smp_type?: SmpType
    }
  | {
      readonly new_ord_type: 'market'
      readonly new_price?: never
      readonly new_volume: string
      readonly new_time_in_force?: never
      readonly new_smp_type?: SmpType
    }
  | {
      /** With a price where the old order buys, with a volume where it sells. */
      readonly new_ord_type: 'best'
      readonly new_price: string
      readonly new_volume?: never
      readonly new_time_in_force: 'ioc' | 'fok'
      readonly new_smp_type?: SmpType
    }
  | {
      readonly new_ord_type: 'best'
      readonly new_price?: never
      readonly new_volume: string
      readonly new_time_in_force: 'ioc' | 'fok'
      readonly new_smp_type?: SmpType
    }

/** An order to cancel, and the one to place when that is done. */
export type ReplaceRequest = Replaced &
  Replacement & {
    /** As `identifier` of an order; another one than that of the old order. Default: a new one. */
    readonly new_identifier?: string
  }

/** Which open orders are cancelled; conditional ones (`watch`) never are. */
export interface CancelOpenOptions {
  /** Default `all`. */
  readonly cancelSide?: 'all' | 'bid' | 'ask'
  /** Of these markets only, at most 20. Not together with `quoteCurrencies`. */
  readonly pairs?: readonly string[]
  /** Of the markets of these currencies only, `['KRW']`. */
  readonly quoteCurrencies?: readonly string[]
  /** Not of these markets, at most 20. */
  readonly excludedPairs?: readonly string[]
  /** How many at most, 1 to 300. Default 20, as the exchange has it. */
  readonly count?: number
  /** Which go first where there are more: default `desc`, the newest. */
  readonly orderBy?: OrderBy
}
