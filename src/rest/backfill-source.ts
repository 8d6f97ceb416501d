/** The exchange's history over the REST calls of a target, after all who wait for an answer themselves. */
import { map } from 'rxjs'
import type { Environment } from '../base/environment'
import type { BackfillSource } from '../channels/backfill-source'
import type { CallOptions } from './rest-call'
import type { RestCalls } from './rest-calls'
import { candleEventOf, tradeEventOf } from './rest-events'

/** Others go first, and with a budget that is shared with other processes a page may wait for long. */
const pageOptions: CallOptions = { priority: 'backfill', timeoutMs: 30_000 }

export function restHistory(calls: RestCalls, environment: Environment): BackfillSource {
  return {
    trades$: ({ code, ...page }) =>
      calls
        .trades$(code, { ...page, ...pageOptions })
        .pipe(map((rows) => rows.map((row) => tradeEventOf(row, environment.now())))),
    candles$: ({ code, unit, ...page }) =>
      calls
        .candles$(code, unit, { ...page, ...pageOptions })
        .pipe(map((rows) => rows.map((row) => candleEventOf(unit, row, environment.now())))),
  }
}
