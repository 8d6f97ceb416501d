/** The errors that concern one consumer; each names it and says what to do. */
import { UpbitError } from '../base/errors'
import type { UpbitErrorCode } from '../base/errors'

/** Its callback threw or rejected (C4.7). */
export function handlerFailed(consumer: string, cause: unknown): UpbitError {
  return failed('HANDLER_FAILED', `The handler of ${consumer} failed`, cause, {
    consumer,
    nextStep: 'Mend the handler; it stays subscribed and gets the next event.',
  })
}

/** The Observable of its `deliver` failed. */
export function notifierFailed(consumer: string, cause: unknown): UpbitError {
  return failed('STREAM_FAILED', `The \`deliver\` of ${consumer} failed`, cause, {
    consumer,
    nextStep: 'Nothing is lost: from now on its events are delivered as they come. Mend the Observable.',
  })
}

/** The stream that `consume` was given ended with an error. */
export function streamFailed(consumer: string, cause: unknown): UpbitError {
  return failed('STREAM_FAILED', `The stream of ${consumer} ended with an error`, cause, {
    consumer,
    nextStep: 'Handle the error in the stream itself, with catchError or retry, and consume it again.',
  })
}

/** Its buffer was full under policy `error`. */
export function bufferOverflowed(consumer: string): UpbitError {
  const nextStep = 'Raise buffer.capacity, make the consumer faster, or choose another buffer.overflow.'
  return new UpbitError('BUFFER_OVERFLOW', `The buffer of ${consumer} overflowed.`, {
    option: 'buffer.capacity',
    consumer,
    nextStep,
  })
}

function failed(
  code: UpbitErrorCode,
  what: string,
  cause: unknown,
  details: { readonly consumer: string; readonly nextStep: string },
): UpbitError {
  const text = said(cause).slice(0, 200)
  return new UpbitError(code, `${what}: ${text}${/[.!?]$/.test(text) ? '' : '.'}${placeOf(cause)}`, {
    ...details,
    cause,
  })
}

/** What was thrown may be anything, and some things have no text. */
function said(cause: unknown): string {
  try {
    if (!(cause instanceof Error)) return String(cause)
    return cause.name === 'Error' ? cause.message : `${cause.name}: ${cause.message}`
  } catch {
    return 'with a value that has no text'
  }
}

/** Where it was thrown, since a warning shows the stack of whoever warns. Nothing where the engine does not say. */
function placeOf(cause: unknown): string {
  try {
    const frame = cause instanceof Error ? /^\s*at .*$/m.exec(cause.stack ?? '')?.[0].trim() : undefined
    return frame === undefined ? '' : ` Thrown ${frame}.`
  } catch {
    return ''
  }
}
