/** The edges where streams become promises: each takes a time limit and a signal (C2.4). */
import type { Observable } from 'rxjs'
import { UpbitError } from './base/errors'
import { invalidOption } from './channels/consumer-options'
import type { GlobalWebSocketManager } from './manager'

export interface PromiseOptions {
  /** Rejects with `TIMEOUT` after so long, ms. Default 5,000. */
  readonly timeoutMs?: number
  /** Rejects with `ABORTED` when it aborts. */
  readonly signal?: AbortSignal
}

const defaultTimeoutMs = 5000

/** The first value of `source$`, in time; `what` names the call in its error. */
export function toPromise<T>(
  source$: Observable<T>,
  what: string,
  { options: { environment }, status }: GlobalWebSocketManager,
  { timeoutMs = defaultTimeoutMs, signal }: PromiseOptions,
): Promise<T> {
  if (!(timeoutMs > 0)) throw invalidOption('timeoutMs', timeoutMs, 'a number of milliseconds above 0')
  return new Promise((resolve, reject) => {
    const fail = (code: 'TIMEOUT' | 'ABORTED', why: string): void => {
      end()
      reject(
        new UpbitError(code, `${what} ${why}; the connection was ${status.state}.`, {
          nextStep: 'Raise timeoutMs, or see status$ and errors$ for the cause.',
        }),
      )
    }
    const aborted = (): void => fail('ABORTED', 'was aborted')
    const end = (): void => {
      signal?.removeEventListener('abort', aborted)
      timer.unsubscribe()
      waiting?.unsubscribe()
    }
    let waiting: { unsubscribe(): void } | undefined
    const timer = environment
      .timer$(timeoutMs, { referenced: false })
      .subscribe(() => fail('TIMEOUT', `took longer than ${timeoutMs} ms`))
    if (signal?.aborted === true) return aborted()
    signal?.addEventListener('abort', aborted)
    waiting = source$.subscribe({
      next: (value) => {
        end()
        resolve(value)
      },
      error: (error: unknown) => {
        end()
        reject(error instanceof Error ? error : new Error(String(error)))
      },
    })
  })
}
