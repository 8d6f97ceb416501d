/**
 * `--json`: one event a line. Between the streams and stdout stands the library's own bounded buffer, one for all types,
 * so that the order of arrival holds over all of them; a reader that cannot keep up is told, never given less.
 */
import { firstValueFrom, from, map, merge, ReplaySubject } from 'rxjs'
import { Delivery } from '../operators/delivery'
import type { PublicEvent } from '../protocol/events'
import type { Ending } from './ending'
import { events$ } from './event-streams'
import { faultText } from './messages'
import type { Output, OutputConfig } from './output'
import { OutletPipe } from './outlet-pipe'

/** Events that may wait for stdout (C13). */
const capacity = 10_000
/** After an overflow the reader gets what waits, as long as it reads at all. */
const patienceMs = 1000

export function jsonOutput({ upbit, wanted, host }: OutputConfig): Output {
  const endedSubject = new ReplaySubject<Ending>(1)
  const pipe = new OutletPipe(host.stdout, host.environment)
  // Not in the middle of a frame, whose account is not closed yet: what else is in hand comes to the same end.
  const end = (ending: Ending): void => queueMicrotask(() => endedSubject.next(ending))
  let drained = (): void => {}
  const whenDrained = new Promise<void>((resolve) => (drained = resolve))
  const queue = new Delivery<PublicEvent>({
    deliver: (event) => pipe.write(`${JSON.stringify(event)}\n`),
    capacity,
    overflow: 'error',
    onDrop: () => end({ code: 1, message: overflowMessage, patienceMs }),
    onDrained: () => drained(),
    onOverflow: () => drained(),
  })
  const receiving = events$(upbit, wanted).subscribe({
    next: (event) => queue.offer(event),
    error: (fault: unknown) => end({ code: 1, message: faultText(fault) }),
  })
  // Nobody reads any more: what waits, and what comes, is discarded.
  const watching = pipe.broken$.subscribe((ending) => {
    queue.discard(true)
    drained()
    endedSubject.next(ending)
  })
  return {
    ended$: endedSubject.asObservable(),
    leave: () => receiving.unsubscribe(),
    async flush({ patienceMs: limitMs }) {
      queue.finish()
      const stuck$ = pipe.stuck$(limitMs, () => queue.tally.delivered)
      const out$ = from(whenDrained.then(() => pipe.flushed()))
      const isOut = await firstValueFrom(merge(stuck$.pipe(map(() => false)), out$.pipe(map(() => true))))
      watching.unsubscribe()
      queue.discard(true)
      return isOut
    },
    get tally() {
      return queue.tally
    },
    get gaps() {
      // The run of drops at its end, as of any consumer of the client.
      return queue.tally.dropped > 0 ? 1 : 0
    },
  }
}

const overflowMessage =
  `The reader of stdout fell ${capacity.toLocaleString('en-US')} events behind, so the next one was lost. ` +
  'Watch fewer markets or types, or write to a file and read that.'
