/**
 * Reads recordings line by line, however large: plain or gzip by their content, whole or cut off by a crash, one file or
 * a rotated set.
 */
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { UpbitError } from '../base/errors'
import { gunzipMembers } from './gzip-members'
import { filesOf, isGzipContent } from './recording-files'
import type { RecordingLine } from './recording-line'
import { parseLine } from './recording-line'

/** Options of `readRecording`. */
export interface ReadRecordingOptions {
  /** What becomes of a line that cannot be read: the error ends the reading, or the line is left out. Default `error`. */
  readonly damaged?: 'error' | 'skip'
}

/** A line that was looked at, readable or not. */
export interface LookedAt {
  readonly file: string
  /** 1 for the first of its file. */
  readonly number: number
  /** `undefined` where it cannot be read. */
  readonly line: RecordingLine | undefined
  /** It cannot be read because a crash cut it off: the last of its file, or the last before the recording went on. */
  readonly isCut: boolean
}

/**
 * The lines of a recording, oldest first: of one made by `record`, and of any JSON Lines with a frame a line, bare or as
 * `{"t":ms,"frame":{…}}`. `file` may be the name that a rotated recording was given, or a list of files. Lazy; leaving
 * the loop closes the file. A last line that a crash cut off is left out, in gzip too.
 *
 * @throws UpbitError rejects with `RECORDING_DAMAGED` at a line that cannot be read, with file and line in `path`.
 * @throws Error rejects with the system's own error when a file cannot be read, by `code`: `ENOENT`, `EACCES`, `EISDIR`.
 * @example
 * ```ts
 * import { readRecording } from 'upbit-rx/record'
 *
 * for await (const line of readRecording('btc.jsonl.gz')) {
 *   if (line.kind === 'frame') console.log(line.atMs, line.type, line.code, line.text)
 * }
 * ```
 */
export async function* readRecording(
  file: string | readonly string[],
  { damaged = 'error' }: ReadRecordingOptions = {},
): AsyncGenerator<RecordingLine, void> {
  for await (const { file: name, number, line, isCut } of lookThrough(file)) {
    if (line !== undefined) yield line
    else if (damaged === 'error' && !isCut) throw damagedAt(name, number)
  }
}

/** Every line that is not empty. */
export async function* lookThrough(file: string | readonly string[]): AsyncGenerator<LookedAt, void> {
  for (const name of typeof file === 'string' ? filesOf(file) : file) yield* lookThroughFile(name)
}

async function* lookThroughFile(file: string): AsyncGenerator<LookedAt, void> {
  let number = 0
  let unread: LookedAt | undefined
  try {
    for await (const { text, isEnded } of linesOf(contentOf(file))) {
      number++
      if (text.trim() === '') continue
      const line = parseLine(text)
      // A recording that went on after a crash begins anew behind the line that the crash cut off.
      if (unread !== undefined) yield { ...unread, isCut: line?.kind === 'begin' }
      unread = undefined
      if (line !== undefined) yield { file, number, line, isCut: false }
      else unread = { file, number, line, isCut: !isEnded }
    }
  } catch (cause) {
    throw isZlibError(cause) ? damagedAt(file, number + 1, cause) : cause
  }
  if (unread !== undefined) yield unread
}

function damagedAt(file: string, number: number, cause?: unknown): UpbitError {
  return new UpbitError('RECORDING_DAMAGED', `Line ${number} of ${file} is no line of a recording.`, {
    path: `${file}:${number}`,
    nextStep:
      cause === undefined
        ? "Mend or remove the line, or pass { damaged: 'skip' } to go on without it."
        : 'The compressed data is damaged there, so nothing behind it can be read.',
    ...(cause === undefined ? {} : { cause }),
  })
}

async function* contentOf(file: string): AsyncGenerator<Buffer, void> {
  const chunks = createReadStream(file)[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>
  try {
    const next = await chunks.next()
    if (next.done === true) return
    const first = next.value
    const all = concat(first, chunks)
    // By its content, not by its name, which others may have given.
    yield* isGzipContent(first[0]) ? gunzipMembers(all) : all
  } finally {
    await chunks.return?.()
  }
}

async function* concat(first: Buffer, more: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  yield first
  yield* more
}

async function* linesOf(
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly text: string; readonly isEnded: boolean }, void> {
  const decoder = new StringDecoder('utf8')
  // Joined when its end is there: a line of megabytes comes in many chunks.
  let parts: string[] = []
  for await (const chunk of chunks) {
    const text = decoder.write(chunk)
    let from = 0
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      parts.push(text.slice(from, at))
      yield { text: parts.join(''), isEnded: true }
      parts = []
      from = at + 1
    }
    parts.push(text.slice(from))
  }
  parts.push(decoder.end())
  const last = parts.join('')
  if (last !== '') yield { text: last, isEnded: false }
}

function isZlibError(cause: unknown): boolean {
  return /^Z_/.test(String((cause as NodeJS.ErrnoException | null)?.code))
}
