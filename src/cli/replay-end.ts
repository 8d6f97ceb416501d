/**
 * The end of a replay: all is sent, and all has arrived. The server knows the first, only the client the second; between
 * them lie the kernel's buffers and our own.
 */
import type { Observable } from 'rxjs'
import { catchError, first, forkJoin, last, map, of, repeat, scan, startWith, switchMap } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Replay } from '../simulator/replay-feed'
import type { Ending } from './ending'
import { asAsked } from './ending'
import { faultText } from './messages'

const lookEveryMs = 20
/** Nothing has arrived for so long although something was sent: it was lost with a connection. */
const lostAfterMs = 3000

interface Arrival {
  readonly received: number
  readonly sinceMs: number
}

/**
 * Emits once, when every frame that was sent has been received, or when what is missing cannot come any more. To be
 * subscribed before the replay begins.
 */
export function replayEnd$(
  replay: Pick<Replay, 'progress$' | 'done'>,
  received: () => number,
  environment: Environment,
): Observable<Ending> {
  return forkJoin([replay.progress$.pipe(last()), replay.done]).pipe(
    switchMap(([{ sent }]) =>
      arrived$(sent, received, environment).pipe(map((count) => ending(sent - count))),
    ),
    catchError((fault: unknown) =>
      of<Ending>({ code: 1, message: `The recording cannot be read on: ${faultText(fault)}.` }),
    ),
  )
}

function ending(missing: number): Ending {
  if (missing <= 0) return asAsked
  return { code: 1, message: `Of the recording's frames ${missing} were sent and have not arrived.` }
}

/** How many have arrived in the end: all, or as many as there will be. */
function arrived$(sent: number, received: () => number, environment: Environment): Observable<number> {
  const look = (before?: Arrival): Arrival => {
    const now = received()
    return { received: now, sinceMs: now === before?.received ? before.sinceMs : environment.now() }
  }
  return environment.timer$(lookEveryMs).pipe(
    repeat(),
    scan((before) => look(before), look()),
    startWith(look()),
    first((arrival) => arrival.received >= sent || environment.now() - arrival.sinceMs >= lostAfterMs),
    map((arrival) => arrival.received),
  )
}
