/** What a replay makes of a recording: what it holds, and the lines in memory where virtual time has to have them. */
import { lookThrough } from '../recording/read-recording'
import type { LookedAt } from '../recording/read-recording'
import type { RecordingLine } from '../recording/recording-line'

/** What a recording holds. */
export interface RecordingSummary {
  /** Frames of events. */
  readonly frames: number
  /** Frames that belong to no stream: status and error frames, and those that could not be read. */
  readonly others: number
  /** Lines that cannot be read: damaged, or cut off at the end of the file. */
  readonly unreadable: number
  /** Those of them that a crash cut off. */
  readonly cut: number
  /** Frames that the recorder could not write. */
  readonly lost: number
  /** The time of the first frame, where the recording has times. */
  readonly startMs?: number
  /** From the first frame to the last at speed 1. */
  readonly durationMs: number
  /** Every type and code, in the order of first appearance. */
  readonly keys: readonly { readonly type: string; readonly code: string; readonly frames: number }[]
}

/** A whole recording in memory. */
export interface LoadedRecording {
  readonly lines: readonly RecordingLine[]
  readonly summary: RecordingSummary
}

/** Bare frames have no times; they are replayed this far apart. */
export const bareFrameMs = 10

/** Counts a recording line by line. */
class Summing {
  private readonly counts = new Map<string, { type: string; code: string; frames: number }>()
  private frames = 0
  private others = 0
  private unreadable = 0
  private cut = 0
  private lost = 0
  private startMs: number | undefined
  private firstMs: number | undefined
  private lastMs = 0

  add({ line, isCut }: LookedAt): void {
    if (line === undefined) {
      this.unreadable++
      if (isCut) this.cut++
    } else if (line.kind === 'lost') this.lost += line.frames
    else if (line.kind === 'frame') {
      const { type, code, atMs } = line
      if (type === undefined || code === undefined) this.others++
      else this.addFrame(type, code, atMs)
    }
  }

  get summary(): RecordingSummary {
    const { frames, others, unreadable, cut, lost, startMs, firstMs, lastMs, counts } = this
    return {
      frames,
      others,
      unreadable,
      cut,
      lost,
      ...(startMs === undefined ? {} : { startMs }),
      durationMs: lastMs - (firstMs ?? lastMs),
      keys: [...counts.values()],
    }
  }

  private addFrame(type: string, code: string, givenMs: number | undefined): void {
    const atMs = givenMs ?? this.frames * bareFrameMs
    this.frames++
    this.startMs ??= givenMs
    this.firstMs ??= atMs
    this.lastMs = Math.max(this.lastMs, atMs)
    const key = `${type} ${code}`
    const count = this.counts.get(key)
    if (count === undefined) this.counts.set(key, { type, code, frames: 1 })
    else count.frames++
  }
}

/** The lines of a recording, however large; `undefined` stands for an unreadable one. */
export async function* replayLines(
  file: string | readonly string[],
): AsyncGenerator<RecordingLine | undefined, void> {
  for await (const { line } of lookThrough(file)) yield line
}

/** Reads the whole recording once. */
export async function summarizeRecording(file: string | readonly string[]): Promise<RecordingSummary> {
  const summing = new Summing()
  for await (const looked of lookThrough(file)) summing.add(looked)
  return summing.summary
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
export async function keysOf(file: string | readonly string[]): Promise<RecordingSummary['keys']> {
  return (await summarizeRecording(file)).keys
}

/**
 * Reads a recording into memory, for `createVirtualReplay`: virtual time waits for no disk. Lines that cannot be read are
 * left out, and counted in `summary.unreadable`.
 *
 * @throws Error rejects with the system's own error when the file cannot be read, by `code`: `ENOENT`, `EACCES`, `EISDIR`.
 * @throws UpbitError rejects with `RECORDING_DAMAGED` where compressed data is damaged other than by a cut.
 * @example
 * ```ts
 * import { loadRecording } from 'upbit-rx/testing'
 *
 * const { summary } = await loadRecording('btc.jsonl.gz')
 * console.log(summary.frames, summary.durationMs)
 * ```
 */
export async function loadRecording(file: string | readonly string[]): Promise<LoadedRecording> {
  const summing = new Summing()
  const lines: RecordingLine[] = []
  for await (const looked of lookThrough(file)) {
    summing.add(looked)
    if (looked.line !== undefined) lines.push(looked.line)
  }
  return { lines, summary: summing.summary }
}
