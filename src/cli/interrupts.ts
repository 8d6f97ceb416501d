/** Ctrl-C: the first ends a command orderly, the second at once. */
import type { Observable } from 'rxjs'
import { ReplaySubject } from 'rxjs'
import type { Ending } from './ending'
import { asAsked } from './ending'
import type { Host } from './host'

/** One press can come several times: from the terminal, and forwarded by `npm` and other starters. */
const samePressMs = 300
/** What a shell reports of a process that Ctrl-C ended. */
const interruptedCode = 130

/** Listens from now on. Emits once, at the first interrupt or at once when that has been. */
export function interrupted$(host: Pick<Host, 'interrupts$' | 'environment' | 'exit'>): Observable<Ending> {
  const endingSubject = new ReplaySubject<Ending>(1)
  let firstMs: number | undefined
  // eslint-disable-next-line rxjs-x/no-ignored-subscription -- for the process's life: a copy of the press that comes late must not kill what writes its last line, and a second press must end what waits for a reader
  host.interrupts$.subscribe(() => {
    const nowMs = host.environment.now()
    if (firstMs === undefined) {
      firstMs = nowMs
      endingSubject.next(asAsked)
    } else if (nowMs - firstMs > samePressMs) {
      host.exit(interruptedCode)
    }
  })
  return endingSubject.asObservable()
}
