/**
 * What the private streams tell of an account, in Upbit's full field names; quantities are exact, hence text. Source:
 * docs.upbit.com, `websocket-myorder`, `websocket-myasset`, read 2026-11.
 */

/** A change of an order, or an execution of it. */
export interface MyOrderFrame {
  readonly type: 'myOrder'
  readonly code: string
  readonly uuid: string
  readonly ask_bid: 'ASK' | 'BID'
  readonly order_type: 'limit' | 'price' | 'market' | 'best'
  readonly state: 'wait' | 'watch' | 'trade' | 'done' | 'cancel' | 'prevented'
  readonly trade_uuid: string | null
  /** Of the order; with `trade` of the execution, as is the volume. */
  readonly price: string | null
  readonly avg_price: string
  readonly volume: string | null
  readonly remaining_volume: string | null
  readonly executed_volume: string
  readonly trades_count: number
  readonly reserved_fee: string
  readonly remaining_fee: string
  readonly paid_fee: string
  readonly locked: string
  readonly executed_funds: string
  readonly time_in_force: 'ioc' | 'fok' | 'post_only' | null
  readonly trade_fee: string | null
  readonly is_maker: boolean | null
  readonly identifier: string | null
  readonly smp_type: 'reduce' | 'cancel_maker' | 'cancel_taker' | 'none' | null
  readonly prevented_volume: string
  readonly prevented_locked: string
  readonly trade_timestamp: number | null
  /** In whole seconds. */
  readonly order_timestamp: number
  readonly timestamp: number
  readonly stream_type: 'REALTIME'
}

/** What there is of one currency. */
export interface Asset {
  readonly currency: string
  readonly balance: string
  readonly locked: string
}

/** A change of balances: absolute values. */
export interface MyAssetFrame {
  readonly type: 'myAsset'
  readonly asset_uuid: string
  readonly assets: readonly Asset[]
  readonly asset_timestamp: number
  readonly timestamp: number
  readonly stream_type: 'REALTIME'
}

/** The events of one account, in the turn in which they happen. */
export interface PocketEvents {
  /** Calls `listener` for every later event, until what it returns is called. */
  listen(listener: (frame: MyOrderFrame | MyAssetFrame) => void): () => void
}
