/** What one call is: where it goes, whose budget it uses, and what its answer holds. */
import type * as t from 'io-ts'
import type { UpbitError } from '../base/errors'
import { arrayOf, objectCodec } from '../protocol/event-codec'
import type { Fields, FieldsType } from '../protocol/field'
import type { Priority } from '../rate-limit/priority'
import type { HttpAnswer, HttpRequest } from '../transport/http'
import type { Parameter } from './query'

/** The documented groups of limits (docs.upbit.com `rate-limits`, read 2026-11); headers name them otherwise. */
export type LimitGroup =
  | 'market'
  | 'ticker'
  | 'orderbook'
  | 'trade'
  | 'candle'
  | 'default'
  | 'order'
  | 'order-test'
  | 'order-cancel-all'

export interface Endpoint<T> {
  /** The parameters of a `POST` are its JSON body, all others' are in the url. */
  readonly method: HttpRequest['method']
  readonly path: string
  readonly group: LimitGroup
  /** Names it in drift: `rest.ticker`. */
  readonly name: string
  readonly codec: t.Decoder<unknown, T>
  /** The table of a row, of which the codec is made. */
  readonly fields: Fields
  /** Whether numbers of the answer must keep their digits. */
  readonly isExact: boolean
  readonly isPrivate: boolean
}

/** How one call is made. */
export interface CallOptions {
  /** Who goes first where calls wait for a permit. Default `subscribe`: somebody waits for it. */
  readonly priority?: Priority
  /** Errors with `TIMEOUT` after so long, ms, the waits for permits and between attempts included. Default 5,000. */
  readonly timeoutMs?: number
  /** How often it is tried at most. Default: as often as the time allows. */
  readonly attempts?: number
  /** Told of each attempt, where it matters what the exchange may have done of a call that has no good answer. */
  readonly watch?: AttemptWatch
  /** Told of the good answer, before it is read: when the exchange sent it, say. */
  readonly answered?: (answer: HttpAnswer) => void
}

export interface AttemptWatch {
  /** The request goes out now: from here on it may be carried out, whatever is heard of it. */
  sent(): void
  /** How an attempt ended without a good answer; returns whether it may be made again where that can help. */
  failed(error: UpbitError): boolean
}

/** One call, whole. */
export interface RestCall<T> {
  readonly endpoint: Endpoint<T>
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Names the call in its errors: `getTrades of KRW-BTC`. */
  readonly what: string
}

interface Kind extends Pick<Endpoint<unknown>, 'path' | 'group' | 'name'> {
  readonly method?: HttpRequest['method']
  readonly isExact?: boolean
  readonly isPrivate?: boolean
}

const defaults = { method: 'GET', isExact: false, isPrivate: false } as const

/** An endpoint whose answer is a list of rows. */
export function listEndpoint<F extends Fields>(kind: Kind, fields: F): Endpoint<readonly FieldsType<F>[]> {
  return { ...defaults, ...kind, codec: arrayOf(kind.name, fields), fields }
}

/** An endpoint whose answer is one row. */
export function oneEndpoint<F extends Fields>(kind: Kind, fields: F): Endpoint<FieldsType<F>> {
  return { ...defaults, ...kind, codec: objectCodec(kind.name, fields), fields }
}
