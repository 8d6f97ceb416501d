/** The limiter's public face: calls of other clients stand in the same lines as the library's own (C11). */
import { Subscription } from 'rxjs'
import { checkNames } from './base/check-names'
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import { invalidOption } from './base/invalid-option'
import { onAbort } from './channels/on-abort'
import { checkMs, checkOneOf, checkSignal, checkText } from './channels/option-checks'
import { sharedOptions } from './manager-pool'
import { isBag } from './protocol/bag'
import type { ResolvedOptions } from './resolved-options'
import { foreignAnswerOf } from './rate-limit/answer'
import type { Budget } from './rate-limit/budget'
import { priorities, type Priority } from './rate-limit/priority'
import { limiterOf } from './rate-limit/rate-limiter'
import { needsText, refusalTextOf } from './rate-limit/refusal-text'
import type { CallTurn } from './rate-limit/rest-limits'
import { RestLimits } from './rate-limit/rest-limits'
import type { TurnTooLate } from './rate-limit/turn-too-late'
import { turnError } from './rest/turn-error'
import { hostOf, sendsOriginTo } from './target'

/** Options of `GlobalRateLimiter.run`. */
export interface LimitedCallOptions {
  /** Who goes first where calls compete. Default `poll`, the last. */
  readonly priority?: Priority
  /** Rejects with `ABORTED` when it aborts: waiting ends, and the signal that the call was given aborts. */
  readonly signal?: AbortSignal
  /**
   * Rejects with `TIMEOUT` when its turn has not come after so long, ms, and with `RATE_LIMITED` as soon as it cannot come
   * in that time; a call that began is not ended. Default 5,000.
   */
  readonly timeoutMs?: number
}

type Target = Pick<ResolvedOptions, 'environment' | 'restUrl' | 'credentials'>

const defaultTimeoutMs = 5000

/**
 * The one limiter of the process: no window of the exchange's limits is ever exceeded, whoever calls and whatever the
 * network does. All connections and calls of the library go through it; so can those of other clients, which then share
 * the budgets instead of competing for them.
 *
 * @example
 * ```ts
 * import { GlobalRateLimiter } from 'upbit-rx'
 *
 * const limiter = GlobalRateLimiter.shared()
 * const response = await limiter.run('market', (signal) => fetch('https://api.upbit.com/v1/market/all', { signal }))
 * console.log(response.status, limiter.budgets())
 * ```
 */
export class GlobalRateLimiter {
  readonly #target: () => Target

  /** @internal Use `GlobalRateLimiter.shared()` or the `limiter` of a client. */
  constructor(target: () => Target) {
    this.#target = target
  }

  /** For the host and the account of the shared instance, as they are at each call. Asking is no use of that instance. */
  static shared(): GlobalRateLimiter {
    return new GlobalRateLimiter(sharedOptions)
  }

