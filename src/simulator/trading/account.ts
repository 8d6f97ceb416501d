/** Accounts as a test sets them up and looks at them: keys, balances and orders, in the exchange's own fields. */

/** A line of `GET /v1/accounts`; decimal strings. */
export interface AccountBalance {
  readonly currency: string
  readonly balance: string
  readonly locked: string
  readonly avg_buy_price: string
  readonly avg_buy_price_modified: boolean
  readonly unit_currency: string
}

/** An execution of an order, as `GET /v1/order` lists it. */
export interface AccountOrderTrade {
  readonly market: string
  readonly uuid: string
  readonly price: string
  readonly volume: string
  readonly funds: string
  readonly trend: string
  readonly created_at: string
  readonly side: 'ask' | 'bid'
}

/** An order; decimal strings, and fields that do not apply are absent. */
export interface AccountOrder {
  readonly market: string
  readonly uuid: string
  readonly side: 'ask' | 'bid'
  readonly ord_type: string
  readonly state: 'wait' | 'watch' | 'done' | 'cancel'
  /** `2026-03-22T21:47:08+09:00`. */
  readonly created_at: string
  readonly price?: string
  readonly volume?: string
  readonly remaining_volume?: string
  readonly prevented_volume?: string
  readonly executed_volume: string
  /** Only in lists of orders. */
  readonly executed_funds?: string
  readonly reserved_fee: string
  readonly remaining_fee: string
  readonly paid_fee: string
  readonly locked: string
  readonly prevented_locked: string
  readonly trades_count: number
  readonly time_in_force?: string
  readonly identifier?: string
  readonly smp_type?: string
  /** Only of one order. */
  readonly trades?: readonly AccountOrderTrade[]
}

/** What a key may do: read balances (자산조회), read orders (주문조회), place and cancel them (주문하기). */
export type AccountScope = 'balances' | 'orders' | 'trade'

/** A key of an account. */
export interface AccountKey {
  readonly accessKey: string
  readonly secretKey: string
  /** Default all. */
  readonly scopes?: readonly AccountScope[]
}

/** One account of an exchange, what Upbit calls a pocket: its own balances, orders, events and limits. */
export interface AccountOptions extends AccountKey {
  /** Default none. */
  readonly balances?: readonly AccountBalance[]
  /** Default none. */
  readonly orders?: readonly AccountOrder[]
  /** More keys of the same account. Default none. */
  readonly keys?: readonly AccountKey[]
}
