/**
 * Parse and check in one pass over the bytes: a reader for each head, made from the field table and the order of keys
 * that a frame had. It decides nothing by itself: what it does not recognise goes another way.
 */
import { isBag } from '../bag'
import type { PublicEvent } from '../events'
import { eventKind } from '../events'
import type { FrameBytes } from '../frame-bytes'
import { headCount } from '../frame-bytes'
import type { FrameReader } from '../frame-reader'
import { frameText } from '../frame-text'
import { memberPath } from '../path'
import type { ReadCounts } from '../read-counts'
import type { StateHead } from '../state-head'
import { cursor } from './cursor'
import type { ReadBody } from './generate-reader'
import { generateReader } from './generate-reader'
import { Lessons } from './lessons'
import type { Shape } from './shape'
import { shapeOf } from './shape'
import { skimShape } from './skim-shape'
import { TextCache } from './text-cache'

/** Dates and times of the present, of all types. */
const cachedTexts = 2048

const none: readonly string[] = []

/** What is known of frames with one head. */
interface Known {
  readonly lessons: Lessons
  body: ReadBody | undefined
  /** Made when the first frame is skimmed. */
  skim: ReadBody<StateHead> | undefined
  shape: Shape | undefined
}

export class FusedReader implements FrameReader {
  drift = none

  private readonly known = Array.from({ length: headCount }, (): Known => ({
    lessons: new Lessons(),
    body: undefined,
    skim: undefined,
    shape: undefined,
  }))
  private readonly texts = new TextCache(cachedTexts)
  /** This process forbids code from text. */
  private isForbidden = false

  read(frame: FrameBytes, epoch: number, receivedAt: number, counts: ReadCounts): PublicEvent | undefined {
    const known = this.known[frame.head.index] as Known
    const { body, shape } = known
    const event = body && run(body, frame, epoch, receivedAt)
    if (event === undefined || shape === undefined)
      return this.missed(known, frame, epoch, receivedAt, counts)
    known.lessons.recognised()
    this.drift = shape.drift
    counts.fused++
    return event
  }

  skim(frame: FrameBytes, epoch: number, receivedAt: number): StateHead | undefined {
    const { type, isList } = frame.head
    const known = this.known[frame.head.index] as Known
    const { shape } = known
    if (shape === undefined || (type !== 'ticker' && type !== 'orderbook')) return undefined
    known.skim ??= generateReader<StateHead>(type, skimShape(shape), isList, this.texts)
    const head = run(known.skim, frame, epoch, receivedAt)
    if (head === undefined) return undefined
    known.lessons.recognised()
    this.drift = shape.drift
    return head
  }

  private missed(
    known: Known,
    frame: FrameBytes,
    epoch: number,
    receivedAt: number,
    counts: ReadCounts,
  ): PublicEvent | undefined {
    const { shape: before, lessons } = known
    if (before !== undefined) {
      const where = placeName(frame.head.type, before)
      counts.stoppedAt[where] = (counts.stoppedAt[where] ?? 0) + 1
    }
    if (this.isForbidden || !lessons.missed(receivedAt)) return undefined
    const shape = learn(frame)
    if (shape === undefined) return undefined
    const body = this.generate(frame, shape)
    // One that does not know its own teacher (blanks, escapes, a value that is the slow way's) would know no other frame.
    const event = body && run(body, frame, epoch, receivedAt)
    if (event === undefined) return undefined
    known.body = body
    known.skim = undefined
    known.shape = shape
    this.drift =
      before === undefined ? shape.drift : [...shape.drift, `${frame.head.type} (keys or their order)`]
    counts.learned++
    counts.fused++
    return event
  }

  private generate({ head: { type, isList } }: FrameBytes, shape: Shape): ReadBody | undefined {
    try {
      return generateReader(type, shape, isList, this.texts)
    } catch (error) {
      if (!(error instanceof EvalError)) throw error
      // `--disallow-code-generation-from-strings`: the guard reads everything.
      this.isForbidden = true
      return undefined
    }
  }
}

/** Shorter than its shape, at the end of the buffer: not recognised like any other, or nobody would learn from it. */
function run<Taken>(
  body: ReadBody<Taken>,
  frame: FrameBytes,
  epoch: number,
  receivedAt: number,
): Taken | undefined {
  try {
    return body(frame.view, frame.bodyAt, frame.end, frame.code, epoch, receivedAt)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The shape of the frame, if it is JSON of one element. */
function learn({ view, start, end, head: { type, spelling } }: FrameBytes): Shape | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(frameText(new Uint8Array(view.buffer, start, end - start)) ?? '')
  } catch {
    return undefined
  }
  const element: unknown = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed
  const kind = eventKind(type)
  return kind !== undefined && isBag(element) ? shapeOf(kind, spelling, element) : undefined
}

/** Where generated code gave up, by a name of our own tables: names of the network would pile up. */
function placeName(type: string, { members }: Shape): string {
  const kind = eventKind(type) ?? type
  const member = members[cursor.member]
  if (member === undefined) return `${kind} (end)`
  return member.value.form === 'unknown'
    ? `${kind} (unknown field)`
    : memberPath(kind, member.name ?? member.key)
}
