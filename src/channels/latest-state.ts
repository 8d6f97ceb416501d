/**
 * The newest state of a route as the bytes that came, for as long as nobody needs more. A newer frame is written over an
 * older one, which whoever has not had its turn yet will never miss; when a consumer leaves, its route begins another one.
 */
import type { ReadLater } from '../connection/later-frames'
import type { PublicEvent } from '../protocol/events'
import type { StateFrame, StateHead } from '../protocol/state-frame'

/** Room for the frames that are a little longer than the first one. */
const headroom = 1.25

const nothingRead: ReadLater = () => undefined

export class LatestState {
  /** What is known of it without reading it. */
  head: StateHead

  private bytes = new Uint8Array(0)
  private length = 0
  private readLater = nothingRead
  private isRead = false
  private event: PublicEvent | undefined

  constructor(head: StateHead) {
    this.head = head
  }

  /** Copies the frame, whose bytes are the socket's; `read` decodes the copy when it is needed. */
  keep(frame: StateFrame, read: ReadLater): void {
    const { bytes, type, code, level, timestamp, stream_type, epoch, received_at } = frame
    if (bytes.byteLength > this.bytes.byteLength) {
      this.bytes = new Uint8Array(Math.ceil(bytes.byteLength * headroom))
    }
    this.bytes.set(bytes)
    this.length = bytes.byteLength
    // Without the bytes, which would hold the socket's whole chunk.
    this.head = { type, code, level, timestamp, stream_type, epoch, received_at }
    this.readLater = read
    this.isRead = false
    this.event = undefined
  }

  /** The event, decoded once however many ask; `undefined` when the frame turns out to be none. */
  read(): PublicEvent | undefined {
    if (!this.isRead) {
      this.isRead = true
      const { head, bytes, length } = this
      this.event = this.readLater({ ...head, bytes: bytes.subarray(0, length) })
    }
    return this.event
  }
}
