/**
 * What a route of trades remembers for the sake of gaps: where it was when it was lost, and which trades came by the
 * socket or by an earlier fill. Only a route that a consumer with back-fill is on has one.
 */
import type { TradeEvent } from '../../protocol/events'
import type { SeenIds } from '../seen-ids'
import type { TradeRows } from './trade-rows'

/** So long after its execution a trade may be published (recorded 2026-09). */
export const latenessMs = 2000
/** A fill looks back ten seconds from the last trade seen. */
const keptMs = 15_000

export class TradeTrack {
  /** Of a trade executed before, it can be said that it was sent before anybody here asked. */
  floorMs: number | undefined
  /** When the last trade that came was executed; never later than it came. */
  lastMs: number | undefined
  private lastReceivedMs = 0
  private rotatedMs = 0
  private filling: TradeRows | undefined
  private filled: TradeRows[] = []

  constructor(private readonly seen: SeenIds) {
    seen.mustKeep = () => this.mustKeep()
  }

  /** A trade has passed. */
  note({ trade_timestamp, received_at, sequential_id }: TradeEvent): void {
    // A stamp may be wrong, in microseconds or of a clock that runs ahead, and must not hide what was missed.
    this.lastMs = Math.min(trade_timestamp, received_at)
    this.floorMs ??= this.lastMs - latenessMs
    this.lastReceivedMs = received_at
    this.filling?.forget(sequential_id)
  }

  /** Whether it came, or was fetched for an earlier gap. */
  has(id: string): boolean {
    return this.seen.has(id) || this.filled.some((rows) => rows.has(id))
  }

  /** From now on what comes is no longer missing, and ids are kept. Fills begin in the order of their gaps. */
  begin(rows: TradeRows, bottomMs: number): void {
    this.filling = rows
    this.filled = this.filled.filter(({ newestMs }) => newestMs >= bottomMs)
  }

  /** What comes by the socket now is in the hands of whoever is given the rows. */
  end(rows: TradeRows): void {
    if (this.filling === rows) this.filling = undefined
    this.filled.push(rows)
  }

  /** Nobody is given the rows. */
  cancel(rows: TradeRows): void {
    if (this.filling === rows) this.filling = undefined
  }

  private mustKeep(): boolean {
    if (this.filling !== undefined || Math.abs(this.lastReceivedMs - this.rotatedMs) < keptMs) return true
    this.rotatedMs = this.lastReceivedMs
    return false
  }
}
