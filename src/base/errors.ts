/**
 * The closed set of things that can go wrong, one class and a code each. Tell errors apart by `code`: two builds of
 * the package in one process have two classes, so `instanceof` can lie. `docs/errors.md` has a row for every code.
 */

export const errorCodes = [
  'INVALID_CODE',
  'INVALID_OPTION',
  'ALREADY_CONFIGURED',
  'UNDECODABLE',
  'SCHEMA_DRIFT',
  'CONNECT_FAILED',
  'ORIGIN_LIMITED',
  'SERVER_ERROR',
  'REJECTED',
  'TOO_MANY_INDICATORS',
  'AUTH_REFUSED',
  'PRIVATE_UNAVAILABLE',
  'REST_REFUSED',
  'REST_FAILED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'ORDER_NOT_PLACED',
  'ORDER_UNKNOWN',
  'SILENT_CODE',
  'SUBSCRIPTION_DRIFT',
  'CLOCK_STEPPED',
  'HANDLER_FAILED',
  'STREAM_FAILED',
  'BACKFILL_FAILED',
  'SLOW_CONSUMER',
  'BUFFER_OVERFLOW',
  'TIMEOUT',
  'ABORTED',
  'PROXY_NAME_TAKEN',
  'PROXY_COLLECTED',
  'PROXY_CLOSED',
  'RECORDING_FAILED',
  'RECORDING_OVERFLOW',
  'RECORDING_DAMAGED',
] as const

/** The code of an `UpbitError`, by which errors are told apart (`docs/errors.md`). */
export type UpbitErrorCode = (typeof errorCodes)[number]

/** What an error says beside its message; which fields are there depends on the code (`docs/errors.md`). */
export interface UpbitErrorDetails {
  /** Where the bad value is: `$.orderbook_units[3].ask_price` in a frame. */
  readonly path?: string
  /** The option to change, `buffer.capacity`. */
  readonly option?: string
  /** The name of the consumer it concerns. */
  readonly consumer?: string
  /** The stream it concerns: `ticker KRW-BTC`. */
  readonly stream?: string
  /** The name of the proxy it concerns. */
  readonly proxy?: string
  /** Where that proxy was made: a line of a stack trace. */
  readonly madeAt?: string
  /** The exchange's own name of the error, `INVALID_PARAM`. */
  readonly serverName?: string
  /** The exchange's own message. */
  readonly serverMessage?: string
  /** The HTTP status of the answer. */
  readonly status?: number
  /** Of the order whose outcome it tells: what to look it up by. */
  readonly identifier?: string
  /** The connection's counter when it happened. */
  readonly epoch?: number
  /** What to do next, in a sentence. */
  readonly nextStep?: string
  readonly cause?: unknown
}

/** Every error that the library throws, delivers or reports. */
export class UpbitError extends Error {
  override readonly name = 'UpbitError'
  readonly code: UpbitErrorCode
  // Declared, not defined: an error shows the details that it has, and no others as `undefined`.
  declare readonly path?: string
  declare readonly option?: string
  declare readonly consumer?: string
  declare readonly stream?: string
  declare readonly proxy?: string
  declare readonly madeAt?: string
  declare readonly serverName?: string
  declare readonly serverMessage?: string
  declare readonly status?: number
  declare readonly identifier?: string
  declare readonly epoch?: number
  declare readonly nextStep?: string

  constructor(code: UpbitErrorCode, message: string, details: UpbitErrorDetails = {}) {
    const { cause, ...rest } = details
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    Object.assign(this, rest)
  }

  /**
   * What `JSON.stringify` shows, so that a log has the message: name, code, message and details. No stack, and of causes those
   * that are errors of this library alone: another one may hold a request with its headers.
   */
  toJSON(): object {
    const { name, code, message, cause } = this
    return Object.assign(
      { name, code, message },
      this,
      cause instanceof Error && cause.name === this.name ? { cause } : {},
    )
  }
}

/**
 * Whether a caught value is one of ours, whichever build of the package made it.
 *
 * @example
 * ```ts
 * import { isUpbitError, ticker$ } from 'upbit-rx'
 *
 * ticker$('KRW-BTC').subscribe({
 *   error: (error) => {
 *     if (isUpbitError(error) && error.code === 'REJECTED') console.log(error.serverName, error.nextStep)
 *   },
 * })
 * ```
 */
export function isUpbitError(value: unknown): value is UpbitError {
  return (
    value instanceof Error && value.name === 'UpbitError' && errorCodes.includes((value as UpbitError).code)
  )
}
