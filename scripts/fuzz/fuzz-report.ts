/** What `npm run fuzz` prints: shares, so that nobody takes an empty proof for one, and failures that can be repeated. */
import type { FrameFailure, FrameReport, Share } from './fuzz-frames'
import type { NumberFailure, NumberReport } from './fuzz-numbers'

/** Longer frames are cut in the middle; `--case` shows what the bytes are. */
const longest = 4_000

const count = (value: number): string => value.toLocaleString('en-US')
const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`

export function frameLines(
  { unmutated, mutated }: FrameReport,
  candidates: readonly string[],
): readonly string[] {
  const shares: readonly (readonly [string, Share])[] = [
    ['of the exchange, as they are', unmutated.exchange],
    ['of recordings, as they are', unmutated.recordings],
    ['mutated', mutated],
  ]
  return shares.flatMap(([what, { cases, plain, recognised }]) => [
    `frames ${what}: ${count(cases)}, of which the slow way reads ${count(plain)} as one event`,
    ...candidates.map((name) => {
      const taken = recognised[name] ?? 0
      return `  ${name} recognised ${percent(taken, cases)}, ${percent(taken, plain)} of these`
    }),
  ])
}

export function numberLines(report: NumberReport, candidates: readonly string[]): readonly string[] {
  const { cases, valid, recognised } = report
  return [
    `numbers: ${count(cases)}, of which JSON.parse takes ${count(valid)}`,
    ...candidates.map((name) => `  ${name} recognised ${percent(recognised[name] ?? 0, valid)} of these`),
  ]
}

export function frameFailureLines(seed: number, failure: FrameFailure): readonly string[] {
  const { candidate, found, why, fast, slow } = failure
  return [
    `✘ ${candidate}: ${why}`,
    `  case   ${found.id}${found.done.length === 0 ? '' : ` (${found.done.join(', ')})`}`,
    `  frame  ${shownBytes(found.bytes)}`,
    `  fast   ${shownValue(fast)}`,
    `  slow   ${slow.map(shownValue).join('; ')}`,
    `  again  npm run fuzz -- --seed ${seed} --case ${found.id}`,
  ]
}

export function numberFailureLines(seed: number, failure: NumberFailure): readonly string[] {
  const { candidate, id, text, why } = failure
  return [
    `✘ ${candidate}: ${why}`,
    `  text   ${shortened(JSON.stringify(text))}`,
    `  again  npm run fuzz -- --seed ${seed} --case ${id}`,
  ]
}

/** Printable ASCII as it is, every other byte as `\xNN`. */
function shownBytes(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  return shortened(text.join(''))
}

function shownValue(value: unknown): string {
  return shortened(value === undefined ? 'not recognised' : JSON.stringify(value))
}

function shortened(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest / 2)} … ${text.slice(-longest / 2)} (${text.length} characters)`
}
