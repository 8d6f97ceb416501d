/** Where data comes from: the seeded market, a recording, or nothing but what a test emits. */
import type { TradeFrame } from '../protocol/trade'
import type { Broadcast } from './broadcast'
import type { MarketEvent } from './encode'
import type { DaySoFar } from './market/day-stats'
import type { ResolvedOptions } from './options'
import type { Timers } from './timers'

/** What the exchange asks of a source of data. */
export interface Feed {
  /** The state to send as SNAPSHOT at a subscription; `undefined` for what the source does not know. */
  snapshot(type: string, code: string, level: number): MarketEvent | undefined
  /** Somebody came or went for one of these codes. */
  demandChanged(codes: Iterable<string>): void
  /** The exchange's clock was set forward or back. */
  clockStepped(): void
  pause(): void
  resume(): void
  end(): void
  /** Whether it keeps quiet connections open. */
  readonly keepsQuietConnections: boolean
}

/** An open connection, for a source that replays more than data. */
export interface FeedConnection {
  /** Sends a frame as it is. */
  raw(frame: string | Uint8Array): void
  close(code: number, reason: string): void
  drop(): void
}

/** What a source of data asks of the exchange. */
export interface FeedOutlet {
  wants(type: string, code: string): boolean
  /** The book levels that are wanted of this code. */
  levels(code: string): readonly number[]
  /** Sends it at once to whoever wants it; says how many frames that made. */
  publish(broadcast: Broadcast): number
  /** A market has a past: its day before the first of its trades. */
  begun(code: string, day: DaySoFar): void
  /** A trade has happened, whether or not it is ever published. */
  executed(trade: TradeFrame): void
  /** Sends a change of the market to those who have had their SNAPSHOT. */
  publishEvent(event: MarketEvent): void
  /** The connections that are subscribed to any of what this message asks for; without a message all. */
  connectionsLike(request?: string): readonly FeedConnection[]
}

/** Makes the source of an exchange's data, once. */
export type FeedMaker = (outlet: FeedOutlet, timers: Timers, options: ResolvedOptions) => Feed

/** No source at all: every frame is one that a test emits. */
export const silentFeed: Feed = {
  snapshot: () => undefined,
  demandChanged: () => {},
  clockStepped: () => {},
  pause: () => {},
  resume: () => {},
  end: () => {},
  keepsQuietConnections: false,
}
