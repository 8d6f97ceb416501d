/** The whole board as lines: what is known at a moment, in a window of a size. Pure. */
import type { BoardView, WindowSize } from './board-view'
import { truncate } from './display-width'
import { marketTable } from './market-table'
import { countLines, replayLines, titleLines } from './status-lines'
import type { Style } from './style'

/** At most `rows` lines, none wider than `columns`. */
export function renderBoard(view: BoardView, { columns, rows }: WindowSize, style: Style): string[] {
  const head = [...titleLines(view, columns, style), ...replayLines(view, columns, style), '']
  const hint = view.isOver === true ? [] : [style.quiet(truncate('Ctrl-C ends', columns))]
  const foot = ['', ...countLines(view, columns, style), ...hint]
  // The heading of the table takes a line; a single market is shown in any window.
  const room = Math.max(1, rows - head.length - foot.length - 1)
  const hidden = view.markets.length > room ? view.markets.length - (room - 1) : 0
  const shown = view.markets.slice(0, view.markets.length - hidden)
  const table = marketTable(shown, columns, {
    nowMs: view.nowMs,
    style,
    hasPrices: view.hasPrices,
    hasTrades: view.hasTrades,
    hasBooks: view.hasBooks,
  })
  const more = hidden === 0 ? [] : [style.quiet(truncate(`and ${hidden} more markets`, columns))]
  return [...head, ...table, ...more, ...foot].slice(0, Math.max(1, rows))
}
