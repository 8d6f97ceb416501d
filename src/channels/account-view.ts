/** What is shown of an account. Types alone, so that a page may know them. */
import type { MyAssetBalance } from '../protocol/my-asset'

/** An order that is open: in the book, or waiting for its trigger. Upbit's fields; quantities are exact text. */
export interface OpenOrder {
  readonly uuid: string
  /** `KRW-BTC`. */
  readonly code: string
  readonly ask_bid: 'ASK' | 'BID' | (string & {})
  readonly order_type: 'limit' | 'price' | 'market' | 'best' | (string & {})
  /** `watch`: a conditional order that waits for its trigger. */
  readonly state: 'wait' | 'watch'
  /** `null`: of a market sale, or only fills were heard of so far, which have prices of their own. */
  readonly price: string | null
  /** `null`: an amount is bought. */
  readonly volume: string | null
  readonly remaining_volume: string | null
  readonly executed_volume: string
  /** Exact as far as 20 digits after the point. `null`: not told by REST. */
  readonly avg_price: string | null
  /** `null`: not told by REST, as are those below. */
  readonly executed_funds: string | null
  readonly trades_count: number | null
  readonly reserved_fee: string | null
  readonly remaining_fee: string | null
  readonly paid_fee: string | null
  readonly locked: string | null
  readonly time_in_force: string | null
  readonly identifier: string | null
  readonly smp_type: string | null
  readonly prevented_volume: string | null
  readonly prevented_locked: string | null
  /** When it was made, ms, in whole seconds. */
  readonly order_timestamp: number
}

/** What is held of one currency. Quantities are exact text. */
export interface Balance extends MyAssetBalance {
  /** Average price at which it was bought, as REST told it last: no frame has it. `null`: not told yet. */
  readonly avg_buy_price: string | null
  /** Whether that price was changed by hand. */
  readonly avg_buy_price_modified: boolean | null
  /** The currency of `avg_buy_price`. */
  readonly unit_currency: string | null
}

/** The state of an account's streams as data. */
export type PrivateStatus =
  /** There are no credentials, or nobody is subscribed. */
  | { readonly state: 'off' }
  /** There is no session, and REST has not taken its place, or does not answer either. */
  | { readonly state: 'connecting' }
  /** Open since `since` (ms) as session number `epoch`. */
  | { readonly state: 'live'; readonly epoch: number; readonly since: number }
  /** Events come by REST since `since` (ms): the line is `down`, or the exchange has `refused` it. */
  | { readonly state: 'polling'; readonly reason: 'down' | 'refused'; readonly since: number }
  /** The exchange refuses the credentials, by its name for that. */
  | { readonly state: 'refused'; readonly reason: string }
