/**
 * Real traffic for specs: recordings of the exchange, and sample messages of every kind. Neither is part of the
 * project; both are looked for beside it (`../shared/recordings`, or the folder that UPBIT_RECORDINGS names, and
 * `../shared/upbit-api/frames.jsonl`). A spec without its input is skipped, and its title says what was missing.
 *
 * The text of a frame is cut out of its line, never parsed and written again: its spelling is what is under test.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const beside = join(__dirname, '..', '..', '..', 'shared')
const recordings = process.env.UPBIT_RECORDINGS ?? join(beside, 'recordings')
const samples = join(beside, 'upbit-api', 'frames.jsonl')

/** One frame of a recording. */
export interface RecordedText {
  readonly text: string
  /** Time of receipt in ms, where the recorder noted it. */
  readonly receivedAt?: number
}

/** One message of the collection of samples. */
export interface Sample {
  readonly about: string
  readonly direction: 'in' | 'out'
  readonly endpoint: 'public' | 'private' | 'info' | 'any'
  readonly text: string
}

/** A spec that needs the recordings. */
export const itWithRecordings = existsSync(join(recordings, 'ws'))
  ? it
  : skipping('no recordings in ../shared/recordings or UPBIT_RECORDINGS')

/** A spec that needs the collection of sample messages. */
export const itWithSamples = existsSync(samples) ? it : skipping('no ../shared/upbit-api/frames.jsonl')

function skipping(why: string): (title: string, test: () => unknown, timeoutMs?: number) => void {
  // eslint-disable-next-line no-restricted-properties -- the recordings are no part of the repository: with them it runs
  return (title, test) => it.skip(`${title} (skipped: ${why})`, () => void test())
}

/** Where a recording is, `ws/….jsonl`; or the folder of them all, `ws`. */
export function recordingPath(name: string): string {
  return join(recordings, name)
}

/** Every frame of a recording, in order. */
export function readRecording(name: string): readonly RecordedText[] {
  return lines(recordingPath(name)).map((line) => {
    const timed = /^\{"t":([\d.]+),"frame":/.exec(line)
    return timed === null
      ? { text: line }
      : { text: line.slice(timed[0].length, line.lastIndexOf('}')), receivedAt: Number(timed[1]) }
  })
}

/** Every sample message, in order; a sample that is a JSON string is the exact text of a message that is no JSON. */
export function readSamples(): readonly Sample[] {
  const mark = '"frame":'
  return lines(samples).map((line) => {
    const { about, direction, endpoint, frame } = JSON.parse(line)
    const text = line.slice(line.indexOf(mark) + mark.length, line.lastIndexOf('}'))
    return { about, direction, endpoint, text: typeof frame === 'string' ? frame : text }
  })
}

function lines(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
