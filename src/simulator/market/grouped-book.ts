/**
 * A book grouped by a price step, as `level` asks for it: asks rounded up, bids rounded down. The model's window is
 * too narrow to fill thirty groups, so what lies beyond it gets a size that depends on its price alone and therefore
 * does not flicker.
 */
import { hashText } from '../../base/seeded-random'
import type { OrderbookUnit } from '../../protocol/orderbook'
import { fullDepth } from '../broadcast'
import type { Book, Level } from './book'
import { toUnits } from './book'

export function groupedUnits(book: Book, level: number, code: string): readonly OrderbookUnit[] {
  const asks = groups(book.asks, level, code, 1)
  const bids = groups(book.bids, level, code, -1)
  return Array.from({ length: fullDepth }, (_, i) => ({
    ask_price: asks[i]?.price ?? 0,
    bid_price: bids[i]?.price ?? 0,
    ask_size: asks[i]?.size ?? 0,
    bid_size: bids[i]?.size ?? 0,
  }))
}

function groups(levels: readonly Level[], level: number, code: string, direction: 1 | -1): readonly Level[] {
  const groupOf = (price: number): number =>
    direction === 1 ? Math.ceil(price / level) : Math.floor(price / level)
  const best = levels[0] as Level
  const last = levels[levels.length - 1] as Level
  const sizes = new Map<number, number>()
  for (const { price, size } of levels) sizes.set(groupOf(price), (sizes.get(groupOf(price)) ?? 0) + size)

  const grouped: Level[] = []
  for (let i = 0; i < fullDepth; i++) {
    const group = groupOf(best.price) + i * direction
    if (group <= 0) break
    const beyond = direction === 1 ? group >= groupOf(last.price) : group <= groupOf(last.price)
    const deep = beyond ? deepSize(best.size, `${code}/${direction}/${level}/${group}`) : 0
    const size = (sizes.get(group) ?? 0) + deep
    // Groups between two levels that are far apart hold no order and are no level.
    if (size > 0) grouped.push({ price: Number((group * level).toPrecision(12)), size: toUnits(size) })
  }
  return grouped
}

function deepSize(bestSize: number, place: string): number {
  const magnitude = 10 ** Math.ceil(Math.log10(bestSize))
  return magnitude * (1 + (hashText(place) % 900) / 100)
}
