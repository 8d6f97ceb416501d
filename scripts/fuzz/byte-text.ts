/**
 * Bytes as a text of as many characters, each of them one byte (Latin-1): so frames that are no UTF-8 can be cut and
 * joined as easily as others.
 */

/** A text, whatever its characters, as its UTF-8 bytes. */
export function byteText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** The bytes as a socket has them: amid others, so that a reader that goes too far finds something. */
export function bytesAmid(before: string, bytes: string, behind: string): Uint8Array {
  const start = before.length
  return Buffer.from(before + bytes + behind, 'latin1').subarray(start, start + bytes.length)
}

/** The bytes in a buffer of their own, at whose end it ends too. */
export function bytesAlone(bytes: string): Uint8Array {
  return new Uint8Array(Buffer.from(bytes, 'latin1'))
}
