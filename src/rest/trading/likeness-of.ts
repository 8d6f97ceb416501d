/**
 * Whether an order that was found by its identifier is the one that was sent: the identifier may have been that of an
 * older order, of which the exchange tells then. What either side does not say is no difference.
 */
import { canonicalDecimal } from '../../protocol/decimal'
import type { RestOrder } from '../rows/order-row'
import type { MadeBefore } from './made-before'
import type { Body } from './order-checks'

/** `other` is surely another one; of `doubtful` an amount differs, which the exchange may have rounded, or the time. */
export type Likeness = 'as sent' | 'doubtful' | 'other'

/** `madeBefore`: the order, before the request went out. */
export function likenessOf(order: RestOrder, body: Body, madeBefore: MadeBefore): Likeness {
  const sent = (name: string): unknown => body[name] ?? body[`new_${name}`]
  const isOther = (['market', 'side', 'ord_type'] as const).some(
    (name) => sent(name) !== undefined && sent(name) !== order[name],
  )
  if (isOther || madeBefore === 'yes') return 'other'
  // Of every kind: a market buy keeps its amount as `price` and has no volume (recorded 2026-03).
  const differs = (['price', 'volume'] as const).some((name) => {
    const [asked, found] = [sent(name), order[name]]
    return (
      typeof asked === 'string' &&
      asked !== 'remain_only' &&
      found !== undefined &&
      canonicalDecimal(asked) !== found
    )
  })
  return differs || madeBefore === 'perhaps' ? 'doubtful' : 'as sent'
}
