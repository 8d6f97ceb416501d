/** What REST says of an order and nobody told: as events, noted as told with the same stroke, so that none comes twice. */
import { compareDecimals } from '../../protocol/decimal-math'
import type { RestOrder } from '../../rest/rows/order-row'
import type { RestMyOrderEvent } from '../../protocol/missed-event'
import { standingEvent, fillEvent, fillsInOrder, openingEvent } from './order-events'
import type { OrderRecord } from './order-record'
import { isEnd } from './order-record'

/**
 * The events that are missing, in the order in which they happened: that it was opened, its fills where the row has them,
 * that it ended. An end waits for its fills: while some are missing and the row does not list them, it is not told.
 */
export function missedOfOrder(
  record: OrderRecord,
  row: RestOrder,
  receivedAt: number,
): readonly RestMyOrderEvent[] {
  const missed: RestMyOrderEvent[] = []
  const opening = missedOpening(record, row)
  if (opening !== undefined) {
    record.tellOpening(opening)
    missed.push(openingEvent(row, opening, receivedAt))
  }
  for (const fill of fillsInOrder(row)) {
    const { uuid, volume } = fill.trade
    if (record.isNewsOfFill(uuid, volume, fill.executed_volume)) missed.push(fillEvent(row, fill, receivedAt))
  }
  if (row.trades !== undefined && record.isIncomplete) record.searchedAt = row.executed_volume
  if (isEnd(row.state) && !record.isEndTold && !record.isIncomplete) {
    record.tellEnd()
    missed.push(standingEvent(row, receivedAt))
  }
  return missed
}

function missedOpening(record: OrderRecord, row: RestOrder): 'wait' | 'watch' | undefined {
  if (record.opened === 'wait') return undefined
  if (record.opened === undefined) return row.state === 'watch' ? 'watch' : 'wait'
  // Its trigger came: it is in the book, or something of it was executed. One cancelled while it waited had none.
  const wasTriggered =
    row.state === 'wait' || row.state === 'done' || compareDecimals(row.executed_volume, '0') > 0
  return wasTriggered ? 'wait' : undefined
}
