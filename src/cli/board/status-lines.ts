/** The lines of a board that are no market: where the events come from, how the connection is, what it all counts. */
import type { ConnectionStatus } from '../../connection/status'
import type { BoardView } from './board-view'
import { displayWidth, truncate } from './display-width'
import type { Piece } from './flow'
import { flow } from './flow'
import { formatAge, formatClock, formatNumber } from './number-format'
import type { Paint, Style } from './style'

/** Badges and title on the left, the connection on the right; under each other where the window is narrow. */
export function titleLines(view: BoardView, width: number, style: Style): string[] {
  const { badges, title, status, nowMs, startedMs } = view
  const paints: Readonly<Record<string, Paint>> = { SIMULATED: style.simulated, REPLAY: style.replay }
  const marks: Piece[] = badges.map((badge) => ({ text: ` ${badge} `, paint: paints[badge] ?? style.strong }))
  const taken = marks.reduce((sum, { text }) => sum + text.length + 1, 0)
  const name: Piece = { text: truncate(title, Math.max(8, width - taken)), paint: style.strong }
  const [left = '', ...under] = flow([...marks, name], width, ' ')
  const state = [statePiece(status, nowMs, style), { text: `up ${formatClock(nowMs - startedMs)}` }]
  const leftWidth = under.length > 0 ? width : taken + displayWidth(name.text)
  const rightWidth = state.reduce((sum, { text }) => sum + displayWidth(text), 0) + 3
  if (leftWidth + 3 + rightWidth > width) return [left, ...under, ...flow(state, width)]
  return [`${left}${' '.repeat(width - leftWidth - rightWidth)}${flow(state, width)[0] ?? ''}`]
}

function statePiece(status: ConnectionStatus, nowMs: number, style: Style): Piece {
  switch (status.state) {
    case 'live':
      return { text: `● live, epoch ${status.epoch}`, paint: style.good }
    case 'connecting':
      return { text: `○ connecting, attempt ${status.attempt}`, paint: style.warning }
    case 'waiting': {
      const leftMs = Math.max(0, status.retryAtMs - nowMs)
      return { text: `○ waiting (${status.reason}), again in ${formatAge(leftMs)}`, paint: style.bad }
    }
    case 'idle':
      return { text: '○ idle', paint: style.quiet }
    case 'closed':
      return { text: '○ closed', paint: style.quiet }
  }
}

const barMost = 40
const barLeast = 8
const gap = '   '

/** How far a replay has come: a bar, frames sent of those wanted, speed, time left. */
export function replayLines({ replay }: BoardView, width: number, style: Style): string[] {
  if (replay === undefined) return []
  const { passed, total, sent, wanted, positionMs, durationMs, speed } = replay
  const share = total === 0 ? 1 : passed / total
  const leftMs = (durationMs - positionMs) / speed
  const count = (value: number): string => formatNumber(value, 0)
  const words = [
    `${count(sent)}/${count(wanted)} sent`,
    `${Math.floor(share * 100)}%`,
    `speed ${speed}x`,
    passed === total ? 'done' : `ETA ${formatClock(leftMs + 999)}`,
  ]
  const joined = words.join(gap)
  const barWidth = Math.min(barMost, width - joined.length - gap.length)
  if (barWidth < barLeast)
    return flow(
      words.map((text) => ({ text })),
      width,
    )
  const filled = Math.round(barWidth * share)
  return [`${style.filled(' '.repeat(filled))}${style.empty(' '.repeat(barWidth - filled))}${gap}${joined}`]
}

const problemLines = 3

/** The counts, then the last problem in words. */
export function countLines({ counts, problem, nowMs }: BoardView, width: number, style: Style): string[] {
  const { perSecond, lagMs, queue, dropped, gaps, errors } = counts
  const whole = (value: number): string => formatNumber(value, 0)
  const loss = (name: string, value: number): Piece => ({
    text: `${name} ${whole(value)}`,
    ...(value > 0 ? { paint: style.bad } : {}),
  })
  const lines = flow(
    [
      { text: `events/s ${whole(perSecond)}` },
      { text: `lag ${lagMs === undefined ? '-' : `${whole(lagMs)} ms`}` },
      { text: `queue ${whole(queue)}` },
      loss('drops', dropped),
      loss('gaps', gaps),
      loss('errors', errors),
    ],
    width,
  )
  if (problem === undefined) return lines
  const ago = `${formatAge(nowMs - problem.atMs)} ago: `
  const words = `! ${ago}${problem.text}`.split(' ').map((text) => ({ text }))
  const wrapped = flow(words, width, ' ').slice(0, problemLines)
  return [...lines, ...wrapped.map((line) => style.warning(line))]
}
