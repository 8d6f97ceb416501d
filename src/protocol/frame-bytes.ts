/**
 * The bytes of the frame at hand, with its head: type and code. Both stand first in every frame that the exchange has
 * been seen to send, so whose frame it is can be known before any of it is decoded.
 */
import { cursor } from './fused/cursor'
import { TextCache } from './fused/text-cache'
import type { KeySpelling } from './guard'
import type { PublicType } from './wire'
import { publicTypes } from './wire'

/** How a frame begins, up to its code. */
export interface FrameHead {
  /** Its place among all heads, below `headCount`. */
  readonly index: number
  readonly type: PublicType
  readonly spelling: KeySpelling
  /** In a list, as the list formats have it. */
  readonly isList: boolean
  /** Its bytes by fours; the last word overlaps the one before it. */
  readonly words: Int32Array
  readonly length: number
}

const heads: readonly FrameHead[] = publicTypes
  .flatMap((type) =>
    [false, true].flatMap((isList) => [
      { type, isList, spelling: 'full' as const, text: `{"type":"${type}","code":"` },
      { type, isList, spelling: 'simple' as const, text: `{"ty":"${type}","cd":"` },
    ]),
  )
  .map(({ text, ...head }, index) => ({ ...head, index, ...wordsOf(head.isList ? `[${text}` : text) }))

export const headCount = heads.length

/** More than Upbit's markets (855 in 2026-11), so that codes rarely share a place. */
const cachedCodes = 2048
/** A connection has one format and rarely more types than these; other heads are looked for among all. */
const mostRecent = 4

/** One object for all frames of a connection, written over by each: nothing of it may be kept. */
export class FrameBytes {
  /** Over the whole chunk in which the frame lies: a view for each of its dozens of frames would cost as much as reading several numbers. */
  view: DataView = new DataView(new ArrayBuffer(0))
  /** The frame's first byte, and the one behind its last. */
  start = 0
  end = 0
  head = heads[0] as FrameHead
  code = ''
  /** The byte behind the code's closing quote; of no use after `open` gave `false`. */
  bodyAt = 0

  private readonly recent: FrameHead[] = []
  private readonly codes = new TextCache(cachedCodes)

  /**
   * Takes a frame and reads its head; `false` where that is none of a public event. Throws a `RangeError` for one that is
   * cut short at the end of its buffer.
   */
  open(raw: Uint8Array): boolean {
    if (this.view.buffer !== raw.buffer) this.view = new DataView(raw.buffer)
    this.start = raw.byteOffset
    this.end = this.start + raw.byteLength
    const head = this.recent.find((known) => this.beginsWith(known)) ?? this.findHead()
    if (head === undefined) return false
    this.head = head
    this.code = this.codes.read(this.view, this.start + head.length)
    this.bodyAt = cursor.at
    // What lies behind a frame in its chunk may have completed the head of one that was cut short.
    return this.code !== '' && this.bodyAt < this.end
  }

  private findHead(): FrameHead | undefined {
    const head = heads.find((known) => this.beginsWith(known))
    if (head === undefined) return undefined
    this.recent.unshift(head)
    this.recent.length = Math.min(this.recent.length, mostRecent)
    return head
  }

  private beginsWith({ words, length }: FrameHead): boolean {
    const { view, start } = this
    const last = words.length - 1
    for (let word = 0; word < last; word++) {
      if (view.getInt32(start + word * 4, true) !== words[word]) return false
    }
    return view.getInt32(start + length - 4, true) === words[last]
  }
}

function wordsOf(text: string): Pick<FrameHead, 'words' | 'length'> {
  const { length } = text
  const view = new DataView(Uint8Array.from(text, (character) => character.charCodeAt(0)).buffer)
  const words = Int32Array.from({ length: Math.ceil(length / 4) }, (_, word) =>
    view.getInt32(Math.min(word * 4, length - 4), true),
  )
  return { words, length }
}
