/**
 * Whether a session has brought all that it was sent until now (C12.1): a ping of its socket is answered behind it. Without
 * that proof it may have been dead for as long as a heartbeat takes to see it.
 */
import { filter, map, merge, Observable, of, switchMap, take } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Socket } from '../transport/socket'
import { isLimitError } from './server-error'
import type { SessionRecord } from './session-record'

/** Together as long as the heartbeat waits for a pong. What comes in the first half may have been under way when the ping went out. */
const underWayMs = 5000
const speaksWithinMs = 5000
/** No number, which a message's ping carries. */
const payload = 'renewal'

/** Emits once whether it has, and completes. Terminates a socket that is dead, and emits nothing then. */
export function lineProof$(
  socket: Socket,
  record: SessionRecord,
  environment: Environment,
): Observable<boolean> {
  // After an error its streams have ended, though it still answers; its own end is near.
  const isWhole = (): boolean => record.serverError === undefined || isLimitError(record.serverError)
  if (socket.ping === undefined) return of(isWhole())
  return new Observable<boolean>((subscriber) => {
    const pong$ = socket.pongs$.pipe(filter((carried) => typeof carried !== 'string' || carried === payload))
    const late$ = environment.timer$(underWayMs).pipe(
      map(() => record.signs),
      switchMap((signs) => environment.timer$(speaksWithinMs).pipe(map(() => record.signs > signs))),
      filter((isAlive) => {
        // Who speaks and answers no ping lives all the same.
        if (!isAlive) socket.terminate()
        return isAlive
      }),
    )
    subscriber.add(merge(pong$, late$).pipe(take(1), map(isWhole)).subscribe(subscriber))
    socket.ping?.(payload)
  })
}
