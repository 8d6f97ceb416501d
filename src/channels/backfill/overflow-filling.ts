/** What one consumer dropped, entry by entry: ids of trades and periods of candles are of one entry only. */
import type { CandleUnit } from '../../protocol/wire'
import type { DroppedEvent } from './dropped-events'
import { DroppedCandleFilling } from './dropped-candle-filling'
import type { Filling } from './filling'
import { JoinedFilling } from './joined-filling'
import type { FillPorts } from './trade-fill'
import { droppedTradeFilling } from './trade-filling'

export function overflowFilling(ports: FillPorts, dropped: readonly DroppedEvent[]): Filling {
  const entries = new Map<string, DroppedEvent[]>()
  for (const event of dropped) {
    const id = `${event.type} ${event.code}`
    const others = entries.get(id)
    if (others === undefined) entries.set(id, [event])
    else others.push(event)
  }
  const parts = [...entries.values()].map((events) => fillingOf(ports, events))
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : new JoinedFilling(parts)
}

function fillingOf(ports: FillPorts, dropped: readonly DroppedEvent[]): Filling {
  const { type = 'trade', code = '' } = dropped[0] ?? {}
  if (type === 'trade') return droppedTradeFilling(ports, code, dropped)
  const unit = type.slice('candle.'.length) as CandleUnit
  return new DroppedCandleFilling(ports, { code, unit }, dropped)
}
