/**
 * When balances are looked at though their subscription stands: its frames do not tell all. An account's first subscription
 * ever may be silent for five minutes (docs.upbit.com `websocket-myasset`, read 2026-11), and nobody can know whether it is
 * the first. And the stamp of a frame may leave open whether it is the newest.
 */
import type { Observable } from 'rxjs'
import { concat, defer, endWith, ignoreElements, map, merge, repeat, takeWhile, tap, throttle } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { Ledger } from '../ledger/ledger'

/** A frame that says it is mostly there by then. */
const afterMs = 1000
const everyMs = 30_000
/** The last one is after the silence. */
const silentLooks = 11

export interface UnsurePorts {
  readonly ledger: Ledger
  readonly environment: Environment
}

/**
 * Subscribes to `look$`, one at a time, a second after the ledger is unsure, and every 30 s as long as no frame has come,
 * for five minutes and a half. What comes during a look is the next one's. Never emits, never ends.
 */
export function unsureBalances$(
  { ledger, environment }: UnsurePorts,
  look$: Observable<never>,
): Observable<never> {
  const wait$ = (ms: number): Observable<unknown> => environment.timer$(ms, { referenced: false })
  const silence$ = defer(() => wait$(everyMs)).pipe(
    repeat(silentLooks),
    map(() => ledger.assets.isSilent),
    takeWhile(Boolean),
    tap({ complete: () => (ledger.assets.isSilent = false) }),
  )
  return merge(ledger.unsure$, silence$).pipe(
    throttle(() => concat(wait$(afterMs), look$).pipe(ignoreElements(), endWith(undefined)), {
      leading: true,
      trailing: true,
    }),
    ignoreElements(),
  )
}
