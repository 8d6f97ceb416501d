/**
 * The lines of a recording: JSON Lines, one thing that happened a line. Written here and read here, so that the two
 * cannot drift apart; `docs/guides/recording.md` has them as a table.
 *
 * The text of a frame is written into its line, and cut out of it, as it is: its spelling is what a replay is for.
 */
import { frameKeyOf } from './frame-key'

/** A frame of the exchange. */
export interface FrameLine {
  readonly kind: 'frame'
  /** Time of receipt in ms, the `received_at` of its events; absent where the recording has none. */
  readonly atMs?: number
  /** 1 for the main connection. */
  readonly connection: number
  /** Exactly as it came; where it was no UTF-8, with U+FFFD for what could not be read. */
  readonly text: string
  /** Exactly as it came, where it was no UTF-8. */
  readonly bytes?: Uint8Array
  /** Of an event's frame. */
  readonly type?: string
  readonly code?: string
  /** Of an order book's frame that names it. */
  readonly level?: number
}

/** A socket opened, or was open when the recording, or this file of it, began. */
export interface OpenedLine {
  readonly kind: 'opened'
  readonly atMs: number
  readonly connection: number
  readonly epoch: number
  readonly host: string
  /** When it opened, where that was before this file. */
  readonly sinceMs?: number
}

/** A request of the client; at the beginning of a file that is not the first, the one in force. */
export interface SentLine {
  readonly kind: 'sent'
  readonly atMs: number
  readonly connection: number
  readonly text: string
}

/** A socket closed. */
export interface ClosedLine {
  readonly kind: 'closed'
  readonly atMs: number
  readonly connection: number
  readonly epoch: number
  /** `client`: nobody listened any more, or the application shut down. */
  readonly by: 'client' | 'exchange'
  /** 1006 where it ended without a close frame. */
  readonly code?: number
  readonly reason?: string
}

/** Frames that were not written, because the disk was slower than the exchange. */
export interface LostLine {
  readonly kind: 'lost'
  readonly atMs: number
  readonly frames: number
  /** When the first of them came. */
  readonly fromMs: number
}

/** A file of a recording begins. */
export interface BeginLine {
  readonly kind: 'begin'
  readonly atMs: number
  readonly version: number
}

/** The recording was ended orderly: what it holds is all that there was to write. */
export interface EndLine {
  readonly kind: 'end'
  readonly atMs: number
  readonly frames: number
  readonly lost: number
}

/** One line of a recording, told apart by `kind`. */
export type RecordingLine = FrameLine | OpenedLine | SentLine | ClosedLine | LostLine | BeginLine | EndLine

/** A line without its line end, for what is no frame (`frameLineText`). */
export function lineText(line: Exclude<RecordingLine, FrameLine>): string {
  const { kind, atMs, connection, ...what } = { connection: 1, ...line }
  return JSON.stringify({ t: atMs, ...(connection === 1 ? {} : { c: connection }), [kind]: what })
}

/** The line of a frame: its text as it is where that is JSON in one line, else as a JSON string; base64 where it is no text. */
export function frameLineText(frame: Pick<FrameLine, 'connection' | 'text' | 'bytes'>, atMs: number): string {
  const { connection, text, bytes } = frame
  // The first connection goes without saying, so that the usual line is the one that others read and write too.
  const head = `{"t":${atMs},${connection === 1 ? '' : `"c":${connection},`}`
  if (bytes !== undefined) return `${head}"bytes":"${base64Of(bytes)}"}`
  return isPlain(text) ? `${head}"frame":${text}}` : `${head}"text":${JSON.stringify(text)}}`
}

const head = /^\s*\{\s*"t"\s*:\s*(-?\d[\d.eE+-]*)\s*,\s*(?:"c"\s*:\s*(\d+)\s*,\s*)?"([a-z]+)"\s*:\s*/

/** The last moment that a `Date` can hold, ms. */
const lastMs = 8.64e15

/** What a line says; `undefined` where it is no line of a recording. A line without a head is a bare frame. */
export function parseLine(line: string): RecordingLine | undefined {
  const found = head.exec(line)
  if (found === null) return frameOf(line.trim(), {}, 1)
  const [{ length }, t, c, name = ''] = found
  const atMs = Number(t)
  const connection = c === undefined ? 1 : Number(c)
  // A time that no clock has would be waited for for ever; it may be no number either, as 1.2.3.
  if (!(Math.abs(atMs) <= lastMs) || !Number.isSafeInteger(connection)) return undefined
  if (name !== 'frame') return parseOther(line, name, atMs, connection)
  const end = line.lastIndexOf('}')
  if (end < length || line.slice(end + 1).trim() !== '') return undefined
  return frameOf(line.slice(length, end).trimEnd(), { atMs }, connection)
}

function parseOther(line: string, name: string, atMs: number, connection: number): RecordingLine | undefined {
  const value = (parse(line) as Readonly<Record<string, unknown>> | undefined)?.[name]
  if (value === undefined) return undefined
  switch (name) {
    case 'text':
      return typeof value === 'string' ? keyed({ kind: 'frame', atMs, connection, text: value }) : undefined
    case 'bytes': {
      if (typeof value !== 'string') return undefined
      const bytes = bytesOf(value)
      return { kind: 'frame', atMs, connection, text: new TextDecoder().decode(bytes), bytes }
    }
    default: {
      const needed = Object.hasOwn(needs, name) ? needs[name as keyof typeof needs] : undefined
      if (needed === undefined || !isBag(value)) return undefined
      if (needed.some(([key, type]) => typeof value[key] !== type)) return undefined
      const at = ofConnection.has(name) ? { atMs, connection } : { atMs }
      return { ...value, kind: name, ...at } as unknown as RecordingLine
    }
  }
}

const ofConnection: ReadonlySet<string> = new Set(['opened', 'sent', 'closed'])

/** What a line of each kind has at least. */
const needs = {
  opened: [
    ['epoch', 'number'],
    ['host', 'string'],
  ],
  sent: [['text', 'string']],
  closed: [
    ['epoch', 'number'],
    ['by', 'string'],
  ],
  lost: [
    ['frames', 'number'],
    ['fromMs', 'number'],
  ],
  begin: [['version', 'number']],
  end: [
    ['frames', 'number'],
    ['lost', 'number'],
  ],
} as const

function frameOf(text: string, at: { atMs?: number }, connection: number): FrameLine | undefined {
  const value = parse(text)
  if (typeof value !== 'object' || value === null) return undefined
  return { kind: 'frame', ...at, connection, text, ...frameKeyOf(value) }
}

function keyed(line: FrameLine): FrameLine {
  return { ...line, ...frameKeyOf(parse(line.text)) }
}

/** Whether the text can stand in a line as it is, and come out of it as it was. */
function isPlain(text: string): boolean {
  // A lone surrogate has no bytes of its own.
  if (!/^(?:\{.*\}|\[.*\])$/.test(text) || /\p{Surrogate}/u.test(text)) return false
  return parse(text) !== undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isBag(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
