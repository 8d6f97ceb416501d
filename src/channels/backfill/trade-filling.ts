/** The trades of one gap: after a reconnect for all consumers of a code, after an overflow for the one that dropped them. */
import type { Observable } from 'rxjs'
import { finalize, tap } from 'rxjs'
import type { PublicEvent, TradeEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { DroppedTrade } from './dropped-trades'
import { earliestMs } from './dropped-trades'
import type { Filling } from './filling'
import { JoinedFilling } from './joined-filling'
import type { FillPorts, TradeFillPlan } from './trade-fill'
import { fillTrades$, overlapMs } from './trade-fill'
import { TradeRows } from './trade-rows'
import type { TradeTrack } from './trade-track'
import { latenessMs } from './trade-track'

/** All that a code's trades missed between two sessions; `first` is the first one of the later. */
export function reconnectFilling(
  ports: FillPorts,
  track: TradeTrack,
  first: TradeEvent,
  fromMs: number,
): Filling {
  // Where nothing had come before, all that is known is when the line was lost.
  const { lastMs = fromMs, floorMs = -Infinity } = track
  const bottomMs = lastMs - overlapMs
  // What is older had been there before; a page does not end with the gap.
  const leastMs = Math.max(bottomMs, floorMs)
  // What is later was published after the first one, and comes by the socket, or is of another gap.
  const mostMs = first.trade_timestamp + latenessMs
  // Whoever skips snapshots is not given this one, and may have missed it.
  const snapshotId =
    first.stream_type === 'SNAPSHOT' && !track.has(first.sequential_id) ? first.sequential_id : undefined
  const plan: TradeFillPlan = {
    code: first.code,
    bottomMs,
    isWanted: ({ trade_timestamp, sequential_id: id }) =>
      trade_timestamp >= leastMs && trade_timestamp <= mostMs && (id === snapshotId || !track.has(id)),
    // One executed a moment later is no proof: the first one may be a late one, published after it.
    proves: (page) =>
      page.some(
        ({ sequential_id: id, trade_timestamp: atMs }) => id === first.sequential_id || atMs > mostMs,
      ),
    endsWithProof: false,
  }
  return new TradeFilling(ports, plan, snapshotId, track)
}

/** What one consumer dropped, code by code: ids are unique within a code only. */
export function overflowFilling(ports: FillPorts, dropped: readonly DroppedTrade[]): Filling {
  const codes = new Set(dropped.map(({ code }) => code))
  const parts = [...codes].map((code) =>
    refill(
      ports,
      code,
      dropped.filter((trade) => trade.code === code),
    ),
  )
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : new JoinedFilling(parts)
}

function refill(ports: FillPorts, code: string, dropped: readonly DroppedTrade[]): Filling {
  const missing = new Set(dropped.map(({ id }) => id))
  const plan: TradeFillPlan = {
    code,
    bottomMs: earliestMs(dropped, Infinity) - overlapMs,
    isWanted: ({ sequential_id }) => missing.delete(sequential_id),
    proves: () => missing.size === 0,
    endsWithProof: true,
  }
  return new TradeFilling(ports, plan)
}

class TradeFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>
  private readonly rows = new TradeRows()

  constructor(
    ports: FillPorts,
    private readonly plan: TradeFillPlan,
    private readonly snapshotId?: string,
    track?: TradeTrack,
  ) {
    const work$ = fillTrades$(ports, plan, this.rows)
    this.work$ =
      track === undefined
        ? work$
        : work$.pipe(
            tap({
              subscribe: () => track.begin(this.rows, plan.bottomMs),
              next: () => track.end(this.rows),
            }),
            finalize(() => track.cancel(this.rows)),
          )
  }

  get size(): number {
    return this.rows.length
  }

  at(index: number): BackfilledEvent | undefined {
    return this.rows.at(index)
  }

  isMissing(row: BackfilledEvent, skipsSnapshots: boolean): boolean {
    if (row.type !== 'trade' || row.code !== this.plan.code) return false
    return row.sequential_id === this.snapshotId ? skipsSnapshots : this.rows.has(row.sequential_id)
  }

  withholds(event: PublicEvent): boolean {
    return event.type === 'trade' && event.code === this.plan.code && this.rows.has(event.sequential_id)
  }

  release(): void {
    this.rows.release()
  }
}
