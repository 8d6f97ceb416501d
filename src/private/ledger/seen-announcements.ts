/** Which announcements were told: in the overlap of a renewal two sockets tell each. */
import type { AnnouncementEvent } from '../../protocol/private-events'
import type { Verdict } from './ledger'
import { SeenSet } from './seen-set'

export class SeenAnnouncements {
  private readonly seen = new SeenSet()

  judge({ uuid, event_type, timestamp }: AnnouncementEvent): Verdict {
    return this.seen.add(`${uuid} ${event_type} ${timestamp}`) ? 'pass' : 'duplicate'
  }
}