  /**
   * What `call` returns, called in its turn. The limiter learns from it where it is an answer (the `Response` of `fetch`,
   * an object with `status` or `statusCode` and `headers`) and from an error that carries one as `response`: calls that others of this
   * address make, and how long a 429 or a 418 says to wait. Any other result, but an error of the exchange's, shows that it
   * was let in. What it returns or throws is passed on as it is.
   *
   * The text of a refusal of `fetch` is read from a copy, for a second at most.
   *
   * `call` gets a signal that aborts with yours. Its permit returns a period after its end, so it has to end, also when it
   * was aborted.
   *
   * @param group the group of limits that the exchange counts the call in: `market`, `ticker`, `orderbook`, `trade`,
   * `candle` of an address, `default`, `order`, `order-test`, `order-cancel-all` of an account. Source: docs.upbit.com,
   * `rate-limits`. Another name has a budget of its own, until an answer names the group that it belongs to.
   * @throws UpbitError rejects with `INVALID_OPTION`; with `TIMEOUT` when the turn has not come in time, with
   * `RATE_LIMITED` at once when it cannot, and with `ABORTED` when `signal` aborts; its `cause` is the signal's reason.
   */
  async run<T>(
    group: string,
    call: (signal: AbortSignal) => T | PromiseLike<T>,
    options: LimitedCallOptions = {},
  ): Promise<T> {
    check(group, call, options)
    const { priority = 'poll', signal, timeoutMs = defaultTimeoutMs } = options
    const target = this.#target()
    const abort = new AbortController()
    const turn$ = restLimitsOf(target).turn$(group, {
      priority,
      scope: 'address',
      account: target.credentials?.account(),
      withinMs: timeoutMs,
    })
    return new Promise<T>((resolve, reject) => {
      if (signal?.aborted === true) return reject(aborted(group, signal.reason))
      const waiting = new Subscription()
      const settle = (work: () => void): void => {
        waiting.unsubscribe()
        stopListening()
        work()
      }
      const begin = async (turn: CallTurn): Promise<void> => {
        try {
          const result = await call(abort.signal)
          if (!(await learn(turn, () => result, target.environment)) && !isErrorBody(result)) turn.letIn()
          settle(() => resolve(result))
        } catch (error) {
          await learn(turn, () => (Object(error) as { response?: unknown }).response, target.environment)
          // As it was thrown, whatever it is.
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- it is the caller's own
          settle(() => reject(error))
        }
        // Now, and not when its caller has turned away: as long as it goes on, the exchange may count it yet.
        turn.over()
      }
      const stopListening = onAbort(signal, () => {
        abort.abort(signal?.reason)
        settle(() => reject(aborted(group, signal?.reason)))
      })
      waiting.add(
        target.environment.timer$(timeoutMs).subscribe(() => {
          settle(() => reject(tooLong(group, timeoutMs)))
        }),
      )
      waiting.add(
        turn$.subscribe({
          next: (turn) => {
            waiting.unsubscribe()
            void begin(turn)
          },
          error: (late: unknown) =>
            settle(() => reject(turnError(`A call in '${group}'`, late as TurnTooLate))),
        }),
      )
    })
  }

  /** Every budget of the process that is in use, of all hosts: what is left of it, and who waits. For metrics. */
  budgets(): readonly Budget[] {
    return limiterOf(this.#target().environment).budgets()
  }
}

/** The budgets of a target's REST calls. */
export function restLimitsOf({ environment, restUrl }: Pick<Target, 'environment' | 'restUrl'>): RestLimits {
  const host = hostOf(restUrl)
  return new RestLimits(limiterOf(environment), host, sendsOriginTo(host))
}

/** Resolves with whether there was an answer. Never rejects: what a call has come to is its caller's, whatever it looks like. */
async function learn(turn: CallTurn, answered: () => unknown, environment: Environment): Promise<boolean> {
  try {
    const value = answered()
    const answer = foreignAnswerOf(value)
    if (answer === undefined) return false
    const body = needsText(answer) ? await refusalTextOf(value, environment) : undefined
    turn.answered(body === undefined ? answer : { ...answer, body })
    return true
  } catch {
    // A getter of a stranger's that throws.
    return false
  }
}

/** `{"error":{…}}`: what the exchange says where it refuses, passed on as if it were data. */
function isErrorBody(value: unknown): boolean {
  try {
    return isBag(value) && isBag(value['error'])
  } catch {
    return false
  }
}

function check(group: unknown, call: unknown, options: LimitedCallOptions): void {
  checkText('group', group)
  if (typeof group !== 'string') throw invalidOption('group', group, 'the name of a group of limits')
  if (typeof call !== 'function') throw invalidOption('call', call, 'a function')
  checkNames(options, ['priority', 'signal', 'timeoutMs'])
  checkOneOf('priority', options.priority, priorities)
  checkSignal(options.signal)
  checkMs('timeoutMs', options.timeoutMs)
}

function aborted(group: string, reason: unknown): UpbitError {
  return new UpbitError('ABORTED', `A call in '${group}' was aborted.`, {
    nextStep: 'Nothing: it was ended.',
    cause: reason,
  })
}

function tooLong(group: string, timeoutMs: number): UpbitError {
  return new UpbitError('TIMEOUT', `The turn of a call in '${group}' has not come in ${timeoutMs} ms.`, {
    nextStep: 'Raise timeoutMs, call less often, or see budgets() of the limiter for who waits and why.',
  })
}
