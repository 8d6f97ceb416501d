/**
 * What may have become of a request that changes something. From the moment at which it goes out until its answer is
 * read, and after an end that says nothing, nobody can tell whether it was carried out.
 */
import type { Observable } from 'rxjs'
import { catchError, defer, map, NEVER, race, throwError, throwIfEmpty } from 'rxjs'
import type { Environment } from '../../base/environment'
import type { UpbitErrorCode } from '../../base/errors'
import { isUpbitError, UpbitError } from '../../base/errors'
import { usedNonce } from '../../protocol/used-nonce'
import type { AttemptWatch } from '../rest-call'
import { noOrder } from '../rest-verdict'

/** What a request of trading runs in. */
export interface TradingCall {
  readonly environment: Environment
  /** `placeOrder KRW-BTC`. */
  readonly what: string
  readonly timeoutMs: number
  /** Emits the cause when whoever asked wants no answer any more. */
  readonly stop$: Observable<unknown>
}

/** Watches the attempts of one call. */
export class Sending implements AttemptWatch {
  #isUnderWay = false
  #isDoubtful = false

  /** `again` tells of a failed attempt whether there may be another one. */
  constructor(private readonly again: (error: UpbitError) => boolean) {}

  /** Whether it may have been carried out, without a word of it. */
  get isUnknown(): boolean {
    return this.#isUnderWay || this.#isDoubtful
  }

  /** What came tells what has become of all attempts. */
  settle(): void {
    this.#isUnderWay = false
    this.#isDoubtful = false
  }

  /** Whether an attempt that is over may have been carried out. */
  get hasDoubts(): boolean {
    return this.#isDoubtful
  }

  sent(): void {
    this.#isUnderWay = true
  }

  /** What came says that an earlier attempt may have been taken. */
  doubt(): void {
    this.#isDoubtful = true
  }

  failed(error: UpbitError): boolean {
    if (this.#isUnderWay && !isRefusal(error)) this.#isDoubtful = true
    this.#isUnderWay = false
    return this.again(error)
  }
}

/** HTTP's 4xx are refusals, save those that tell of time or of a result elsewhere. */
const unclear = [303, 408, 499]

/**
 * Whether the exchange surely did nothing of it. `nonce_used` is none: a request that was delivered twice is answered so,
 * and its first copy may have been taken.
 */
function isRefusal({ status = 0, serverName }: UpbitError): boolean {
  return status >= 300 && status <= 499 && !unclear.includes(status) && serverName !== usedNonce
}

/** An answer that came and tells nothing of what was done; who calls REST does not repeat it, since it is no stumble. */
export function isUnclear(error: UpbitError): boolean {
  const { code } = error
  return code === 'UNDECODABLE' || ((code === 'REST_REFUSED' || code === 'AUTH_REFUSED') && !isRefusal(error))
}

/** Refused by a limit before anything was read of it, or for its token alone (docs.upbit.com `rest-api-guide`). */
export function isRefusedUnread({ status, serverName }: UpbitError): boolean {
  return status === 429 || status === 418 || serverName === usedNonce
}

/** A caller errors with nothing else; what a callback of ours throws is a fault like any other. */
export function asUpbitError(error: unknown): UpbitError {
  return isUpbitError(error) ? error : new UpbitError('REST_FAILED', String(error), { cause: error })
}

/** No order of these ids, in the exchange's own words: a gateway's 404 says nothing of orders. */
export function isNoOrder(error: unknown): boolean {
  return isUpbitError(error) && error.code === 'NOT_FOUND' && error.serverName === noOrder
}

/** Errors that say already what became of it. */
const outcomes: readonly string[] = ['ORDER_NOT_PLACED', 'ORDER_UNKNOWN'] satisfies readonly UpbitErrorCode[]

/**
 * `source$` within its time and until it is stopped; what ends it while its outcome is unknown is an `unknown` of that cause.
 */
export function toldWhenUnknown$<T>(
  source$: Observable<T>,
  sending: Sending,
  unknown: (cause: UpbitError) => UpbitError,
  { environment, what, timeoutMs, stop$ }: TradingCall,
): Observable<T> {
  const stop = (reason: unknown): UpbitError =>
    new UpbitError('ABORTED', `${what} was ended before there was an answer.`, {
      nextStep: 'Nothing: it was ended.',
      ...(reason === undefined ? {} : { cause: reason }),
    })
  return defer(() =>
    race(
      source$.pipe(throwIfEmpty(() => stop(undefined))),
      stop$.pipe(
        map((reason) => {
          throw stop(reason)
        }),
      ),
      timeoutMs === Infinity
        ? NEVER
        : environment.timer$(timeoutMs).pipe(
            map(() => {
              throw new UpbitError('TIMEOUT', `${what} took longer than ${timeoutMs} ms.`, {
                nextStep: 'Raise timeoutMs; the time includes the waits for permits of the limiter.',
              })
            }),
          ),
    ).pipe(
      catchError((cause: unknown) => {
        const error = asUpbitError(cause)
        return throwError(() =>
          sending.isUnknown && !outcomes.includes(error.code) ? unknown(error) : error,
        )
      }),
    ),
  )
}
