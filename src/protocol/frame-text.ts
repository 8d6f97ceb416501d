/** The text of a raw frame: strict UTF-8 whatever the opcode, and a bound on what is read at all. */

export type RawText = string | Uint8Array

/** Larger frames are skipped unparsed: a book of 30 units has 2.7 kB (seen 2026-09), hostile input may have any size. */
export const maxFrameBytes = 1_048_576

/** A UTF-16 unit becomes at most three bytes of UTF-8 (a surrogate pair four, which is two each). */
const maxBytesPerUnit = 3

// Strict decoding costs 20 ns a frame more than a lenient one; a lenient one would let rubbish through as U+FFFD.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const loose = new TextDecoder()
const encoder = new TextEncoder()

/** `undefined` when the bytes are no UTF-8. */
export function frameText(raw: RawText): string | undefined {
  if (typeof raw === 'string') return raw
  try {
    return utf8.decode(raw)
  } catch {
    return undefined
  }
}

/** Bytes of the frame in UTF-8; of a text that is small whatever its characters, the characters. */
export function sizeOf(raw: RawText): number {
  if (typeof raw !== 'string') return raw.byteLength
  return raw.length * maxBytesPerUnit <= maxFrameBytes ? raw.length : encoder.encode(raw).byteLength
}

/** What there is of a text in bytes that are none: for a report, never for data. */
export function looseText(raw: RawText): string {
  return typeof raw === 'string' ? raw : loose.decode(raw)
}
