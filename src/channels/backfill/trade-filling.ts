/** The trades of one gap: after a reconnect for all consumers of a code, after an overflow for the one that dropped them. */
import type { Observable } from 'rxjs'
import { finalize, tap } from 'rxjs'
import type { PublicEvent, TradeEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { DroppedEvent } from './dropped-events'
import { earliestMs } from './dropped-events'
import type { FilledConsumer, Filling } from './filling'
import { ReconnectPlan } from './reconnect-plan'
import type { FillPorts, TradeFillPlan } from './trade-fill'
import { fillTrades$, overlapMs } from './trade-fill'
import { TradeRows } from './trade-rows'
import type { TradeTrack } from './trade-track'

/** All that a code's trades missed between two sessions; `first` is the first one of the later. */
export function reconnectFilling(
  ports: FillPorts,
  track: TradeTrack,
  first: TradeEvent,
  fromMs: number,
): Filling {
  return new TradeFilling(ports, new ReconnectPlan(track, first, fromMs), track)
}

/** The trades of a code that one consumer dropped. */
export function droppedTradeFilling(
  ports: FillPorts,
  code: string,
  dropped: readonly DroppedEvent[],
): Filling {
  const missing = new Set(dropped.map(({ id }) => id))
  const plan: TradeFillPlan = {
    code,
    bottomMs: earliestMs(dropped, Infinity) - overlapMs,
    isWanted: ({ sequential_id }) => missing.delete(sequential_id),
    proves: () => missing.size === 0,
    doubts: () => [],
    isCertain: true,
    endsWithProof: true,
  }
  return new TradeFilling(ports, plan)
}

class TradeFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>
  private readonly rows: TradeRows

  constructor(
    ports: FillPorts,
    private readonly plan: TradeFillPlan,
    track?: TradeTrack,
  ) {
    const rows = (this.rows = new TradeRows(plan.recentFromMs))
    const work$ = fillTrades$(ports, plan, rows)
    this.work$ =
      track === undefined
        ? work$
        : work$.pipe(
            tap({
              subscribe: () => track.begin(rows, plan.bottomMs),
              next: (reason) => {
                track.end(rows)
                plan.ended?.(reason)
              },
            }),
            finalize(() => track.cancel(rows)),
          )
  }

  get size(): number {
    return this.rows.length
  }

  at(index: number): BackfilledEvent | undefined {
    return this.rows.at(index)
  }

  isMissing(row: BackfilledEvent, consumer: FilledConsumer): boolean {
    const { plan, rows } = this
    if (row.type !== 'trade' || row.code !== plan.code || plan.isBefore?.(consumer, row) === true)
      return false
    return row.sequential_id === plan.snapshotId ? consumer.skipsSnapshots : rows.has(row.sequential_id)
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    return event.type === 'trade' && event.code === this.plan.code && this.rows.has(event.sequential_id)
  }

  release(): void {
    this.plan.end?.()
    this.rows.release()
  }
}
