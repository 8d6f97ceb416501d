/**
 * A state (ticker, order book) that is not decoded yet, with the little that order and routing need of it, read from
 * the bytes: both ends of a frame are enough, since the exchange writes the time of publication near one of them.
 */
import type { FrameBytes } from './frame-bytes'
import { cursor } from './fused/cursor'
import { readMilliseconds, readNumber } from './fused/read-number'
import type { KeySpelling } from './guard'

/** What is known of a state without decoding it. */
export interface StateHead {
  readonly type: 'ticker' | 'orderbook'
  readonly code: string
  /** Price grouping of an order book, 0 for none. */
  readonly level: number
  readonly timestamp: number
  readonly stream_type: 'SNAPSHOT' | 'REALTIME'
  readonly epoch: number
  readonly received_at: number
}

export interface StateFrame extends StateHead {
  /** The whole frame; the socket's memory, so only valid in this turn. */
  readonly bytes: Uint8Array
}

interface Marks {
  readonly level: Uint8Array
  readonly streamTypes: readonly (readonly ['SNAPSHOT' | 'REALTIME', Uint8Array])[]
  readonly timestamp: Uint8Array
}

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const marksOf = (level: string, streamType: string, timestamp: string): Marks => ({
  level: bytesOf(`,"${level}":`),
  streamTypes: (['REALTIME', 'SNAPSHOT'] as const).map((word) => [
    word,
    bytesOf(`,"${streamType}":"${word}"`),
  ]),
  timestamp: bytesOf(`,"${timestamp}":`),
})
const marks: Readonly<Record<KeySpelling, Marks>> = {
  full: marksOf('level', 'stream_type', 'timestamp'),
  simple: marksOf('lv', 'st', 'tms'),
}

const quote = 34
const comma = 44
const colon = 58
const closingBrace = 125

/** A book of 30 units has 2.7 kB; what is much larger is not kept. */
const mostBytes = 65_536
/** A level has fewer digits; beyond it stands something else. */
const mostLevelBytes = 24
/** In a ticker two numbers stand between the time and the end, 62 bytes of today's. */
const mostBytesBehindTimestamp = 160

/** The opened frame, bare and not in a list, as a state, or `undefined` where it is none or is written in another way than today's. */
export function stateFrame(
  frame: FrameBytes,
  bytes: Uint8Array,
  epoch: number,
  receivedAt: number,
): StateFrame | undefined {
  const { view, head, code, bodyAt, end } = frame
  const { type } = head
  if ((type !== 'ticker' && type !== 'orderbook') || bytes.byteLength > mostBytes) return undefined
  const { level: levelMark, streamTypes, timestamp: timestampMark } = marks[head.spelling]
  let at = end
  if (view.getUint8(--at) !== closingBrace) return undefined

  let level = 0
  if (view.getUint8(at - 1) !== quote) {
    const levelAt = behindLast(view, levelMark, at, Math.max(bodyAt, at - mostLevelBytes))
    if (levelAt === undefined) return undefined
    level = readNumber(view, levelAt)
    if (cursor.at !== at) return undefined
    at = levelAt - levelMark.length
  }

  const streamType = streamTypes.find(
    ([, mark]) => at - mark.length >= bodyAt && standsAt(view, mark, at - mark.length),
  )
  if (streamType === undefined) return undefined
  const [word, mark] = streamType
  at -= mark.length

  // In an order book it comes first, in a ticker nearly last.
  const timestampAt = standsAt(view, timestampMark, bodyAt)
    ? bodyAt + timestampMark.length
    : behindLast(view, timestampMark, at, Math.max(bodyAt, at - mostBytesBehindTimestamp))
  if (timestampAt === undefined) return undefined
  const timestamp = readMilliseconds(view, timestampAt)
  if (cursor.at < bodyAt || cursor.at > at || view.getUint8(cursor.at) !== comma) return undefined
  return { type, code, level, timestamp, stream_type: word, epoch, received_at: receivedAt, bytes }
}

/** The byte behind the last `mark` that ends at most at `end` and begins at `start` or later. */
function behindLast(view: DataView, mark: Uint8Array, end: number, start: number): number | undefined {
  for (let at = end; at - mark.length >= start; at--) {
    // Every mark ends in a colon, of which there are few.
    if (view.getUint8(at - 1) === colon && standsAt(view, mark, at - mark.length)) return at
  }
  return undefined
}

function standsAt(view: DataView, text: Uint8Array, at: number): boolean {
  for (let i = 0; i < text.length; i++) if (view.getUint8(at + i) !== text[i]) return false
  return true
}
