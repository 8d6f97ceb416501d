/**
 * `npm run fuzz`: the proof that the fast way decides nothing of its own. What one of `fuzz/candidates.ts` recognises,
 * the slow way must read as the same one event, on a million frames that were damaged in every way that comes to mind.
 */
import { join } from 'node:path'
import { frameCandidates, numberCandidates } from './fuzz/candidates'
import type { SourceFrame } from './fuzz/corpus'
import { corpus } from './fuzz/corpus'
import { exchangeFrames } from './fuzz/exchange-frames'
import { frameCase, fuzzFrames, judge, newShare, teach } from './fuzz/fuzz-frames'
import { fuzzNumbers, judgeNumber, newNumberReport, numberText } from './fuzz/fuzz-numbers'
import { frameFailureLines, frameLines, numberFailureLines, numberLines } from './fuzz/fuzz-report'
import type { FuzzOptions } from './fuzz/options'
import { parseFuzzOptions, usage } from './fuzz/options'
import { recordedFrames } from './fuzz/recorded-frames'

const root = join(import.meta.dirname, '..')
const recordings = join(process.env['UPBIT_RECORDINGS'] ?? join(root, '..', 'shared', 'recordings'), 'ws')

let options: FuzzOptions
try {
  options = parseFuzzOptions(process.argv.slice(2), Date.now())
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`)
  process.exit(2)
}
process.exitCode = options.help ? help() : run(options)

function help(): number {
  console.log(usage)
  return 0
}

/** Prints what was found and returns the exit code. */
function run({ seed, runs, numbers, only }: FuzzOptions): number {
  const startMs = performance.now()
  console.log(`fuzz: seed ${seed}`)
  const frames = corpus(exchangeFrames(), recordedFrames(recordings))
  if (only !== undefined) return repeat(seed, frames, only.kind, only.index)

  const names = frameCandidates.map(({ name }) => name)
  const numberNames = numberCandidates.map(({ name }) => name)
  const report = fuzzFrames({
    seed,
    runs,
    frames,
    candidates: frameCandidates,
    progress: (done) => tell(done, runs),
  })
  clear()
  const numberReport = fuzzNumbers({ seed, runs: numbers, candidates: numberCandidates })
  const failures = [
    ...report.failures.map((failure) => frameFailureLines(seed, failure)),
    ...numberReport.failures.map((failure) => numberFailureLines(seed, failure)),
  ]
  for (const line of frameLines(report, names)) console.log(line)
  if (report.unmutated.recordings.cases === 0)
    console.log(`  no recordings in ${recordings} or UPBIT_RECORDINGS`)
  for (const line of numberLines(numberReport, numberNames)) console.log(line)
  for (const lines of failures) console.log(`\n${lines.join('\n')}`)
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  console.log(
    failures.length === 0 ? `fuzz: all the same, ${seconds} s` : `\nfuzz: ${failures.length} failures`,
  )
  return failures.length === 0 ? 0 : 1
}

function repeat(seed: number, frames: readonly SourceFrame[], kind: string, index: number): number {
  if (kind === 'number') {
    const report = newNumberReport()
    const text = numberText(seed, index)
    judgeNumber(`number:${index}`, text, numberCandidates, report)
    console.log(`number:${index} is ${JSON.stringify(text)}`)
    for (const failure of report.failures) console.log(numberFailureLines(seed, failure).join('\n'))
    if (report.failures.length === 0) console.log('all the same')
    return report.failures.length === 0 ? 0 : 1
  }
  const found = frameCase(seed, frames, kind, index)
  if (found === undefined) {
    console.error(`there are ${frames.length} frames, no ${kind}:${index}`)
    return 2
  }
  teach(frames, frameCandidates)
  const failures = judge(found, frameCandidates, newShare())
  for (const failure of failures) console.log(frameFailureLines(seed, failure).join('\n'))
  if (failures.length === 0) {
    console.log(`${found.id}: all the same\n${Buffer.from(found.bytes).toString()}`)
    console.log(`a reader that learns may need what came before: --seed ${seed} --runs ${index + 1}`)
  }
  return failures.length === 0 ? 0 : 1
}

function tell(done: number, runs: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r\x1b[K${done.toLocaleString('en-US')} of ${runs.toLocaleString('en-US')} frames`)
  else if (done % 100_000 === 0) process.stderr.write(`${done.toLocaleString('en-US')} frames\n`)
}

function clear(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}
