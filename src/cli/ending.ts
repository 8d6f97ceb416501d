/** Why a command ends, and with what exit code. */
import type { Observable } from 'rxjs'
import { map, NEVER } from 'rxjs'
import type { Environment } from '../base/environment'

export interface Ending {
  readonly code: 0 | 1
  /** A sentence for stderr; where there is none, it ended as asked. */
  readonly message?: string
  /**
   * How long stdout may take nothing at all before what still waits for it is given up, ms. Without it there is no limit:
   * a reader that pages through the output is waited for.
   */
  readonly patienceMs?: number
}

export const asAsked: Ending = { code: 0 }

/** As asked, after so long; never without a duration. */
export function endingAfter$(durationMs: number | undefined, environment: Environment): Observable<Ending> {
  return durationMs === undefined ? NEVER : environment.timer$(durationMs).pipe(map(() => asAsked))
}
