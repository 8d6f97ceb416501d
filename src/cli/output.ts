/** What becomes of the events: a board, plain lines or JSON. One shape for the three, so that `watch` knows none of them. */
import type { Observable } from 'rxjs'
import type { Upbit } from '../api'
import type { UpbitError } from '../base/errors'
import type { Tally } from '../operators/tally'
import type { Ending } from './ending'
import type { Host } from './host'
import type { Source } from './sources'
import type { Wanted } from './wanted'

export interface OutputConfig {
  readonly upbit: Upbit
  readonly wanted: readonly Wanted[]
  readonly source: Source
  readonly host: Host
  /** What goes wrong at run time and is worth telling. */
  readonly problems$: Observable<UpbitError>
}

export interface Output {
  /** Emits when it cannot go on by itself: the reader went away or fell behind, a stream was refused. */
  readonly ended$: Observable<Ending>
  /** Takes nothing more in, from this very turn on. */
  leave(): void
  /**
   * Puts out what was taken in. Resolves when all of it has left the process or never can; with `false` when a part is
   * stuck in a stream that takes nothing, so that the process would not end by itself.
   */
  flush(ending: Ending): Promise<boolean>
  /** The account of the consumers so far. */
  readonly tally: Tally
  /** Gaps that the client does not know of, since they opened behind its consumers. */
  readonly gaps?: number
}
