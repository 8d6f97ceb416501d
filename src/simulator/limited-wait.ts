/**
 * A wait of the test kit with its limits: a test that waits for what never comes must end, and say what it waited for.
 * The limit is in the exchange's own time, so a wait under virtual time needs no real second.
 */
import { Subscription } from 'rxjs'
import { checkNames } from '../base/check-names'
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'

/** Limits of a wait for something to happen. */
export interface WaitOptions {
  /**
   * Rejects with `TIMEOUT` after so long, ms of the exchange's time; `Infinity`: never. Default 5,000. It should be less
   * than the time that the test runner gives a test, or the runner gives up first and says nothing of the cause.
   */
  readonly timeoutMs?: number
  /** Rejects with `ABORTED` when it aborts. */
  readonly signal?: AbortSignal
}

/** A wait under way: what it is called, and what it ends with. */
export interface Wait {
  /** Names it in an error. */
  readonly what: string
  /** How far things are, in words, at the moment of an error. */
  readonly present: () => string
  /** Begins it; returns what stops it. May call back in the same turn. */
  readonly start: (done: () => void, fail: (error: unknown) => void) => () => void
}

const defaultTimeoutMs = 5000

/** Resolves when the wait is done. Rejects with `TIMEOUT`, `ABORTED`, `INVALID_OPTION`, or what the wait fails with. */
export function limitedWait(
  { what, present, start }: Wait,
  environment: Environment,
  options: WaitOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    checkNames(options, ['timeoutMs', 'signal'])
    const { timeoutMs = defaultTimeoutMs, signal } = options
    if (!(typeof timeoutMs === 'number' && timeoutMs > 0)) {
      const message = `\`timeoutMs\` is ${String(timeoutMs)}; allowed: a number of milliseconds above 0.`
      throw new UpbitError('INVALID_OPTION', message, { option: 'timeoutMs' })
    }
    const ends = new Subscription()
    const fail = (error: unknown): void => {
      ends.unsubscribe()
      reject(error instanceof Error ? error : new Error(String(error)))
    }
    const end = (code: 'TIMEOUT' | 'ABORTED', why: string): void =>
      fail(
        new UpbitError(code, `${what} ${why}; ${present()}.`, {
          nextStep:
            'Look at `dials` and `received` for what clients did; raise timeoutMs where they need longer.',
        }),
      )
    const done = (): void => {
      ends.unsubscribe()
      resolve()
    }
    ends.add(start(done, fail))
    if (ends.closed) return
    const abort = (): void => end('ABORTED', 'was aborted')
    if (signal?.aborted === true) return abort()
    signal?.addEventListener('abort', abort, { once: true })
    ends.add(() => signal?.removeEventListener('abort', abort))
    // Referenced, unlike the exchange's own timers: whoever awaits this is owed an answer.
    if (timeoutMs === Infinity) return
    ends.add(
      environment.timer$(timeoutMs).subscribe(() => end('TIMEOUT', `took longer than ${timeoutMs} ms`)),
    )
  })
}
