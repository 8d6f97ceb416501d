/** Whether a consumer of orders has had all that happened, with the figures that it happened with. */
import type { AccountOrder } from '../../../src/testing'
import type { AccountBook, OrderEvent } from './account-book'
import { fillKey } from './account-book'
import type { Chronicle } from './chronicle'

/** A sentence for each opening, fill and end that is missing, wrong, or of nobody's order. */
export function missingOf(
  book: AccountBook,
  orders: readonly AccountOrder[],
  chronicle: Chronicle,
): readonly string[] {
  const own = new Set<string>()
  const found: string[] = []
  let fills = 0
  for (const order of orders) {
    own.add(order.uuid)
    if (book.codes?.includes(order.market) === false) continue
    if (chronicle.order(order.uuid) !== undefined && isOpeningOwed(book, order.uuid, chronicle))
      found.push(`has not had the opening of ${order.uuid}`)
    for (const trade of order.trades ?? []) {
      const event = book.fills.get(fillKey(order.uuid, trade.uuid))
      fills++
      if (event === undefined) found.push(`has not had the fill ${trade.uuid} of ${order.uuid}`)
      else found.push(...differences(event, trade))
    }
    const end = book.ends.get(order.uuid)
    if (order.state === 'done' || order.state === 'cancel') {
      // What self-match prevention has ended says so itself, and no `cancel` follows on the socket.
      const isPrevented = (order.prevented_volume ?? '0') !== '0'
      if (end === undefined && !isPrevented) found.push(`has not had the end of ${order.uuid}`)
      else if (end !== undefined && end.state !== order.state) {
        found.push(`had ${end.state} of ${order.uuid}, it is ${order.state}`)
      }
    } else if (end !== undefined) found.push(`had ${end.state} of ${order.uuid}, which is open`)
  }
  if (book.fills.size > fills) found.push(`had ${book.fills.size} fills of ${fills}`)
  for (const uuid of book.orders)
    if (!own.has(uuid)) found.push(`had an event of ${uuid}, which is not its order`)
  return found
}

/**
 * By its frame, or by REST. Where the frame was lost, and one of what came later was not, that one has said that it was
 * opened, and no opening follows (C12.2); nor does one for who lost that frame too, to its own full buffer.
 */
function isOpeningOwed({ openings }: AccountBook, uuid: string, { laterBySocket }: Chronicle): boolean {
  return !openings.has(uuid) && !laterBySocket.has(uuid)
}

function differences(
  { uuid, price, volume }: OrderEvent,
  trade: { readonly price: string; readonly volume: string },
): readonly string[] {
  if (price === trade.price && volume === trade.volume) return []
  return [`had a fill of ${uuid} of ${volume} at ${price}, it was ${trade.volume} at ${trade.price}`]
}
