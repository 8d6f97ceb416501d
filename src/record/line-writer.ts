/**
 * Brings lines from the queue to the disk, one write at a time, and turns to the next file where one is due. It owns no
 * clock but the one timer of a flush, which runs only while something is not flushed: nothing keeps a process, or virtual
 * time, alive.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { LineQueue } from './line-queue'
import type { RecordingFile } from './recording-file'
import type { Rotation } from './rotation'
import { WrittenSessions } from './written-sessions'

/** Not more than so many characters in one write. */
const batchLength = 64 * 1024

export interface LineWriterPorts {
  readonly environment: Environment
  readonly queue: LineQueue
  readonly rotation: Rotation
  /** How long a line may wait for the flush of its block, ms. */
  readonly flushEveryMs: number
  /** It cannot be written on; once. */
  readonly failed: (cause: unknown) => void
}

export class LineWriter {
  /** Frames that are on the disk, or with the compressor. */
  frames = 0
  /** Frames of the write that goes on. */
  inHand = 0
  bytes = 0
  private file: RecordingFile
  private readonly sessions = new WrittenSessions()
  private beganAtMs: number
  /** Lines of this file, its preamble apart; `undefined` until that is written. */
  private lines: number | undefined
  private working: Promise<void> | undefined
  private flushTimer: Subscription | undefined
  private isFlushDue = false
  private isFailed = false

  /** Throws the system's error when the file cannot be opened. */
  constructor(private readonly ports: LineWriterPorts) {
    this.file = ports.rotation.open()
    this.beganAtMs = ports.environment.now()
  }

  /** There is something in the queue. */
  wake(): void {
    this.working ??= this.work()
  }

  /** Resolves when all that is in the queue is written and the file is closed. */
  async end(): Promise<void> {
    this.flushTimer?.unsubscribe()
    // What was in hand may leave something behind that came meanwhile.
    while (!this.isFailed && (this.working !== undefined || !this.ports.queue.isEmpty)) {
      this.wake()
      await this.working
    }
    if (!this.isFailed) await this.attempt(() => this.file.close())
  }

  private async work(): Promise<void> {
    await this.attempt(async () => {
      while (!this.ports.queue.isEmpty) await this.writeSome()
      if (this.isFlushDue) {
        this.isFlushDue = false
        await this.file.flush()
      }
    })
    this.working = undefined
    if (!this.isFailed && (this.isFlushDue || !this.ports.queue.isEmpty)) this.wake()
  }

  private async writeSome(): Promise<void> {
    const { queue, rotation } = this.ports
    let next = queue.peek()
    if (next === undefined) return
    this.lines ??= await this.begin(next.atMs)
    const texts: string[] = []
    let length = 0
    let isDue = false
    while (next !== undefined && length < batchLength) {
      const more = Buffer.byteLength(next.text)
      // The first line of a file goes into it, however long it is.
      isDue = this.lines > 0 && rotation.isDue(this.file, this.beganAtMs, length + more, next.atMs)
      if (isDue) break
      texts.push(next.text)
      length += more
      this.lines++
      if (next.isFrame) this.inHand++
      if (next.line !== undefined) this.sessions.add(next.line)
      queue.take()
      next = queue.peek()
    }
    await this.put(texts.join(''))
    this.frames += this.inHand
    this.inHand = 0
    if (isDue) await this.turn()
  }

  /** The first line of a file is to come. */
  private async begin(atMs: number): Promise<number> {
    this.beganAtMs = atMs
    // A line that a crash cut off is ended first; where there is none, that is an empty line.
    await this.put(`${this.file.size > 0 ? '\n' : ''}${this.sessions.preamble(atMs)}`)
    return 0
  }

  private async put(text: string): Promise<void> {
    if (text === '') return
    const data = Buffer.from(text)
    await this.file.write(data)
    this.bytes += data.length
    this.scheduleFlush()
  }

  /** On to the next file. */
  private async turn(): Promise<void> {
    await this.file.close()
    this.file = this.ports.rotation.open()
    this.lines = undefined
  }

  private scheduleFlush(): void {
    const { environment, flushEveryMs } = this.ports
    if (!this.file.isBuffered || this.flushTimer?.closed === false) return
    this.flushTimer = environment.timer$(flushEveryMs, { referenced: false }).subscribe(() => {
      this.isFlushDue = true
      this.wake()
    })
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (cause) {
      if (this.isFailed) return
      this.isFailed = true
      this.flushTimer?.unsubscribe()
      // Its descriptor is all that is left of it.
      this.file.close().catch(() => {})
      this.ports.failed(cause)
    }
  }
}
