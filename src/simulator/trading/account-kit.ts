/** The test kit over one account. */
import { invalidOption } from '../../base/invalid-option'
import { checkNames } from '../../base/check-names'
import { bag, checkBoolean, checkGiven, isText } from '../control-checks'
import type { AccountBalance, AccountOrder } from './account'
import type { AccountControls, PlaceOptions } from './account-controls'
import type { Placed } from './clearing'
import type { Exact } from './exact'
import { least, parseExact } from './exact'
import { isWholeVolume } from './order'
import { OrderRefusal } from './order-refusal'
import type { NewOrder } from './new-order'
import { orderRow } from './order-rows'
import type { Pocket } from './pocket'
import type { PocketEvents } from './pocket-events'
import type { Trading } from './trading'

const requestNames: readonly (keyof NewOrder)[] = [
  'market',
  'side',
  'ord_type',
  'volume',
  'price',
  'time_in_force',
  'identifier',
  'smp_type',
]

export class AccountKit implements AccountControls {
  constructor(
    private readonly trading: Trading,
    private readonly pocket: Pocket,
  ) {}

  get orders(): readonly AccountOrder[] {
    this.trading.catchUp()
    return this.pocket.rows
  }

  get balances(): readonly AccountBalance[] {
    this.trading.catchUp()
    return this.pocket.holdings.rows()
  }

  listen(listener: Parameters<PocketEvents['listen']>[0]): () => void {
    return this.pocket.listen(listener)
  }

  deposit(currency: string, amount: string): void {
    checkGiven(isText(currency), 'currency', currency, "a currency, such as 'KRW'")
    const value = parsed('amount', amount)
    const left = this.pocket.holdings.available(currency) + value
    checkGiven(left >= 0n, 'amount', amount, 'at most what the account can use')
    this.pocket.holdings.receive(currency, value)
    this.trading.clearing.tellAssets(this.pocket)
  }

  place(request: NewOrder, options: PlaceOptions = {}): AccountOrder {
    checkNames(request, requestNames, 'order')
    checkNames(options, ['watch'])
    checkBoolean('watch', options.watch)
    try {
      const member = (name: string): string | undefined => {
        const value = bag(request)[name]
        return isText(value) ? value : undefined
      }
      const placed = this.trading.place(this.pocket, member, options)
      this.trading.announce(placed)
      return orderRow(placed.order)
    } catch (error) {
      if (!(error instanceof OrderRefusal)) throw error
      throw invalidOption('order', error.refusalName, `what the exchange takes (${error.message})`)
    }
  }

  cancel(uuid: string): void {
    this.trading.cancel(this.open(uuid))
  }

  fill(uuid: string, volume?: string, price?: string): void {
    const placed = this.open(uuid)
    const { order } = placed
    checkGiven(order.state !== 'watch', 'uuid', uuid, 'that of an order that waits in the market')
    this.trading.announce(placed)
    if (!order.isOpen) return
    const ownPrice = order.terms.type === 'limit' ? order.terms.price : undefined
    const at =
      price === undefined ? (ownPrice ?? this.trading.host.look(order.terms.market)) : parsed('price', price)
    if (at === undefined) throw invalidOption('price', price, 'a price, since the market has none yet')
    checkGiven(at > 0n && order.accepts(at), 'price', price, 'a price that the order takes')
    const most = order.wants(at)
    const asked = volume === undefined ? most : parsed('volume', volume)
    const fits = asked > 0n && isWholeVolume(asked) && least(asked, most) === asked
    checkGiven(fits, 'volume', volume, 'a volume of at most what is left')
    this.trading.fill(placed, at, asked)
  }

  trigger(uuid: string): void {
    const placed = this.open(uuid)
    checkGiven(placed.order.state === 'watch', 'uuid', uuid, 'that of an order in the state `watch`')
    this.trading.trigger(placed)
  }

  private open(uuid: string): Placed {
    const order = this.pocket.find(uuid, undefined)
    if (order?.isOpen !== true) throw invalidOption('uuid', uuid, 'that of an open order of the account')
    return { order, pocket: this.pocket }
  }
}

function parsed(option: string, text: unknown): Exact {
  const value = typeof text === 'string' ? parseExact(text) : undefined
  if (value === undefined) throw invalidOption(option, text, 'a decimal text of at most 24 decimals')
  return value
}
