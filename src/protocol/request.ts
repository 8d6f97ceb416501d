/**
 * What goes to the exchange: one JSON array of a ticket, the items and the format, in the documented order.
 * `is_only_snapshot` and `is_only_realtime` never go on the wire (C9.2): a snapshot-only item on a shared request is
 * served again at each resend and would replace the running set.
 */
import type { PublicType, WireFormat } from './wire'

export interface RequestItem {
  readonly type: PublicType
  readonly codes: readonly string[]
  /** Order books only: price grouping; 0, the default, is left out on the wire. */
  readonly level?: number
}

/** The whole set that a connection wants. Of an item only these fields are written, whatever else it carries. */
export function encodeSubscribe(ticket: string, items: readonly RequestItem[], format: WireFormat): string {
  return subscribeText(items, format)(ticket)
}

/** The same for any ticket: of a set that is sent again only the ticket is written anew. */
export function subscribeText(items: readonly RequestItem[], format: WireFormat): (ticket: string) => string {
  const wireItems = items.map(({ type, codes, level = 0 }) => ({
    type,
    codes,
    ...(level === 0 ? {} : { level }),
  }))
  return messageText(wireItems, format)
}

/** The message of items that are as the wire has them, for any ticket. */
export function messageText(wireItems: readonly object[], format: WireFormat): (ticket: string) => string {
  const afterTicket = JSON.stringify([...wireItems, { format }]).slice(1)
  return (ticket) => `[${JSON.stringify({ ticket })},${afterTicket}`
}

/** Asked in the connection's own format: another one would change the format of every stream. */
export function encodeListSubscriptions(ticket: string, format: WireFormat): string {
  return JSON.stringify([{ ticket }, { method: 'LIST_SUBSCRIPTIONS' }, { format }])
}

/** Whether a message says what is wanted from here on; a question and the keep-alive text do not. */
export function asksForStreams(text: string): boolean {
  return /"type"\s*:/.test(text)
}

/** The keep-alive text; no JSON, no quotes. */
export const pingText = 'PING'
