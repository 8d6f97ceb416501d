/** The edges where streams become promises: each takes a time limit and a signal (C2.4). */
import type { Observable } from 'rxjs'
import { Subscription } from 'rxjs'
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import type { PrivateStatus } from './channels/account-view'
import { onAbort } from './channels/on-abort'
import { checkNames } from './base/check-names'
import { checkMs, checkSignal } from './channels/option-checks'
import type { ConnectionStatus } from './connection/status'

/** Options of every call that returns a promise (C2.4). */
export interface PromiseOptions {
  /** Rejects with `TIMEOUT` after so long, ms. Default 5,000. */
  readonly timeoutMs?: number
  /** Rejects with `ABORTED` when it aborts; its reason is the error's `cause`. */
  readonly signal?: AbortSignal
}

/** Whose promise it is: an error says how its connection was, where it has one. */
export interface PromisePorts {
  readonly environment: Environment
  readonly status?: ConnectionStatus
  /** The same of what an account is asked for. */
  readonly privateStatus?: PrivateStatus | undefined
  /** What went wrong meanwhile, if anything did. */
  readonly cause?: unknown
}

const defaultTimeoutMs = 5000
/** The longest delay that a JavaScript timer takes, 24 days; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1

/** Throws `INVALID_OPTION`; to be asked before anything happens that a promise tells of. */
export function checkPromiseOptions(options: PromiseOptions): void {
  checkNames(options, ['timeoutMs', 'signal'])
  checkMs('timeoutMs', options.timeoutMs)
  checkSignal(options.signal)
}

/** The first value of `source$`, in time; `what` names the call in its error. An aborted signal leaves it unsubscribed. */
export function toPromise<T>(
  source$: Observable<T>,
  what: string,
  ports: PromisePorts,
  { timeoutMs = defaultTimeoutMs, signal }: PromiseOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const ends = new Subscription()
    const fail = (code: 'TIMEOUT' | 'ABORTED', why: string, cause = ports.cause): void => {
      const { status, privateStatus } = ports
      // Only now: the account may be off as soon as nobody asks.
      ends.unsubscribe()
      const connection = status === undefined ? '' : `; the connection was ${status.state}`
      const account = privateStatus === undefined ? '' : `; the account was ${privateStatus.state}`
      const told = privateStatus === undefined ? 'status$' : 'privateStatus$'
      reject(
        new UpbitError(code, `${what} ${why}${connection}${account}.`, {
          nextStep:
            code === 'TIMEOUT'
              ? `Raise timeoutMs, or see ${told} and errors$ for the cause.`
              : 'Nothing: it was ended.',
          ...(cause === undefined ? {} : { cause }),
        }),
      )
    }
    // First: what has been aborted already begins nothing, and has no answer, however soon there were one.
    ends.add(onAbort(signal, () => fail('ABORTED', 'was aborted', signal?.reason)))
    if (ends.closed) return
    ends.add(
      source$.subscribe({
        next: (value) => {
          ends.unsubscribe()
          resolve(value)
        },
        error: (error: unknown) => {
          ends.unsubscribe()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
        // After a value this changes nothing.
        complete: () => fail('ABORTED', 'was ended before there was an answer'),
      }),
    )
    // Referenced: whoever awaits this is owed an answer, even if nothing else keeps the process.
    ends.add(
      ports.environment
        .timer$(Math.min(timeoutMs, longestTimerMs))
        .subscribe(() => fail('TIMEOUT', `took longer than ${timeoutMs} ms`)),
    )
  })
}
