/**
 * Texts of frames that come again and again: codes, dates, the time of the present second. Each is made once and found
 * by its bytes afterwards, so that the same text is the same string, whose hash the engine has computed already.
 *
 * A text may lie in one of two places, and a new one takes the first that is free: with one place, two codes in five
 * of 855 would share theirs with another one in 1,024 places, and be made anew by turns.
 */
import { asciiText } from './ascii-text'
import { cursor, unreadable } from './cursor'

const quote = 34
const backslash = 92
const firstPrintable = 32
const lastPrintable = 126

/** What is longer is rarely repeated, and must not be kept for long. */
const mostKept = 40

export class TextCache {
  readonly #texts: string[]
  readonly #mask: number

  /** `places` is a power of two. */
  constructor(places: number) {
    this.#texts = new Array<string>(places).fill('')
    this.#mask = places - 1
  }

  /** The text from `start` up to its closing quote; what is not plain ASCII is unreadable here. */
  read(view: DataView, start: number): string {
    let at = start
    let hash = 0
    for (let byte = view.getUint8(at); byte !== quote; byte = view.getUint8(++at)) {
      if (byte < firstPrintable || byte > lastPrintable || byte === backslash) {
        cursor.at = unreadable
        return ''
      }
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    cursor.at = at + 1
    if (at === start) return ''
    if (at - start > mostKept) return asciiText(view, start, at)
    const first = hash & this.#mask
    const one = this.#texts[first] as string
    if (isText(one, view, start, at)) return one
    const second = (Math.imul(hash, 0x9e3779b1) >>> 16) & this.#mask
    const other = this.#texts[second] as string
    if (isText(other, view, start, at)) return other
    const text = asciiText(view, start, at)
    this.#texts[one !== '' && other === '' ? second : first] = text
    return text
  }
}

function isText(text: string, view: DataView, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let at = start; at < end; at++) if (text.charCodeAt(at - start) !== view.getUint8(at)) return false
  return true
}
