/** The characters of bytes that are known to be ASCII. */

/** Beyond it a call with so many arguments is slower than its parts. */
const chunk = 32
/** Below it a decoder is slower than its parts; no text of an honest frame is as long. */
const longest = 512

const ascii = new TextDecoder()

export function asciiText(view: DataView, start: number, end: number): string {
  if (end - start > longest) {
    return ascii.decode(new Uint8Array(view.buffer, view.byteOffset + start, end - start))
  }
  let text = ''
  for (let at = start; at < end; at += chunk) {
    const length = Math.min(chunk, end - at)
    text += String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
  }
  return text
}
