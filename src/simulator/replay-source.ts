/** Where a replay takes its lines from: from memory in the same turn, or from a file a few hundred ahead. */
import type { RecordingLine } from '../recording/recording-line'

export interface ReplaySource {
  /** The next line, which stays; `undefined` where there is none yet, or none any more. */
  peek(): RecordingLine | undefined
  take(): void
  /** Whether there will be no more. */
  readonly isOver: boolean
  /** Resolves when there is a line, or when it is over; rejects when it cannot be read on. */
  more(): Promise<void>
  close(): void
}

export function memorySource(lines: readonly RecordingLine[]): ReplaySource {
  let next = 0
  return {
    peek: () => lines[next],
    take() {
      next++
    },
    get isOver() {
      return next >= lines.length
    },
    more: () => Promise.resolve(),
    close() {
      next = lines.length
    },
  }
}

const aheadLines = 256

export function fileSource(lines: AsyncGenerator<RecordingLine | undefined, void>): ReplaySource {
  let ready: RecordingLine[] = []
  let next = 0
  let isRead = false
  let failure: { readonly cause: unknown } | undefined
  return {
    peek: () => ready[next],
    take() {
      next++
    },
    get isOver() {
      return isRead && next >= ready.length && failure === undefined
    },
    async more() {
      ready = []
      next = 0
      // What was read before it failed has been replayed.
      if (failure !== undefined) throw failure.cause
      try {
        while (ready.length < aheadLines) {
          const { value, done } = await lines.next()
          if (done === true) {
            isRead = true
            return
          }
          if (value !== undefined) ready.push(value)
        }
      } catch (cause) {
        failure = { cause }
      }
    },
    close() {
      void lines.return()
    },
  }
}
