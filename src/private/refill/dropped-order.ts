/** What one consumer dropped of an order, told once more by what REST says of the order. */
import type { RestMyOrderEvent } from '../../protocol/missed-event'
import type { RestOrder } from '../../rest/rows/order-row'
import { fillEvent, fillsInOrder, openingEvent, standingEvent } from '../ledger/order-events'
import { isEnd } from '../ledger/order-record'
import type { DroppedOrder } from './dropped-account'

/** Whether the row is older than what was dropped: REST and the socket are not of one moment. */
export function isBehind({ fills, isEnded, opened }: DroppedOrder, row: RestOrder): boolean {
  if (isEnded && !isEnd(row.state)) return true
  if (opened === 'wait' && row.state === 'watch') return true
  const there = new Set(row.trades?.map(({ uuid }) => uuid))
  return [...fills].some((id) => !there.has(id))
}

/**
 * That it was opened and each fill, where these were dropped, and how it stands. What REST knows and was not dropped is
 * told by frames, that have come or will: so is how it stands, where something newer of it waits (`isFollowed`).
 */
export function toldAgain(
  dropped: DroppedOrder,
  row: RestOrder,
  isFollowed: boolean,
  receivedAt: number,
): readonly RestMyOrderEvent[] {
  const told: RestMyOrderEvent[] = []
  const hasEnded = isEnd(row.state)
  const isStandTold = hasEnded ? dropped.isEnded : !isFollowed
  const isAsOpened = isStandTold && !hasEnded && row.executed_volume === '0'
  if (dropped.opened !== undefined && !isAsOpened) told.push(openingEvent(row, dropped.opened, receivedAt))
  for (const fill of fillsInOrder(row)) {
    if (dropped.fills.has(fill.trade.uuid)) told.push(fillEvent(row, fill, receivedAt))
  }
  const standing = standingEvent(row, receivedAt)
  if (isStandTold) told.push(standing)
  // By self-match prevention, of which only its own frame was dropped: that it ended a look at the account tells everybody.
  else if (hasEnded && dropped.isPrevented && !isFollowed) told.push({ ...standing, state: 'prevented' })
  return told
}
