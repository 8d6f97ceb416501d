/** What of a recording is not replayed, in words: lines that a crash cut off, and lines that cannot be read. */
import type { RecordingSummary } from '../simulator/recording'

export function leftOut({
  unreadable,
  cut,
}: Pick<RecordingSummary, 'unreadable' | 'cut'>): readonly string[] {
  const lines: string[] = []
  if (cut > 0) lines.push(cutText(cut))
  if (unreadable > cut) lines.push(damagedText(unreadable - cut))
  return lines
}

/** One that went on after a crash may have been cut off more than once. */
function cutText(cut: number): string {
  return cut === 1
    ? 'The recording was cut off in the middle of a line, as by a crash; that line is left out.'
    : `The recording was cut off ${cut} times in the middle of a line, as by a crash; those lines are left out.`
}

function damagedText(damaged: number): string {
  return damaged === 1
    ? '1 line of the recording cannot be read and is left out.'
    : `${damaged} lines of the recording cannot be read and are left out.`
}
