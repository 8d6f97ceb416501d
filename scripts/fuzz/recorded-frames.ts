/**
 * The frames of recorded traffic, where there is some: JSON Lines, one frame a line, bare or with its time of receipt.
 * The text is cut out of its line and never written anew, since its spelling is what is under test.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byteText } from './byte-text'

/** Every frame below `folder`, as `byte-text.ts` has them; none where there is no such folder. */
export function recordedFrames(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => byteText(frameOf(line)))
}

function frameOf(line: string): string {
  const timed = /^\{"t":[\d.]+,"frame":/.exec(line)
  return timed === null ? line : line.slice(timed[0].length, line.lastIndexOf('}'))
}
