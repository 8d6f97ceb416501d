/** The live board of a terminal: drawn at most ten times a second, whatever comes. */
import { merge, repeat, ReplaySubject } from 'rxjs'
import { renderBoard } from './board/render-board'
import { Screen } from './board/screen'
import { styleFor } from './board/style'
import type { Ending } from './ending'
import { LiveView } from './live-view'
import { faultText } from './messages'
import type { Output, OutputConfig } from './output'
import { OutletPipe } from './outlet-pipe'

const drawEveryMs = 100

export function boardOutput(config: OutputConfig): Output {
  const { host, upbit } = config
  const failedSubject = new ReplaySubject<Ending>(1)
  const pipe = new OutletPipe(host.stdout, host.environment)
  const style = styleFor(host.env)
  const screen = new Screen(host)
  const live = new LiveView(config, (fault) => failedSubject.next({ code: 1, message: faultText(fault) }))
  const draw = (isOver = false): void => {
    live.turn()
    screen.draw(renderBoard({ ...live.view, isOver }, screen.size, style))
  }
  draw()
  // A timer after each drawing, not an interval: a slow terminal makes the board slower, never busier.
  const drawing = host.environment
    .timer$(drawEveryMs)
    .pipe(repeat())
    .subscribe(() => draw())
  return {
    ended$: merge(failedSubject, pipe.broken$),
    leave() {
      drawing.unsubscribe()
      draw(true)
      live.leave()
    },
    async flush() {
      screen.close()
      await pipe.flushed()
      return true
    },
    get tally() {
      return upbit.accounting()
    },
  }
}
