/**
 * Checks a finished `watch --json` by its two outputs, given as files: events came, each line is one, and the summary
 * at the end of stderr accounts for every frame and for every line (C6.2, C13).
 */
import { readFileSync } from 'node:fs'

const [eventsFile, summaryFile] = process.argv.slice(2)
if (eventsFile === undefined || summaryFile === undefined) {
  console.error('usage: check-run EVENTS_FILE SUMMARY_FILE')
  process.exit(2)
}

const problems: string[] = []
const lines = readFileSync(eventsFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
const lineTypes = new Map<string, number>()
for (const [index, line] of lines.entries()) {
  const event = parse(line)
  if (typeof event?.['type'] !== 'string' || typeof event['epoch'] !== 'number')
    problems.push(`line ${index + 1} of stdout is no event: ${line.slice(0, 120)}`)
  else lineTypes.set(event['type'], (lineTypes.get(event['type']) ?? 0) + 1)
}

const lastLine = readFileSync(summaryFile, 'utf8').trimEnd().split('\n').at(-1) ?? ''
const summary = parse(lastLine)
if (summary === undefined) problems.push(`stderr does not end with a summary: ${lastLine.slice(0, 120)}`)

const count = (name: string): number => {
  const value = summary?.[name]
  if (typeof value === 'number') return value
  problems.push(`the summary does not count ${name}`)
  return Number.NaN
}

if (summary !== undefined) {
  const [delivered, discarded] = [count('delivered'), count('discarded')]
  equal('events', count('events') > 0, true)
  equal('rejected frames', count('rejected'), 0)
  equal('failed', count('failed'), 0)
  equal('dropped', count('dropped'), 0)
  equal('received = decoded + rejected', count('received'), count('decoded') + count('rejected'))
  equal('lines of stdout = delivered', lines.length, delivered)
  equal(
    'events = duplicate + stale + unrouted + what consumers were offered',
    count('events'),
    count('duplicate') +
      count('stale') +
      count('unrouted') +
      (delivered + count('failed') + count('coalesced') + count('dropped') + discarded),
  )
  const byType = summary['byType']
  if (typeof byType !== 'object' || byType === null) problems.push('the summary does not count byType')
  else
    for (const [type, number] of lineTypes)
      equal(`lines of ${type}`, number, (byType as Record<string, unknown>)[type])
}

for (const problem of problems.slice(0, 20)) console.error(problem)
console.log(
  problems.length === 0
    ? `run: ${lines.length} events on stdout (${[...lineTypes].map(([type, n]) => `${type} ${n}`).join(', ')}), all accounted for`
    : `run: ${problems.length} problems; summary: ${lastLine.slice(0, 600)}`,
)
process.exitCode = problems.length === 0 ? 0 : 1

function equal(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) problems.push(`${what}: ${String(actual)}, expected ${String(expected)}`)
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
