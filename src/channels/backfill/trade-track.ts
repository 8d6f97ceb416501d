/**
 * What a route of trades remembers for the sake of gaps: where it was when it was lost, and which trades came by the
 * socket or by an earlier fill. Only a route that a consumer with back-fill is on has one.
 */
import type { TradeEvent } from '../../protocol/events'
import type { SeenIds } from '../seen-ids'
import { isAbsurd } from './absurd-stamp'
import type { TradeRows } from './trade-rows'

/** So long after its execution a trade may be published (recorded 2026-09). */
export const latenessMs = 2000
/** A fill looks back ten seconds from the last trade seen. */
const keptMs = 15_000

/** What was given up, from one execution to another, both included. */
export interface AbandonedSpan {
  readonly fromMs: number
  readonly toMs: number
  /** The exchange's clock went back meanwhile: it reaches from before that to after it. */
  readonly isStepped: boolean
}

/** Consumers that came between two trades. */
interface Cohort {
  /** What was executed before, they have not missed. */
  fromMs: number
}

export class TradeTrack {
  /** When the last trade that came was executed, by the exchange's clock. */
  lastMs: number | undefined
  lastReceivedMs: number | undefined
  /** How often its line was lost. */
  losses = 0
  /** How often a trade that came was executed so much earlier than the one before that the exchange's clock went back. */
  setbacks = 0
  /** A trade executed before may have been given out without being known any more, or before anybody here asked. */
  knownFromMs = -Infinity
  private rotatedMs = 0
  /** The latest execution among the ids that `SeenIds` has in its present and its past. */
  private presentMs = -Infinity
  private pastMs = -Infinity
  private filling: TradeRows | undefined
  private filled: TradeRows[] = []
  private readonly followers = new Set<Set<string>>()
  private abandoned: AbandonedSpan[] = []
  private readonly cohorts = new WeakMap<object, Cohort>()
  /** Those to whom no trade has come yet. */
  private newcomers: Cohort | undefined

  constructor(private readonly seen: SeenIds) {
    seen.mustKeep = () => this.mustKeep()
  }

  /** A consumer has come: what is published from now on was executed after the last trade, but for its lateness. */
  join(consumer: object): void {
    this.newcomers ??= { fromMs: (this.lastMs ?? -Infinity) - latenessMs }
    this.cohorts.set(consumer, this.newcomers)
  }

  /** Whether a trade that was executed then was before the time of the consumer. */
  isBefore(consumer: object, atMs: number): boolean {
    return atMs < (this.cohorts.get(consumer)?.fromMs ?? -Infinity)
  }

  /** It was told that what is missing of this span stays missing. */
  abandon(span: AbandonedSpan): void {
    this.abandoned.push(span)
  }

  /** The span in which what was executed then was given up; one that says where it was not, before others. */
  abandonedAt(atMs: number): AbandonedSpan | undefined {
    const spans = this.abandoned.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs)
    return spans.find(({ isStepped }) => !isStepped) ?? spans[0]
  }

  /** A trade has passed. */
  note(event: TradeEvent): void {
    const { received_at, sequential_id } = event
    const stampMs = stampOf(event)
    if (this.lastMs === undefined) this.knownFromMs = stampMs - latenessMs
    if (this.isSetback(stampMs)) this.setbacks++
    this.lastMs = stampMs
    this.lastReceivedMs = received_at
    this.presentMs = Math.max(this.presentMs, stampMs)
    if (this.newcomers !== undefined) {
      this.newcomers.fromMs = stampMs - latenessMs
      this.newcomers = undefined
    }
    this.filling?.forget(sequential_id)
    for (const ids of this.followers) ids.add(sequential_id)
  }

  /** Whether the exchange's clock has gone back since the last trade, where the next one was executed then. */
  isSetback(stampMs: number): boolean {
    return this.lastMs !== undefined && stampMs < this.lastMs - latenessMs
  }

  /** Whether it came, or was fetched for an earlier gap. */
  has(id: string): boolean {
    return this.seen.has(id) || this.filled.some((rows) => rows.has(id))
  }

  /** From now on it has the ids of all that comes. */
  follow(): ReadonlySet<string> {
    const ids = new Set<string>()
    this.followers.add(ids)
    return ids
  }

  unfollow(ids: ReadonlySet<string>): void {
    this.followers.delete(ids as Set<string>)
  }

  /** From now on what comes is no longer missing, and ids are kept. Fills begin in the order of their gaps. */
  begin(rows: TradeRows, bottomMs: number): void {
    this.filling = rows
    this.abandoned = this.abandoned.filter(({ toMs }) => toMs >= bottomMs)
    this.filled = this.filled.filter(({ newestMs }) => {
      if (newestMs < bottomMs) this.forgets(newestMs)
      return newestMs >= bottomMs
    })
  }

  /** What comes by the socket now is in the hands of whoever is given the rows. */
  end(rows: TradeRows): void {
    if (this.filling === rows) this.filling = undefined
    this.filled.push(rows)
    this.forgets(rows.forgottenMs)
  }

  /** Nobody is given the rows. */
  cancel(rows: TradeRows): void {
    if (this.filling === rows) this.filling = undefined
  }

  private mustKeep(): boolean {
    const receivedMs = this.lastReceivedMs ?? 0
    if (this.filling !== undefined || Math.abs(receivedMs - this.rotatedMs) < keptMs) return true
    this.rotatedMs = receivedMs
    this.forgets(this.pastMs)
    this.pastMs = this.presentMs
    this.presentMs = -Infinity
    return false
  }

  /** One that was executed then is not known any more. */
  private forgets(atMs: number): void {
    this.knownFromMs = Math.max(this.knownFromMs, atMs + 1)
  }
}

/** When it was executed, by the exchange's clock. */
export function stampOf({ trade_timestamp, received_at }: TradeEvent): number {
  return isAbsurd(trade_timestamp, received_at) ? received_at : trade_timestamp
}
