/** The frames of a socket that no session reads yet, kept in order for the one that will. */
import { Observable, type Subscriber } from 'rxjs'
import type { RawFrame } from '../transport/socket'

/** So much of an account's events never comes in half a minute; a flood must not fill the memory. */
const mostFrames = 10_000
const mostLength = 8 * 1024 * 1024

export class HeldFrames {
  private readonly kept: RawFrame[] = []
  private length = 0
  private reader: Subscriber<RawFrame> | undefined
  private isOver = false

  /** Those that were kept, then each as it comes; for one subscriber. Completes when the socket's frames have. */
  readonly frames$ = new Observable<RawFrame>((reader) => {
    // It grows meanwhile: what a frame causes stands behind those that were there before it.
    for (let index = 0; index < this.kept.length && !reader.closed; index++) {
      reader.next(this.kept[index] as RawFrame)
    }
    this.kept.length = 0
    this.reader = reader
    if (this.isOver) reader.complete()
  })

  /** Returns whether there was room for it. */
  add(raw: RawFrame): boolean {
    if (this.reader !== undefined) {
      this.reader.next(raw)
      return true
    }
    this.length += raw.length
    if (this.kept.length === mostFrames || this.length > mostLength) return false
    // Bytes are the socket's, and valid until the next turn only.
    this.kept.push(typeof raw === 'string' ? raw : raw.slice())
    return true
  }

  /** No more will come. */
  complete(): void {
    this.isOver = true
    this.reader?.complete()
  }
}
