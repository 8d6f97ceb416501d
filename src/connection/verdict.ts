/**
 * Why a session ended decides what comes next: one function, a reason beside each case (C10.2).
 * Sources: docs.upbit.com `websocket-guide` and `rate-limits`, read 2026-11; close codes as seen on the wire.
 */
import type { ServerError } from '../protocol/control'
import { usedNonce } from '../protocol/used-nonce'
import type { SocketFailure } from '../transport/socket'
import { isAuthError, isLimitError } from './server-error'

export type Verdict =
  /** Dial again after the backoff, at the soonest after `minDelayMs`, and resend everything. */
  | { readonly kind: 'retry'; readonly reason: string; readonly minDelayMs: number }
  /** No dial at all of this host before `blockMs` have passed. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly blockMs: number | undefined }
  /** The token's nonce had been used before: once more with a fresh one. */
  | { readonly kind: 'nonce'; readonly reason: string }
  /** Not again with the same credentials. */
  | { readonly kind: 'auth'; readonly reason: string }

export function verdictOn(failure: SocketFailure, serverError: ServerError | undefined): Verdict {
  const retry = (reason: string, minDelayMs = 0): Verdict => ({ kind: 'retry', reason, minDelayMs })

  if (serverError !== undefined) {
    if (isAuthError(serverError)) return { kind: 'auth', reason: serverError.name }
    // A limit is no fault of the request; the exchange closes after it as after any error. How long to wait was said
    // with the frame (`limit-waits.ts`), and some of it is over.
    if (isLimitError(serverError)) return retry(serverError.name)
    // The faulty items are out of the set by now: dial and send what was accepted.
    return retry(`request refused: ${serverError.name}`)
  }
  switch (failure.status) {
    case 401:
    case 403:
      // The body's name is that of REST; on an open socket the exchange says `INVALID_AUTH` for this too.
      if (isUsedNonce(failure)) return { kind: 'nonce', reason: usedNonce }
      return { kind: 'auth', reason: `HTTP ${failure.status}` }
    case 429:
      return retry('HTTP 429: too many connects', Math.max(1000, failure.retryAfterMs ?? 0))
    case 418:
      // The exchange states how long; without that the caller doubles from 60 s.
      return { kind: 'blocked', reason: 'HTTP 418: blocked', blockMs: failure.retryAfterMs }
    case undefined:
      break
    default:
      // 5xx, and whatever a proxy or a maintenance page answers.
      return retry(`HTTP ${failure.status}`)
  }
  if (failure.phase === 'handshake') return retry(`not opened: ${causeOf(failure)}`)
  // 1000 is no farewell: the exchange closes with it after every error (seen 2026-09); 1006 is its idle cut.
  const closed = `closed with ${failure.closeCode ?? 'no code'}`
  // What ended it on our side, such as a message larger than a socket takes.
  const why = said(failure.cause)
  return retry(why === undefined ? closed : `${closed} (${why})`)
}

/** A refusal for the nonce of its token alone. */
export function isUsedNonce({ reason = '' }: SocketFailure): boolean {
  return reason.includes(usedNonce)
}

function causeOf({ cause, reason }: SocketFailure): string {
  return said(cause) ?? (reason || 'no answer')
}

/** Not by `instanceof`: Node's own errors are another realm's where a test runner has made one. */
function said(cause: unknown): string | undefined {
  const { message } = Object(cause) as { readonly message?: unknown }
  return typeof message === 'string' && message !== '' ? message.replace(/\.$/, '') : undefined
}
