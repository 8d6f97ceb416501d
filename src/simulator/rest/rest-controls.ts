/** The test kit's side of REST: what has happened, what calls get, and what they were. */
import type { TradeFrame } from '../../protocol/trade'
import type { BusiestWindows } from '../busiest'
import type { AccountBalance, AccountOrder } from '../trading/account'
import type { AccountControls } from '../trading/account-controls'
import type { RestCall } from './rest-call'
import type { RefuseRestOptions, RestFault } from './rest-refusal'

/** What a test can do to the REST side of an exchange and ask of it. */
export interface RestControls {
  /**
   * Executes trades without publishing them: REST and the candles know them, no connection hears of them. `emit` of the
   * same trade publishes it, as late and as often as it is called; what is emitted alone is executed as well.
   *
   * @example
   * ```ts
   * import { aTrade, startExchange } from 'upbit-rx/testing'
   *
   * await using exchange = await startExchange({ market: false })
   * exchange.execute(aTrade({ trade_timestamp: Date.now() }))
   * ```
   */
  execute(trades: TradeFrame | readonly TradeFrame[]): void
  /** Takes markets off the list: REST knows them no more and no frame of theirs comes; returns what ends that. */
  delist(codes: string | readonly string[]): () => void
  /**
   * Refuses REST calls: with a status, by ending the connection, by never answering, or by a body that is no JSON or ends
   * early. A refusal replaces the one before.
   */
  refuseRest(fault: RestFault, options?: RefuseRestOptions): void
  /** Ends `refuseRest`. */
  acceptRest(): void
  /** How long answers of REST calls take from now on, ms beyond the way. */
  delayRest(delayMs: number): void
  /** One account of the option `accounts`, by any of its keys; without a key the first. */
  account(accessKey?: string): AccountControls
  /** Replaces what an account has. No event tells of it: `deposit` of `account` is told. */
  setBalances(accessKey: string, balances: readonly AccountBalance[]): void
  /** Replaces the orders of an account, open and closed. No event tells of it. */
  setOrders(accessKey: string, orders: readonly AccountOrder[]): void
  /** Every REST call, with its time, group and status; the oldest beyond ten thousand are forgotten. */
  readonly restCalls: readonly RestCall[]
  /** The most that has come in any window of a limit's length: limits as the server counts them. Never forgotten. */
  readonly busiest: BusiestWindows
}
