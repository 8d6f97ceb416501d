/** The text of a raw frame: strict UTF-8 whatever the opcode, and a bound on what is read at all. */

export type RawText = string | Uint8Array

/** Larger frames are skipped unparsed: a book of 30 units has 2.7 kB (seen 2026-09), hostile input may have any size. */
export const maxFrameBytes = 1_048_576

// Strict decoding costs 20 ns a frame more than a lenient one; a lenient one would let rubbish through as U+FFFD.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `undefined` when the bytes are no UTF-8. */
export function frameText(raw: RawText): string | undefined {
  if (typeof raw === 'string') return raw
  try {
    return utf8.decode(raw)
  } catch {
    return undefined
  }
}

/** Bytes, or characters of a text, which are no fewer bytes. */
export function sizeOf(raw: RawText): number {
  return typeof raw === 'string' ? raw.length : raw.byteLength
}
