export interface PrivateStamp {
  readonly epoch: number
  readonly received_at: number
  readonly source: 'socket' | 'memory' | 'rest'
}
export interface MyOrderFrame {
  readonly type: 'myOrder'
  readonly code: string
  readonly uuid: string
  readonly ask_bid: string
  readonly order_type: string
  readonly state: string
  readonly trade_uuid: string | null
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
  readonly time_in_force: string | null
  readonly trade_fee: string | null
  readonly is_maker: boolean | null
  readonly identifier: string | null
  readonly smp_type: string | null
  readonly prevented_volume?: string
  readonly prevented_locked?: string
  readonly trade_timestamp: number | null
  readonly order_timestamp: number
  readonly timestamp: number
  readonly stream_type: string
}
export interface MyAssetBalance {
  readonly currency: string
  readonly balance: string
  readonly locked: string
}
export interface MyAssetFrame {
  readonly type: 'myAsset'
  readonly asset_uuid: string
  readonly assets: readonly MyAssetBalance[]
  readonly asset_timestamp: number
  readonly timestamp: number
  readonly stream_type: string
}
export interface MyOrderEvent extends MyOrderFrame, PrivateStamp {}
export interface MyAssetEvent extends MyAssetFrame, PrivateStamp {}
