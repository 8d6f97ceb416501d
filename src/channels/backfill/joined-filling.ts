/** Several fillings as one, in one order: by time, then by id as a number (C7). */
import type { Observable } from 'rxjs'
import { concat, reduce } from 'rxjs'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { FilledConsumer, Filling } from './filling'
import type { TradePoint } from './trade-rows'
import { isLater } from './trade-rows'

export class JoinedFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>
  /** As far as it has been asked for: so no step takes long, however many rows there are. */
  private readonly merged: BackfilledEvent[] = []
  /** How many rows of each part are in `merged`. */
  private readonly taken: number[]

  constructor(private readonly parts: readonly Filling[]) {
    this.taken = parts.map(() => 0)
    this.work$ = concat(...parts.map(({ work$ }) => work$)).pipe(
      reduce<GapReason | undefined, GapReason | undefined>((first, reason) => first ?? reason, undefined),
    )
  }

  at(index: number): BackfilledEvent | undefined {
    while (this.merged.length <= index) {
      const next = this.next()
      if (next === undefined) return undefined
      this.merged.push(next)
    }
    return this.merged[index]
  }

  get size(): number {
    return this.parts.reduce((sum, part) => sum + part.size, 0)
  }

  isMissing(row: BackfilledEvent, consumer: FilledConsumer): boolean {
    return this.parts.some((part) => part.isMissing(row, consumer))
  }

  passed(event: PublicEvent | BackfilledEvent): void {
    for (const part of this.parts) part.passed?.(event)
  }

  withholds(event: PublicEvent | BackfilledEvent): boolean {
    return this.parts.some((part) => part.withholds(event))
  }

  release(): void {
    for (const part of this.parts) part.release()
    this.merged.length = 0
  }

  /** Of the first rows of all parts the earliest one. */
  private next(): BackfilledEvent | undefined {
    let from = -1
    let earliest: BackfilledEvent | undefined
    for (const [place, part] of this.parts.entries()) {
      const row = part.at(this.taken[place] as number)
      if (row === undefined) continue
      if (earliest !== undefined && !isLater(pointOf(earliest), pointOf(row))) continue
      from = place
      earliest = row
    }
    if (earliest !== undefined) this.taken[from] = (this.taken[from] as number) + 1
    return earliest
  }
}

/** A candle is where the last trade is that it includes. */
function pointOf(row: BackfilledEvent): TradePoint {
  return row.type === 'trade' ? row : { trade_timestamp: row.timestamp, sequential_id: '0' }
}
