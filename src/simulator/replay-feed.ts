/**
 * A recording as a source of data: one timeline for all clients, begun by the first subscription. Each frame goes
 * to whoever wants its type and code at that moment; there are no SNAPSHOTs but recorded ones, and a client that
 * reconnects goes on at the timeline's present. With `boundaries` the recorded sessions are replayed too.
 *
 * It takes its steps in the turns of the exchange's timers and waits for nothing that is there already, so that a recording
 * in memory is replayed in virtual time.
 */
import type { Observable } from 'rxjs'
import { BehaviorSubject } from 'rxjs'
import type { FrameLine, RecordingLine } from '../recording/recording-line'
import { RawBroadcast } from './broadcast'
import type { Feed, FeedOutlet } from './feed'
import type { RecordingSummary } from './recording'
import { bareFrameMs } from './recording'
import { RecordedSessions } from './recorded-sessions'
import type { ReplaySource } from './replay-source'
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

/** A running replay, as its exchange shows it. */
export interface Replay {
  /** The progress, at once and after every step; completes at the end. Never errors. */
  readonly progress$: Observable<ReplayProgress>
  /**
   * Resolves when the clients have got the last frame, over a real socket with the answer to a ping behind it; also when
   * the exchange is closed. A client that does not answer within five seconds is not waited for. Rejects when the file
   * cannot be read on.
   */
  readonly done: Promise<void>
  readonly summary: RecordingSummary
}

/** How a recording is to be replayed. */
export interface ReplayPace {
  /** 20 is twenty times as fast as it was recorded. Default 1. */
  readonly speed?: number
  /**
   * `true`: a connection is cut where its recorded one was, with its code, and gets the frames that belong to no stream:
   * error frames, and those that cannot be read. The timeline then waits until the client has subscribed again, a minute
   * at most, so that nothing is missing but what was missing in the recording. Default `false`.
   */
  readonly boundaries?: boolean
}

/** What a replay over real sockets waits for; in memory there is nothing. */
export interface ReplayWaits {
  /** Resolves when all that was sent has left. */
  flushed(): Promise<void>
  /** Resolves when the clients have got all that was sent. */
  arrived(): Promise<void>
}

/** At most so many frames are written in a row before the sockets are asked to catch up. */
const aheadFrames = 256

const none = (): void => {}

export class ReplayFeed implements Feed, Replay {
  keepsQuietConnections = true
  readonly done: Promise<void>
  /** To be set by who has sockets to wait for. */
  waits: ReplayWaits | undefined
  private readonly progressSubject: BehaviorSubject<ReplayProgress>
  private readonly sessions: RecordedSessions | undefined
  private readonly speed: number
  private resolveDone = none
  private rejectDone: (error: unknown) => void = none
  private startedMs: number | undefined
  private firstMs: number | undefined
  private isPaused = false
  private isEnded = false
  private isStepping = false
  private isWaiting = false
  private burst = 0
  private cancel = none

  constructor(
    private readonly source: ReplaySource,
    readonly summary: RecordingSummary,
    { speed = 1, boundaries = false }: ReplayPace,
    private readonly outlet: FeedOutlet,
    private readonly timers: Timers,
  ) {
    const { frames: total, durationMs } = summary
    this.speed = speed
    this.sessions = boundaries ? new RecordedSessions(outlet) : undefined
    this.progressSubject = new BehaviorSubject({ sent: 0, passed: 0, total, positionMs: 0, durationMs })
    this.done = new Promise((resolve, reject) => {
      this.resolveDone = resolve
      this.rejectDone = reject
    })
    // Who does not ask for the end is not to be told of its failure by the process.
    this.done.catch(none)
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
    if (this.startedMs === undefined && [...codes].length === 0) return
    this.startedMs ??= this.timers.now()
    // In a later turn, so that no frame comes inside the client's own `send`.
    this.stepIn(0)
  }

  /** Holds the frames back; the timeline itself goes on, so they come at once after `resume`. */
  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    if (this.startedMs !== undefined) this.stepIn(0)
  }

  end(): void {
    if (this.isEnded) return
    this.isEnded = true
    this.keepsQuietConnections = false
    this.cancel()
    this.source.close()
    this.progressSubject.complete()
    this.resolveDone()
  }

  /** Everything that is due, then a timer for what comes next. */
  private step(): void {
    if (this.isStepping || this.isWaiting) return
    this.isStepping = true
    while (!this.isEnded && !this.isPaused && this.stepOnce());
    this.isStepping = false
  }

  /** Whether it can go on at once. */
  private stepOnce(): boolean {
    const { source, timers, waits } = this
    const line = source.peek()
    if (line === undefined) {
      if (!source.isOver) this.wait(source.more())
      else if (waits === undefined) this.end()
      else this.wait(waits.arrived().then(() => this.end()))
      return false
    }
    const leftMs = this.dueMs(line) - timers.now()
    if (leftMs > 0) {
      this.burst = 0
      this.stepIn(leftMs)
      return false
    }
    if (waits !== undefined && this.burst >= aheadFrames) {
      this.burst = 0
      this.wait(waits.flushed())
      return false
    }
    // Its client is not back yet: `demandChanged` will come, or else the timer.
    const heldMs = this.sessions?.heldMs(line, timers.now()) ?? 0
    if (heldMs > 0) {
      this.stepIn(heldMs)
      return false
    }
    this.catchUp(leftMs)
    source.take()
    this.play(line)
    return true
  }

  private stepIn(delayMs: number): void {
    this.cancel()
    this.cancel = this.timers.after(delayMs, () => this.step())
  }

  private wait(ready: Promise<void>): void {
    this.isWaiting = true
    const go = (): void => {
      this.isWaiting = false
      this.step()
    }
    ready.then(go, (error: unknown) => {
      this.rejectDone(error)
      this.end()
    })
  }

  private dueMs(line: RecordingLine): number {
    const { atMs = this.progressSubject.value.passed * bareFrameMs } = line
    // The first frame comes at once; what stands before it is not waited for.
    if (this.firstMs === undefined && !(line.kind === 'frame' && line.type !== undefined)) return -Infinity
    this.firstMs ??= atMs
    return (this.startedMs ?? 0) + (atMs - this.firstMs) / this.speed
  }

  /** What was held back for a client's return shifts all that follows. */
  private catchUp(leftMs: number): void {
    if (this.sessions?.wasHeld() === true && this.startedMs !== undefined) this.startedMs -= leftMs
  }

  private play(line: RecordingLine): void {
    if (line.kind === 'frame' && line.type !== undefined) this.publish(line, line.type, line.code ?? '')
    else this.sessions?.play(line)
  }

  private publish(line: FrameLine, type: string, code: string): void {
    this.burst++
    const sent = this.outlet.publish(new RawBroadcast(type, code, line.text, line.level))
    const { value } = this.progressSubject
    this.progressSubject.next({
      ...value,
      sent: value.sent + (sent > 0 ? 1 : 0),
      passed: value.passed + 1,
      positionMs: line.atMs === undefined ? value.passed * bareFrameMs : line.atMs - (this.firstMs ?? 0),
    })
  }
}
