/**
 * Orders placed and cancelled over REST. An answer says only that the call was taken: an order that was placed or cancelled
 * is still in `wait`, and the rest is told by events. Source: docs.upbit.com, read 2026-11; the answer was recorded 2026-03.
 */
import type { AccountOrder } from '../trading/account'
import { exactText } from '../trading/exact'
import type { Order } from '../trading/order'
import { orderRefusals } from '../trading/order-refusal'
import type { Member } from '../trading/new-order'
import { identifierOf, termsOf } from '../trading/new-order'
import { orderRow } from '../trading/order-rows'
import type { Pocket } from '../trading/pocket'
import type { Trading } from '../trading/trading'
import { omit } from './account-answers'

/** An account's call that has been let in. */
export interface OrderCall {
  readonly pocket: Pocket
  readonly trading: Trading
  /** Of the body. */
  readonly member: Member
}

export function placeOrder({ pocket, trading, member }: OrderCall): AccountOrder {
  const placed = trading.place(pocket, member)
  trading.soon(() => trading.announce(placed))
  return acceptedRow(placed.order)
}

/** Checked like an order, and none: its id leads nowhere, and its identifier stays free (inferred). */
export function testOrder({ pocket, trading, member }: OrderCall): AccountOrder {
  const terms = termsOf(member)
  pocket.checkUnused(terms.identifier)
  return acceptedRow(trading.rehearse(pocket, terms))
}

export function cancelOrder(call: OrderCall): AccountOrder {
  const order = openOrder(call, 'uuid', 'identifier')
  cancelSoon(call, order)
  return acceptedRow(order)
}

/** The answer is the order that is to go, and the id of the one that follows it. */
export function cancelAndNew(call: OrderCall): object {
  const { pocket, trading, member } = call
  const previous = openOrder(call, 'prev_order_uuid', 'prev_order_identifier')
  const { market, side } = previous.terms
  const sameMember = (name: string): string | undefined => {
    if (name === 'market') return market
    if (name === 'side') return side
    const value = member(`new_${name}`)
    if (name === 'volume' && value === 'remain_only') return exactText(previous.remainingVolume)
    return value
  }
  const identifier = identifierOf(sameMember)
  pocket.use(identifier)
  // Only the form of the new order is looked at before the old one is gone.
  termsOf(sameMember)
  const uuid = trading.newUuid()
  trading.soon(() => {
    // One that has ended meanwhile is followed by none.
    if (!previous.isOpen) return
    trading.cancel({ order: previous, pocket })
    trading.takeIfPossible(pocket, () => termsOf(sameMember), uuid)
  })
  return {
    ...acceptedRow(previous),
    new_order_uuid: uuid,
    ...(identifier === undefined ? {} : { new_order_identifier: identifier }),
  }
}

export function cancelSoon({ pocket, trading }: Pick<OrderCall, 'pocket' | 'trading'>, order: Order): void {
  trading.soon(() => trading.cancel({ order, pocket }))
}

/** An order as it is told of when it is placed or cancelled. */
function acceptedRow(order: Order): AccountOrder {
  return omit(omit(orderRow(order), 'trades'), 'executed_funds')
}

function openOrder({ pocket, member }: OrderCall, uuidName: string, identifierName: string): Order {
  const uuid = member(uuidName)
  const identifier = member(identifierName)
  if ((uuid ?? identifier) === undefined) throw orderRefusals.validation(uuidName)
  const order = pocket.find(uuid, identifier)
  if (order?.isOpen !== true) throw orderRefusals.notFound()
  return order
}
