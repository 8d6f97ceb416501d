/**
 * A shape as a function that reads it: the only place of the library where code is made from text. Node only; the
 * table of layers keeps it from the browser entry, where a content security policy would refuse it.
 */
import type { PublicEvent } from '../events'
import { isUtcDateTime } from '../utc-date-time'
import type { PublicType } from '../wire'
import { asciiText } from './ascii-text'
import { cursor } from './cursor'
import { passNumber } from './pass-number'
import { powersOfTen } from './quotient'
import { readMilliseconds, readNumber } from './read-number'
import { readerParameters, readerSource } from './reader-source'
import type { Shape } from './shape'
import type { TextCache } from './text-cache'

/**
 * Reads what follows the code, from `start` up to exactly `end`: the event, or `undefined` where the bytes are not of
 * its shape; `cursor.member` then says where. Throws a `RangeError` where it would have to read beyond the buffer.
 */
export type ReadBody<Taken = PublicEvent> = (
  view: DataView,
  start: number,
  end: number,
  code: string,
  epoch: number,
  receivedAt: number,
) => Taken | undefined

type Maker<Taken> = (...values: readonly unknown[]) => ReadBody<Taken>

/** Makes what the names of the shape are. Throws an `EvalError` in a process that forbids code from text. */
export function generateReader<Taken = PublicEvent>(
  type: PublicType,
  shape: Shape,
  isList: boolean,
  texts: TextCache,
): ReadBody<Taken> {
  const values: Record<(typeof readerParameters)[number], unknown> = {
    cursor,
    readNumber,
    readMilliseconds,
    passNumber,
    asciiText,
    powersOfTen,
    texts,
    isUtcDateTime,
  }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is made of our tables and of numbers alone
  const maker = new Function(...readerParameters, readerSource(type, shape, isList)) as Maker<Taken>
  return maker(...readerParameters.map((name) => values[name]))
}
