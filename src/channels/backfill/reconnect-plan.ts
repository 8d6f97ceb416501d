/**
 * Which trades of a code were missed between two sessions, and when that is certain. The times of execution are of the
 * exchange's clock, which may step: what cannot be told apart then leaves the gap unproven, never silently short.
 */
import type { TradeEvent } from '../../protocol/events'
import type { RestTradeEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { TradeFillPlan } from './trade-fill'
import { overlapMs } from './trade-fill'
import { latenessMs, stampOf } from './trade-track'
import type { TradeTrack } from './trade-track'

export class ReconnectPlan implements TradeFillPlan {
  readonly code: string
  readonly bottomMs: number
  readonly endsWithProof = false
  /** Whoever skips snapshots is not given this one, and may have missed it. */
  readonly snapshotId: string | undefined
  /** What came by the socket since, the first one included. */
  private readonly since: ReadonlySet<string>
  /** What is later was published after the first one, and comes by the socket, or is of another gap. */
  private readonly mostMs: number
  /** Whether the clock went back meanwhile: trades that were missed may have any time. */
  private readonly isStepped: boolean
  /** Nothing of before was missed. */
  private readonly missedFromMs: number
  /** Later than `mostMs`, and the socket had not brought them when they were fetched. */
  private readonly doubted = new Map<string, RestTradeEvent>()
  private readonly losses: number
  private readonly setbacks: number
  /** A trade that nobody has had may be of this gap or of an earlier one. */
  private leavesOut = false

  /** `first` is the first trade of the new session, before it is noted. */
  constructor(
    private readonly track: TradeTrack,
    private readonly first: TradeEvent,
    fromMs: number,
  ) {
    const { code, sequential_id: id, received_at: receivedMs, stream_type } = first
    const firstMs = stampOf(first)
    // Where nothing had come before, all that is known is when the line was lost.
    const { lastMs = fromMs, lastReceivedMs = fromMs } = track
    const awayMs = Math.max(0, receivedMs - lastReceivedMs)
    this.code = code
    this.isStepped = firstMs < lastMs - latenessMs
    this.missedFromMs = (this.isStepped ? firstMs - awayMs : lastMs) - latenessMs
    this.bottomMs = this.missedFromMs + latenessMs - overlapMs
    this.mostMs = (this.isStepped ? Math.max(firstMs, lastMs + awayMs) : firstMs) + latenessMs
    this.snapshotId = stream_type === 'SNAPSHOT' && !track.has(id) ? id : undefined
    this.since = track.follow()
    this.losses = track.losses
    // That of the first one itself is `isStepped`.
    this.setbacks = track.setbacks + (track.isSetback(firstMs) ? 1 : 0)
  }

  isWanted({ trade_timestamp: atMs, sequential_id: id }: RestTradeEvent): boolean {
    const { track } = this
    // What is older had been there before, or was forgotten; a page does not end with the gap.
    if (atMs < this.bottomMs || atMs < track.knownFromMs || atMs > this.mostMs) return false
    if (id !== this.snapshotId && track.has(id)) return false
    const givenUp = atMs < this.missedFromMs ? track.abandonedAt(atMs) : undefined
    // What is so old is of a gap that was given up, and stays missing. Of one in which the clock went back its times say little.
    this.leavesOut ||= givenUp?.isStepped === true
    return givenUp === undefined
  }

  isBefore(consumer: object, { trade_timestamp: atMs }: RestTradeEvent): boolean {
    return atMs < this.missedFromMs && this.track.isBefore(consumer, atMs)
  }

  ended(reason: GapReason | undefined): void {
    if (reason !== undefined) {
      const { missedFromMs: fromMs, mostMs: toMs, isStepped } = this
      this.track.abandon({ fromMs, toMs, isStepped })
    }
  }

  proves(page: readonly RestTradeEvent[]): boolean {
    for (const row of page) {
      const { sequential_id: id, trade_timestamp: atMs } = row
      const isLater = atMs > this.mostMs && atMs >= this.track.knownFromMs
      if (isLater && !this.isKnown(id)) this.doubted.set(id, row)
    }
    // One executed later is no proof: it may have been published before, by a clock that was ahead.
    return page.some(({ sequential_id: id }) => id === this.first.sequential_id || this.since.has(id))
  }

  doubts(): readonly RestTradeEvent[] {
    const { lastMs = -Infinity, losses } = this.track
    // What a next gap has in its window is that one's to fetch.
    const nextMs = losses === this.losses ? Infinity : lastMs - overlapMs
    return [...this.doubted.values()].filter(
      ({ sequential_id: id, trade_timestamp: atMs }) => !this.isKnown(id) && atMs < nextMs,
    )
  }

  get isCertain(): boolean {
    const { track, setbacks } = this
    // What proves the edge after a setback may be of the day before what was missed, which no page of that day has.
    const isOneClock = !this.isStepped && track.setbacks === setbacks
    return isOneClock && !this.leavesOut && track.knownFromMs <= this.missedFromMs
  }

  /** It is done, or given up. */
  end(): void {
    this.track.unfollow(this.since)
  }

  /** Of those that stay known when the rows have been given out, the oldest may be so old. */
  get recentFromMs(): number {
    return stampOf(this.first)
  }

  private isKnown(id: string): boolean {
    return this.since.has(id) || this.track.has(id)
  }
}
