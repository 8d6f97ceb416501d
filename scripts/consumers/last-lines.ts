/** The end of a log, where tools say what went wrong. */
import { existsSync, readFileSync } from 'node:fs'

const shownLines = 60

export function lastLines(log: string): string {
  if (!existsSync(log)) return ''
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return lines
    .slice(-shownLines)
    .map((line) => `    ${line}`)
    .join('\n')
}
