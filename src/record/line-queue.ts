/**
 * Lines that wait for the disk, bounded. What no longer fits is counted, and told by a line of its own in the place where
 * it is missing: nothing is left out silently.
 */
import type { FrameLine, RecordingLine } from '../recording/recording-line'
import { lineText } from '../recording/recording-line'

/** A line, and what it is. */
export interface WaitingLine {
  /** With its line end. */
  readonly text: string
  readonly atMs: number
  readonly isFrame: boolean
  /** What it says of a socket, where it is no frame. */
  readonly line?: Exclude<RecordingLine, FrameLine>
}

/** Beyond the bound, for what is no frame: a recording without its boundaries would be read wrongly. */
const reserve = 64 * 1024
/** A line's own weight in memory, beside its text. */
const overhead = 64

export class LineQueue {
  /** Frames that were not taken in. */
  lost = 0
  private waiting: WaitingLine[] = []
  /** The part of `waiting` that is gone already. */
  private taken = 0
  private size = 0
  private untold = 0
  private untoldFromMs = 0

  constructor(
    private readonly capacity: number,
    /** The first of a run of frames is lost. */
    private readonly overflowed: () => void,
  ) {}

  /** Frames that wait. */
  get frames(): number {
    return this.waiting.slice(this.taken).filter(({ isFrame }) => isFrame).length
  }

  get isEmpty(): boolean {
    return this.taken === this.waiting.length
  }

  offer(line: WaitingLine): void {
    // Not before there is room for more than a few: a line about a loss for every other frame would add to it.
    if (this.untold > 0 && this.size <= this.capacity / 2) this.tellLost(line.atMs)
    const size = line.text.length + overhead
    const isRoom = line.isFrame
      ? this.untold === 0 && this.size + size <= this.capacity
      : this.size + size <= this.capacity + reserve
    if (isRoom) this.push(line)
    else this.lose(line)
  }

  /** The oldest line, which stays. */
  peek(): WaitingLine | undefined {
    return this.waiting[this.taken]
  }

  take(): WaitingLine | undefined {
    const line = this.peek()
    if (line === undefined) return undefined
    this.size -= line.text.length + overhead
    this.taken++
    if (this.isEmpty || this.taken === 4096) {
      this.waiting = this.waiting.slice(this.taken)
      this.taken = 0
    }
    return line
  }

  /** Nothing more comes: a loss that is not told yet is told now. */
  finish(atMs: number): void {
    if (this.untold > 0) this.tellLost(atMs)
  }

  /** What waits will never be written, nor `more` frames that were taken out. */
  discard(more = 0): void {
    this.lost += this.frames + more
    this.waiting = []
    this.taken = this.size = 0
  }

  private push(line: WaitingLine): void {
    this.size += line.text.length + overhead
    this.waiting.push(line)
  }

  private lose({ atMs, isFrame }: WaitingLine): void {
    if (!isFrame) return
    this.lost++
    if (this.untold++ > 0) return
    this.untoldFromMs = atMs
    this.overflowed()
  }

  private tellLost(atMs: number): void {
    const line = { kind: 'lost', atMs, frames: this.untold, fromMs: this.untoldFromMs } as const
    this.untold = 0
    this.push({ text: `${lineText(line)}\n`, atMs, isFrame: false })
  }
}
