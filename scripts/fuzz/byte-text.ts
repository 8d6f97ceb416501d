/**
 * Bytes as a text of as many characters, each of them one byte (Latin-1): so frames that are no UTF-8 can be cut and
 * joined as easily as others.
 */

/** A text, whatever its characters, as its UTF-8 bytes. */
export function byteText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

export function bytesOf(bytes: string): Uint8Array {
  return Buffer.from(bytes, 'latin1')
}
