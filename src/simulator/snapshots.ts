/** The state that a subscription begins with: what a test has set, else what the feed knows, else what was told last. */
import type { Broadcast } from './broadcast'
import { EventBroadcast } from './broadcast'
import type { MarketEvent } from './encode'
import type { ExchangeSwitches } from './switches'
import type { SubscribedItem } from './subscription'

/** What a market's state is known from. */
type State = (type: string, code: string, level: number) => MarketEvent | undefined

export class Snapshots {
  private readonly given = new Map<string, MarketEvent>()

  constructor(
    private readonly live: State,
    /** What was told last, where that is to be a SNAPSHOT too. */
    private readonly last: State,
    private readonly switches: ExchangeSwitches,
  ) {}

  /** A test has set it; it goes before the feed's. */
  set(event: MarketEvent): void {
    const level = event.type === 'orderbook' && 'level' in event ? (event.level ?? 0) : 0
    this.given.set(keyOf(event.type, event.code, level), event)
  }

  of({ type, code, level }: SubscribedItem): Broadcast | undefined {
    const event =
      this.given.get(keyOf(type, code, level)) ?? this.live(type, code, level) ?? this.last(type, code, level)
    return event && new EventBroadcast({ ...event, stream_type: 'SNAPSHOT' }, this.switches)
  }
}

function keyOf(type: string, code: string, level: number): string {
  return `${type} ${code} ${level}`
}
