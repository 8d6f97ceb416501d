/** The test kit over the REST side of an exchange. */
import { invalidOption } from '../../base/invalid-option'
import type { TradeFrame } from '../../protocol/trade'
import type { BusiestWindows } from '../busiest'
import { EndpointKit } from '../endpoint-kit'
import { checkCodes, checkGivenDuration, checkTrades } from '../control-checks'
import { checkRefuseRest } from '../control-options'
import { list } from '../list'
import type { Account, AccountBalance, AccountOrder } from './account'
import { checkBalances, checkOrders } from './account-checks'
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

  setBalances(accessKey: string, balances: readonly AccountBalance[]): void {
    checkBalances(balances)
    this.account(accessKey).balances = balances
  }

  setOrders(accessKey: string, orders: readonly AccountOrder[]): void {
    checkOrders(orders)
    this.account(accessKey).orders = orders
  }

  private account(accessKey: string): Account {
    const { accounts } = this.exchange.rest
    const account = accounts.get(accessKey)
    // A key is not shown, not even one of a test.
    if (account === undefined) throw invalidOption('accessKey', '…', 'the key of one of `accounts`')
    return account
  }
}
