/**
 * The newest state of a route as the bytes that came, for as long as nobody needs more. A newer frame is written over an
 * older one, which whoever has not had its turn yet will never miss; when a consumer leaves, its route begins another one.
 */
import type { ReadLater } from '../connection/later-frames'
import type { PublicEvent } from '../protocol/events'
import type { StateHead } from '../protocol/state-head'

/** Room for the frames that are a little longer than the first one. */
const headroom = 1.25

export class LatestState {
  /** What is known of it without reading it. */
  head: StateHead

  private bytes = new Uint8Array(0)
  private length = 0
  private event: PublicEvent | undefined

  constructor(
    head: StateHead,
    bytes: Uint8Array,
    private readLater: ReadLater,
  ) {
    this.head = head
    this.keep(head, bytes, readLater)
  }

  /** Copies the bytes, which are the socket's; `read` decodes the copy when it is needed. */
  keep(head: StateHead, bytes: Uint8Array, read: ReadLater): void {
    const { byteLength } = bytes
    if (byteLength > this.bytes.byteLength) this.bytes = new Uint8Array(Math.ceil(byteLength * headroom))
    this.bytes.set(bytes)
    this.length = byteLength
    this.head = head
    this.readLater = read
    this.event = undefined
  }

  /** The event, decoded once however many ask. */
  read(): PublicEvent {
    return (this.event ??= this.readLater(this.head, this.bytes.subarray(0, this.length)))
  }
}
