/** What each consumer takes of the private connection's events: the wire carries them whole. */
import type { Selection } from '../channels/selection'
import type { AnnouncementCategory } from '../protocol/announcement'
import type { StreamEvent } from '../protocol/stream-event'

/** The orders of these markets. */
export function ordersOf(codes: readonly string[]): Selection {
  const wanted = new Set(codes)
  return always((event) => (event.type === 'myOrder' && wanted.has(event.code) ? event : undefined))
}

/** The announcements of these categories, with their text or without. */
export function announcementsOf(
  categories: readonly AnnouncementCategory[] | undefined,
  includeBody: boolean,
): Selection {
  const wanted = categories && new Set<string>(categories)
  return always((event) => {
    if (event.type !== 'announcement' || wanted?.has(event.category) === false) return undefined
    if (includeBody) return event
    const { body: _, ...rest } = event
    return rest
  })
}

function always(select: (event: StreamEvent) => StreamEvent | undefined): Selection {
  return { select, isComplete: false }
}
