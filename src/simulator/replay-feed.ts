/**
 * A recording as a source of data: one timeline for all clients, begun by the first subscription. Each frame goes
 * to whoever wants its type and code at that moment; there are no SNAPSHOTs but recorded ones, and a client that
 * reconnects goes on at the timeline's present.
 */
import type { Observable } from 'rxjs'
import { BehaviorSubject } from 'rxjs'
import { RawBroadcast } from './broadcast'
import type { Feed, FeedOutlet } from './feed'
import type { RecordedFrame, RecordingSummary } from './recording'
import { bareFrameMs } from './recording'
import type { Timers } from './timers'

/** How far a replay has come. */
export interface ReplayProgress {
  /** Frames that somebody wanted and got. */
  readonly sent: number
  /** Frames whose time has come, wanted or not. */
  readonly passed: number
  readonly total: number
  /** The timeline's present, in the recording's own time from its first frame. */
  readonly positionMs: number
  readonly durationMs: number
}

/** A running replay, as its server shows it. */
export interface Replay {
  /** The progress, at once and after every step; completes at the end. */
  readonly progress$: Observable<ReplayProgress>
  /**
   * Resolves when the last frame has been written and flushed to the sockets, also when the server is closed; rejects
   * when the file cannot be read on.
   */
  readonly done: Promise<void>
  readonly summary: RecordingSummary
}

/** At most so many frames are written in a row before the sockets are asked to catch up. */
const aheadFrames = 256

export class ReplayFeed implements Feed, Replay {
  keepsQuietConnections = true
  readonly done: Promise<void>
  /** To be set by the server: resolves when all that was sent has left for the clients. */
  flushed: () => Promise<void> = () => Promise.resolve()
  private readonly progressSubject: BehaviorSubject<ReplayProgress>
  private resolveDone: () => void = () => {}
  private rejectDone: (error: unknown) => void = () => {}
  private startedMs: number | undefined
  private firstMs: number | undefined
  private paused = false
  private ended = false
  private cancel: () => void = () => {}

  constructor(
    private readonly frames: AsyncGenerator<RecordedFrame | undefined, void>,
    readonly summary: RecordingSummary,
    private readonly speed: number,
    private readonly outlet: FeedOutlet,
    private readonly timers: Timers,
  ) {
    const { frames: total, durationMs } = summary
    this.progressSubject = new BehaviorSubject({ sent: 0, passed: 0, total, positionMs: 0, durationMs })
    this.done = new Promise((resolve, reject) => {
      this.resolveDone = resolve
      this.rejectDone = reject
    })
    // Who does not ask for the end is not to be told of its failure by the process.
    this.done.catch(() => {})
  }

  get progress$(): Observable<ReplayProgress> {
    return this.progressSubject.asObservable()
  }

  snapshot(): undefined {
    return undefined
  }

  /** A recording has its own times. */
  clockStepped(): void {}

  demandChanged(codes: Iterable<string>): void {
    if (this.startedMs !== undefined || [...codes].length === 0) return
    this.startedMs = this.timers.now()
    void this.run()
  }

  /** Holds the frames back; the timeline itself goes on, so they come at once after `resume`. */
  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
    this.cancel()
  }

  end(): void {
    if (this.ended) return
    this.ended = true
    this.keepsQuietConnections = false
    this.cancel()
    void this.frames.return()
    this.progressSubject.complete()
    this.resolveDone()
  }

  private async run(): Promise<void> {
    let burst = 0
    try {
      for await (const frame of this.frames) {
        if (frame === undefined) continue
        const dueMs = this.dueMs(frame)
        while (!this.ended && (this.paused || dueMs > this.timers.now())) {
          await this.wait(dueMs - this.timers.now())
          burst = 0
        }
        if (++burst === aheadFrames) {
          await this.flushed()
          burst = 0
        }
        if (this.ended) return
        this.publish(frame)
      }
      await this.flushed()
    } catch (error) {
      this.rejectDone(error)
    } finally {
      this.end()
    }
  }

  private dueMs({ atMs = this.progressSubject.value.passed * bareFrameMs }: RecordedFrame): number {
    this.firstMs ??= atMs
    return (this.startedMs ?? 0) + (atMs - this.firstMs) / this.speed
  }

  private publish(frame: RecordedFrame): void {
    const sent = this.outlet.publish(new RawBroadcast(frame.type, frame.code, frame.text))
    const { value } = this.progressSubject
    this.progressSubject.next({
      ...value,
      sent: value.sent + (sent > 0 ? 1 : 0),
      passed: value.passed + 1,
      positionMs: (this.dueMs(frame) - (this.startedMs ?? 0)) * this.speed,
    })
  }

  /** Until the time has come; while paused, until `resume`. */
  private async wait(delayMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancelTimer = this.paused ? () => {} : this.timers.after(Math.max(0, delayMs), resolve)
      this.cancel = () => {
        cancelTimer()
        resolve()
      }
    })
  }
}
