/** The errors that concern a stream of one connection; each names the stream and says what to do. */
import { UpbitError } from '../base/errors'
import type { DecodeError } from '../protocol/decode-error'
import type { StreamKey } from '../registry/stream-key'
import type { EventHead } from './event-key'
import { keyIdOf } from './event-key'
import type { GapEvent } from './gap-event'

/** A mark of the order was reset (C5.4). */
export function clockStepped(event: EventHead): UpbitError {
  const stream = keyIdOf(event)
  return new UpbitError('CLOCK_STEPPED', `The exchange's stamps of ${stream} went back and stayed back.`, {
    stream,
    epoch: event.epoch,
    nextStep: 'Nothing: delivery goes on from the newest stamp. Order by received_at across this moment.',
  })
}

/** A frame could not be read and was skipped. */
export function undecodable(problem: DecodeError, epoch: number): UpbitError {
  const { path, expected, actual, type, code, count = 1 } = problem
  const stream = type === undefined ? undefined : [type, code].filter(Boolean).join(' ')
  const more = count === 1 ? '' : `, and ${count - 1} more elements of that frame`
  const message = `${stream ?? 'A frame'}: ${path} should be ${expected}, found ${actual}${more}.`
  return new UpbitError('UNDECODABLE', message, {
    path,
    epoch,
    ...(stream === undefined ? {} : { stream }),
    nextStep: 'The frame was skipped. If it goes on, the exchange changed its frames: update upbit-rx.',
  })
}

/** A valid frame had a field or a value that is not in its table (C3.1). */
export function schemaDrift(name: string): UpbitError {
  return new UpbitError('SCHEMA_DRIFT', `The exchange sends something unknown: ${name}.`, {
    path: name,
    nextStep: 'Nothing breaks: an unknown field is not passed on. Update upbit-rx to receive it.',
  })
}

/** A code that should have sent its state by now has not (C10.3). */
export function silentCode({ id }: StreamKey): UpbitError {
  return new UpbitError('SILENT_CODE', `${id} has sent nothing within 5 s of being accepted.`, {
    stream: id,
    nextStep: 'Check that the market exists and, for an order book, that it supports the level.',
  })
}

/** Trades or candles that will never come: the exchange has no such market (C10.3). */
export function unlistedCode({ id, code }: StreamKey): UpbitError {
  return new UpbitError('SILENT_CODE', `${id} has sent nothing, and the exchange does not list ${code}.`, {
    stream: id,
    nextStep: 'Check the code: the market does not exist on this exchange, or no longer.',
  })
}

/** A gap could not be filled for a reason that is neither the exchange's nor the network's. */
export function backfillFailed({ event, code, consumer }: GapEvent, cause: unknown): UpbitError {
  const stream = [event, code].filter(Boolean).join(' ')
  const text = (cause instanceof Error ? `${cause.name}: ${cause.message}` : 'no error').slice(0, 200)
  return new UpbitError('BACKFILL_FAILED', `What was missed of ${stream} could not be given: ${text}.`, {
    stream,
    ...(consumer === undefined ? {} : { consumer }),
    cause,
    nextStep: 'The gap is abandoned and the stream goes on. Update upbit-rx, or report this with its cause.',
  })
}

/** The exchange refused a request because of this entry. */
export function rejected(
  { id }: StreamKey,
  consumer: string,
  serverName: string,
  serverMessage: string,
): UpbitError {
  const message = `The exchange refused a request with ${id}: ${serverName} ${serverMessage}`.trimEnd()
  return new UpbitError('REJECTED', message, {
    serverName,
    serverMessage,
    stream: id,
    consumer,
    nextStep: 'Correct the request and subscribe again; other consumers are not affected.',
  })
}
