/** `record`: what a client receives, into a file, from now on. */
import type { Observable } from 'rxjs'
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { SocketTap } from '../transport/socket-taps'
import { lineText } from '../recording/recording-line'
import { LineQueue } from './line-queue'
import { LineWriter } from './line-writer'
import { atProcessEnd } from './at-process-end'
import type { RecordOptions } from './record-options'
import { resolveRecordOptions } from './record-options'
import { OtherKindError } from './recording-file'
import { RecordingTap } from './recording-tap'
import { Rotation } from './rotation'

/** What can be recorded: a client that `createUpbit` made, or a `GlobalWebSocketManager`. */
export interface Recordable {
  /** @internal */
  readonly environment: Environment
  /** @internal */
  tap(tap: SocketTap): () => void
  /** @internal */
  report(error: UpbitError): void
  /** @internal Emits when nothing can come any more; absent where something always can. */
  readonly ended$?: Observable<void>
}

/** What a recording has come to. */
export interface RecordingTotals {
  /** Frames that were written. */
  readonly frames: number
  /** Bytes that were written, before compression. */
  readonly bytes: number
  /** Frames that could not be written; where they are missing, the recording says so. */
  readonly lost: number
  /** The files of this run, oldest first. */
  readonly files: readonly string[]
}

/** A compressed line is on the disk so long after it came, ms: what a crash can cost. */
const flushEveryMs = 1000

/** A running recording. */
export class Recording implements RecordingTotals {
  /** Resolves with the totals when it has been stopped, or its manager shut down; rejects with `RECORDING_FAILED` when it cannot be written on. */
  readonly done: Promise<RecordingTotals>
  readonly #environment: Environment
  readonly #queue: LineQueue
  readonly #writer: LineWriter
  readonly #rotation: Rotation
  readonly #leave: () => void
  #isStopped = false
  #resolve: (totals: RecordingTotals) => void = () => {}
  #reject: (error: UpbitError) => void = () => {}

  /** @internal Use `record`. */
  constructor(upbit: Recordable, file: string, options: RecordOptions) {
    const { environment } = upbit
    const { rotate, maxWaiting } = resolveRecordOptions(file, options)
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Who does not ask for the end is told on `errors$`, not by the process.
    this.done.catch(() => {})
    this.#environment = environment
    this.#queue = new LineQueue(maxWaiting, () => upbit.report(overflow(file, maxWaiting)))
    this.#rotation = new Rotation(file, rotate)
    const tap = new RecordingTap((line) => {
      this.#queue.offer(line)
      this.#writer.wake()
    })
    const fail = (cause: unknown): void => {
      const error = failure(this.#rotation.files.at(-1) ?? file, cause)
      this.#leave()
      this.#queue.discard(this.#writer.inHand)
      this.#reject(error)
      upbit.report(error)
    }
    try {
      this.#writer = new LineWriter({
        environment,
        queue: this.#queue,
        rotation: this.#rotation,
        flushEveryMs,
        failed: fail,
      })
    } catch (cause) {
      throw failure(file, cause)
    }
    const untap = upbit.tap(tap)
    const forget = atProcessEnd(() => void this.stop().catch(() => {}))
    const ending = new Subscription()
    this.#leave = () => {
      untap()
      forget()
      ending.unsubscribe()
    }
    ending.add(upbit.ended$?.subscribe(() => void this.stop().catch(() => {})))
  }

  get frames(): number {
    return this.#writer.frames
  }

  get bytes(): number {
    return this.#writer.bytes
  }

  get lost(): number {
    return this.#queue.lost
  }

  get files(): readonly string[] {
    return this.#rotation.files
  }

  /**
   * Takes nothing more in, from this very turn on, and resolves with the totals when all that came is in its file. A
   * second call waits for the same.
   *
   * @throws UpbitError rejects with `RECORDING_FAILED` when it could not be written.
   */
  stop(): Promise<RecordingTotals> {
    if (!this.#isStopped) {
      this.#isStopped = true
      this.#leave()
      void this.#finish()
    }
    return this.done
  }

  /** `stop`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #finish(): Promise<void> {
    const atMs = this.#environment.now()
    const queue = this.#queue
    queue.finish(atMs)
    // Those that are there when this line is written, which is after all of them.
    const frames = this.frames + this.#writer.inHand + queue.frames
    const line = { kind: 'end', atMs, frames, lost: queue.lost } as const
    queue.offer({ text: `${lineText(line)}\n`, atMs, isFrame: false })
    await this.#writer.end()
    const { bytes, lost, files } = this
    // After a failure this comes to nothing: `done` is rejected already.
    this.#resolve({ frames: this.frames, bytes, lost, files: [...files] })
  }
}

/**
 * Records what a client receives, from now on until `stop()`, of a manager also until its shutdown: every frame of all its connections, those too that open
 * later, as it came and with its time of receipt; and beside them every opening, request and close. It subscribes to
 * nothing: what nobody asked for is not there. Never a url, a header or a token.
 *
 * The file is JSON Lines, gzip where its name ends in `.gz`; one that is there is appended to. A crash costs at most what
 * came in its last second, and the file reads up to its last whole line. It does not keep the process alive: a script
 * that comes to its end gets a complete file; `process.exit` is a crash.
 *
 * Lines wait in memory while the disk is busy, at most `maxWaiting` characters. What exceeds that is lost, and told: by a
 * line in its place, by `lost`, and by `RECORDING_OVERFLOW` on the client's `errors$`. When the file cannot be written on,
 * the recording ends: `RECORDING_FAILED` on `errors$`, and `done` rejects with it.
 *
 * @throws UpbitError at the call: `INVALID_OPTION`; `RECORDING_FAILED` when the file cannot be opened.
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { record } from 'upbit-rx/record'
 *
 * const upbit = createUpbit()
 * const recording = record(upbit, 'btc.jsonl.gz', { rotate: { bytes: 100_000_000 } })
 * const subscription = upbit.trade$('KRW-BTC').subscribe()
 * // Later:
 * subscription.unsubscribe()
 * const { frames, files } = await recording.stop()
 * console.log(frames, files)
 * ```
 */
export function record(upbit: Recordable, file: string, options: RecordOptions = {}): Recording {
  return new Recording(upbit, file, options)
}

function failure(file: string, cause: unknown): UpbitError {
  const { code = cause instanceof Error ? cause.message : String(cause) } = cause as NodeJS.ErrnoException
  return new UpbitError('RECORDING_FAILED', `${file} cannot be written: ${code}.`, {
    path: file,
    cause,
    nextStep:
      cause instanceof OtherKindError
        ? 'Record into another file, or give this one a name that says what it holds.'
        : 'See that the folder is there and may be written to, and that the disk has room; then record again.',
  })
}

function overflow(file: string, maxWaiting: number): UpbitError {
  return new UpbitError(
    'RECORDING_OVERFLOW',
    `The disk of ${file} is slower than the exchange: ${maxWaiting} characters wait, and frames are lost.`,
    {
      path: file,
      option: 'maxWaiting',
      nextStep:
        'Record to a faster disk, subscribe to less, or raise maxWaiting. The recording says where they are missing.',
    },
  )
}
