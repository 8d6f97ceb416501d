/** After the socket was subscribed anew: what happened meanwhile is fetched and told (C12.2). */
import type { Observable } from 'rxjs'
import type { SweepOptions, SweepPorts, SweepSummary } from './sweep'
import { sweep$ } from './sweep'

/**
 * Brings the ledger up to what REST tells. Subscribe it when the socket's subscriptions stand and each of its frames goes
 * to `ledger.judge`: what neither a frame nor REST had told before is delivered, and nothing twice.
 *
 * Emits a summary and completes. Errors with the `UpbitError` of a call that failed for good: the ledger then still holds
 * what was missed for the next one. Unsubscribing aborts it, as when the socket is lost once more.
 */
export function reconcile$(ports: SweepPorts, options?: SweepOptions): Observable<SweepSummary> {
  return sweep$(ports, 'reconcile', options)
}
