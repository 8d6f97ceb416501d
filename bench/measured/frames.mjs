/**
 * Frames that are made ahead and only stamped when they are used: publication time and trade id are digits of fixed
 * width, written over in place. Without new ones every second pass over the same frames would be old news to a client
 * that keeps order and identity, and would be withheld.
 */
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { hrtime } from 'node:process'

const msDigits = 13
const counterDigits = 4
const counterEnd = 10 ** counterDigits

/** Where to find, after these keys, the publication time and the trade id of a frame. */
const timeKeys = ['"timestamp":', '"tms":']
const idKeys = ['"sequential_id":', '"sid":']

/**
 * Where the clock of the load stands, in fields whose number nobody there reads otherwise. The clock is the machine's
 * monotonic one, which all its processes share: a digit that is always 1, six of its seconds, six of its fraction.
 */
const clockKeys = ['"acc_trade_volume_24h":', '"best_bid_size":', '"total_bid_size":']
const clockDigits = 7
const clockFractionDigits = 6
const clockTurn = 1_000_000

/** Seconds of that clock, as they are written. */
export function clockSeconds() {
  const [seconds, nanoseconds] = hrtime()
  return clockTurn + (seconds % clockTurn) + nanoseconds / 1e9
}

/** Stamps that never go back; ids as the exchange makes them: the millisecond, then four digits that count in it. */
class Stamper {
  #ms = 0
  #counter = 0

  next() {
    const nowMs = Math.max(Date.now(), this.#ms)
    this.#counter = nowMs === this.#ms ? this.#counter + 1 : 0
    this.#ms = nowMs
    if (this.#counter === counterEnd) {
      this.#ms++
      this.#counter = 0
    }
  }

  write(bytes, { timeAt, idAt, clockAt = -1 }, start) {
    writeDigits(bytes, start + timeAt, this.#ms, msDigits)
    if (clockAt !== -1) {
      const seconds = clockSeconds()
      const whole = Math.floor(seconds)
      const fraction = Math.floor((seconds - whole) * 10 ** clockFractionDigits)
      writeDigits(bytes, start + clockAt, whole, clockDigits)
      writeDigits(bytes, start + clockAt + clockDigits + 1, fraction, clockFractionDigits)
    }
    if (idAt === -1) return
    writeDigits(bytes, start + idAt, this.#ms, msDigits)
    writeDigits(bytes, start + idAt + msDigits, this.#counter, counterDigits)
  }
}

function writeDigits(bytes, at, value, digits) {
  for (let i = at + digits - 1, rest = value; i >= at; i--) {
    bytes[i] = 48 + (rest % 10)
    rest = Math.floor(rest / 10)
  }
}

/** One frame a line; all ASCII, so that characters are bytes. */
function loadTemplates(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((text) => ({ text, timeAt: valueAt(text, timeKeys), idAt: valueAt(text, idKeys) }))
}

function valueAt(text, keys) {
  for (const key of keys) {
    const at = text.indexOf(key)
    if (at !== -1) return at + key.length
  }
  return -1
}

/** The same with room for the clock in a field of each. */
function loadClockTemplates(file) {
  return loadTemplates(file).map(({ text }) => {
    const placeholder = `${'1'.repeat(clockDigits)}.${'0'.repeat(clockFractionDigits)}`
    const key = clockKeys.find((clockKey) => text.includes(clockKey))
    const withRoom = text.replace(new RegExp(`${key}[^,}]+`), `${key}${placeholder}`)
    return {
      text: withRoom,
      timeAt: valueAt(withRoom, timeKeys),
      idAt: valueAt(withRoom, idKeys),
      clockAt: valueAt(withRoom, [key]),
    }
  })
}

/** `count` stamped frames for use in process, each a buffer of its own. */
export function stampedFrames(file, count) {
  const templates = loadTemplates(file)
  const stamper = new Stamper()
  return Array.from({ length: count }, (_, i) => {
    const template = templates[i % templates.length]
    const bytes = Buffer.from(template.text)
    stamper.next()
    stamper.write(bytes, template, 0)
    return bytes
  })
}

/** The same as unmasked binary WebSocket frames, ready to be written in chunks. */
export class FrameSource {
  #templates
  #stamper = new Stamper()
  #at = 0

  constructor(file, { clock = false } = {}) {
    this.#templates = (clock ? loadClockTemplates : loadTemplates)(file).map(framed)
  }

  /** The next frames, at most `frames` of them and about `bytes` in all. */
  chunk(frames, bytes) {
    const parts = []
    let size = 0
    while (parts.length < frames && (size < bytes || parts.length === 0)) {
      const template = this.#templates[this.#at++ % this.#templates.length]
      parts.push(template)
      size += template.bytes.length
    }
    const chunk = Buffer.allocUnsafe(size)
    let start = 0
    for (const template of parts) {
      template.bytes.copy(chunk, start)
      this.#stamper.next()
      this.#stamper.write(chunk, template, start)
      start += template.bytes.length
    }
    return { bytes: chunk, frames: parts.length }
  }

  /** The first frame as the answer to a subscription. */
  snapshot() {
    const { bytes } = this.chunk(1, 0)
    const text = bytes.toString('latin1').replace('"REALTIME"', '"SNAPSHOT"')
    return Buffer.from(text, 'latin1')
  }
}

/** RFC 6455, 5.2: FIN and opcode 2, then the length in 7 or 16 bits. */
function framed({ text, timeAt, idAt, clockAt = -1 }) {
  const payload = Buffer.from(text)
  const { length } = payload
  const header =
    length < 126 ? Buffer.from([0x82, length]) : Buffer.from([0x82, 126, length >> 8, length & 0xff])
  return {
    bytes: Buffer.concat([header, payload]),
    timeAt: timeAt + header.length,
    idAt: idAt === -1 ? -1 : idAt + header.length,
    clockAt: clockAt === -1 ? -1 : clockAt + header.length,
  }
}
