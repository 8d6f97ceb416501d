/** Several fillings as one, one after the other. */
import type { Observable } from 'rxjs'
import { concat, reduce } from 'rxjs'
import type { PublicEvent } from '../../protocol/events'
import type { BackfilledEvent } from '../../protocol/rest-event'
import type { GapReason } from '../gap-event'
import type { FilledConsumer, Filling } from './filling'

export class JoinedFilling implements Filling {
  readonly work$: Observable<GapReason | undefined>

  constructor(private readonly parts: readonly Filling[]) {
    this.work$ = concat(...parts.map(({ work$ }) => work$)).pipe(
      reduce<GapReason | undefined, GapReason | undefined>((first, reason) => first ?? reason, undefined),
    )
  }

  at(index: number): BackfilledEvent | undefined {
    let before = 0
    for (const part of this.parts) {
      const row = part.at(index - before)
      if (row !== undefined) return row
      before += part.size
    }
    return undefined
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
  }
}
