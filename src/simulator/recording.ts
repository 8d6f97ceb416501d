/**
 * Recordings: JSON Lines, one frame a line, either bare or as `{"t":ms,"frame":{...}}` with the time of receipt.
 * The frame's text is cut out of the line, never parsed and written again: its spelling is what a replay is for.
 */
import { createReadStream } from 'node:fs'

/** One frame of a recording. */
export interface RecordedFrame {
  readonly type: string
  readonly code: string
  /** Time of receipt in ms, where the recording has one. */
  readonly atMs?: number
  /** The frame exactly as recorded. */
  readonly text: string
}

/** What a recording holds. */
export interface RecordingSummary {
  readonly frames: number
  /** Lines that hold no frame of a known shape: damaged, or cut off at the end of the file. */
  readonly unreadable: number
  /** From the first frame to the last at speed 1. */
  readonly durationMs: number
  /** Every type and code, in the order of first appearance. */
  readonly keys: readonly { readonly type: string; readonly code: string; readonly frames: number }[]
}

/** Bare frames have no times; they are replayed this far apart. */
export const bareFrameMs = 10

const timedLine = /^\s*\{\s*"t"\s*:\s*([-+\d.eE]+)\s*,\s*"frame"\s*:\s*/

/** The frame of a line; `undefined` where there is none. */
export function parseLine(line: string): RecordedFrame | undefined {
  const timed = timedLine.exec(line)
  const text = timed === null ? line.trim() : line.slice(timed[0].length, line.lastIndexOf('}')).trimEnd()
  const key = keyOf(text)
  return key === undefined
    ? undefined
    : { ...key, text, ...(timed === null ? {} : { atMs: Number(timed[1]) }) }
}

function keyOf(text: string): { type: string; code: string } | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  // A list frame goes to the subscribers of its first element.
  const frame = (Array.isArray(parsed) ? parsed[0] : parsed) as
    Readonly<Record<string, unknown>> | null | undefined
  const type = frame?.type ?? frame?.ty
  const code = frame?.code ?? frame?.cd
  return typeof type === 'string' && typeof code === 'string' ? { type, code } : undefined
}

/** Reads a recording line by line, however large; `undefined` stands for an unreadable line. */
export async function* readRecording(file: string): AsyncGenerator<RecordedFrame | undefined, void> {
  let rest = ''
  // Not `readline`, which lets an error of its input escape.
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield parseLine(line)
  }
  if (rest.trim() !== '') yield parseLine(rest)
}

/** Reads the whole recording once. */
export async function summarizeRecording(file: string): Promise<RecordingSummary> {
  const counts = new Map<string, { type: string; code: string; frames: number }>()
  let frames = 0
  let unreadable = 0
  let firstMs: number | undefined
  let lastMs = 0
  for await (const frame of readRecording(file)) {
    if (frame === undefined) {
      unreadable++
      continue
    }
    const { type, code, atMs = frames * bareFrameMs } = frame
    frames++
    firstMs ??= atMs
    lastMs = Math.max(lastMs, atMs)
    const key = `${type} ${code}`
    const count = counts.get(key)
    if (count === undefined) counts.set(key, { type, code, frames: 1 })
    else count.frames++
  }
  return { frames, unreadable, durationMs: lastMs - (firstMs ?? lastMs), keys: [...counts.values()] }
}

/**
 * The types and codes of a recording, in the order of their first frames.
 *
 * @example
 * ```ts
 * import { keysOf } from 'upbit-rx/testing'
 *
 * await keysOf('recording.jsonl') // [{ type: 'orderbook', code: 'KRW-IQ', frames: 81 }, ...]
 * ```
 */
export async function keysOf(file: string): Promise<RecordingSummary['keys']> {
  return (await summarizeRecording(file)).keys
}
