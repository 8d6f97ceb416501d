/** The test kit over the REST side of an exchange. */
import { invalidOption } from '../../base/invalid-option'
import type { TradeFrame } from '../../protocol/trade'
import type { BusiestWindows } from '../busiest'
import { EndpointKit } from '../endpoint-kit'
import { checkCodes, checkGivenDuration, checkTrades } from '../control-checks'
import { checkRefuseRest } from '../control-options'
import { list } from '../list'
import type { AccountBalance, AccountOrder } from '../trading/account'
import { checkBalances, checkOrders } from '../trading/account-checks'
import type { AccountControls } from '../trading/account-controls'
import { AccountKit } from '../trading/account-kit'
import type { Pocket } from '../trading/pocket'
import type { RestCall } from './rest-call'
import type { RestControls } from './rest-controls'
import type { RefuseRestOptions, RestFault } from './rest-refusal'
import { RestRefusal } from './rest-refusal'

export abstract class RestKit extends EndpointKit implements RestControls {
  get restCalls(): readonly RestCall[] {
    return this.exchange.rest.service.calls
  }

  get busiest(): BusiestWindows {
    return this.exchange.busiest.windows
  }

  execute(trades: TradeFrame | readonly TradeFrame[]): void {
    checkTrades(trades)
    for (const trade of list(trades)) this.exchange.history.execute(trade)
  }

  delist(codes: string | readonly string[]): () => void {
    checkCodes(codes)
    const { audience, rest } = this.exchange
    for (const code of list(codes)) {
      audience.silent.add(code)
      rest.markets.delisted.add(code)
    }
    return () => {
      for (const code of list(codes)) {
        audience.silent.delete(code)
        rest.markets.delisted.delete(code)
      }
    }
  }

  refuseRest(fault: RestFault, options: RefuseRestOptions = {}): void {
    checkRefuseRest(fault, options)
    this.exchange.rest.service.refusal = new RestRefusal(fault, options)
  }

  acceptRest(): void {
    this.exchange.rest.service.refusal = undefined
  }

  delayRest(delayMs: number): void {
    checkGivenDuration('delayMs', delayMs)
    this.exchange.rest.service.delayMs = delayMs
  }

  account(accessKey?: string): AccountControls {
    return new AccountKit(this.exchange.trading, this.pocket(accessKey))
  }

  setBalances(accessKey: string, balances: readonly AccountBalance[]): void {
    checkBalances(balances)
    this.pocket(accessKey).holdings.set(balances)
  }

  setOrders(accessKey: string, orders: readonly AccountOrder[]): void {
    checkOrders(orders)
    this.exchange.trading.setOrders(this.pocket(accessKey), orders)
  }

  private pocket(accessKey?: string): Pocket {
    const { keys } = this.exchange.trading
    const [first] = keys.values()
    const found = accessKey === undefined ? first : keys.get(accessKey)
    // A key is not shown, not even one of a test.
    if (found === undefined) throw invalidOption('accessKey', '…', 'the key of one of `accounts`')
    return found.pocket
  }
}
