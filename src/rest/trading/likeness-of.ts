/**
 * Whether an order that was found by its identifier is the one that was sent: the identifier may have been that of an
 * older order, of which the exchange tells then. What either side does not say is no difference.
 */
import { canonicalDecimal } from '../../protocol/decimal'
import type { RestOrder } from '../rows/order-row'
import type { Body } from './order-checks'

/** `other` is surely another one; of `doubtful` an amount differs, which the exchange may have rounded. */
export type Likeness = 'as sent' | 'doubtful' | 'other'

export function likenessOf(order: RestOrder, body: Body): Likeness {
  const sent = (name: string): unknown => body[name] ?? body[`new_${name}`]
  const isOther = (['market', 'side', 'ord_type'] as const).some(
    (name) => sent(name) !== undefined && sent(name) !== order[name],
  )
  if (isOther) return 'other'
  // Which amount of another kind stays in it is not documented.
  if (order.ord_type !== 'limit') return 'as sent'
  const differs = (['price', 'volume'] as const).some((name) => {
    const [asked, found] = [sent(name), order[name]]
    return (
      typeof asked === 'string' &&
      asked !== 'remain_only' &&
      found !== undefined &&
      canonicalDecimal(asked) !== found
    )
  })
  return differs ? 'doubtful' : 'as sent'
}
