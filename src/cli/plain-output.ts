/** Where there is no terminal: one compact line a market, once a second, without any control sequence. */
import { merge, repeat, ReplaySubject } from 'rxjs'
import type { Ending } from './ending'
import { LiveView } from './live-view'
import { faultText } from './messages'
import type { Output, OutputConfig } from './output'
import { OutletPipe } from './outlet-pipe'
import { plainHeading, plainLines } from './plain-lines'

const tellEveryMs = 1000

export function plainOutput(config: OutputConfig): Output {
  const { host, upbit } = config
  const failedSubject = new ReplaySubject<Ending>(1)
  const pipe = new OutletPipe(host.stdout, host.environment)
  const live = new LiveView(config, (fault) => failedSubject.next({ code: 1, message: faultText(fault) }))
  const write = (lines: readonly string[]): void => void pipe.write(lines.map((line) => `${line}\n`).join(''))
  let told = -1
  const tell = (): void => {
    live.turn()
    // The present is told again in a second: a reader that is behind misses a line, not a state.
    if (pipe.isFull) return
    const { view } = live
    told = view.counts.events
    write(plainLines(view))
  }
  write([plainHeading(live.view)])
  const telling = host.environment.timer$(tellEveryMs).pipe(repeat()).subscribe(tell)
  return {
    ended$: merge(failedSubject, pipe.broken$),
    leave() {
      telling.unsubscribe()
      if (upbit.accounting().events > told) tell()
      live.leave()
    },
    async flush() {
      await pipe.flushed()
      return true
    },
    get tally() {
      return upbit.accounting()
    },
  }
}
