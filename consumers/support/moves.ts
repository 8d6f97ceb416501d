/** A rule of a strategy: says when a price has moved by a percentage since it last said so. Knows nothing of tests. */
import type { Observable } from 'rxjs'
import { distinctUntilChanged, map } from 'rxjs'
import type { TickerEvent } from 'upbit-rx'
import { ticker$ } from 'upbit-rx'

export function moves$(code: string, percent: number, from$: Observable<TickerEvent> = ticker$(code)) {
  return from$.pipe(
    distinctUntilChanged((last, now) => Math.abs(now.trade_price / last.trade_price - 1) * 100 < percent),
    map(({ trade_price }) => trade_price),
  )
}
