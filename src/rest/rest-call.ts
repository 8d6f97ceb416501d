/** What one call is: where it goes, whose budget it uses, and what its answer holds. */
import type * as t from 'io-ts'
import { arrayOf, objectCodec } from '../protocol/event-codec'
import type { Fields, FieldsType } from '../protocol/field'
import type { Priority } from '../rate-limit/priority'
import type { Parameter } from './query'

/** The documented groups of limits (docs.upbit.com `rate-limits`, read 2026-11); headers name them otherwise. */
export type LimitGroup = 'market' | 'ticker' | 'orderbook' | 'trade' | 'candle' | 'default'

export interface Endpoint<T> {
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
}

/** One call, whole. */
export interface RestCall<T> {
  readonly endpoint: Endpoint<T>
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Names the call in its errors: `getTrades of KRW-BTC`. */
  readonly what: string
}

interface Kind extends Pick<Endpoint<unknown>, 'path' | 'group' | 'name'> {
  readonly isExact?: boolean
  readonly isPrivate?: boolean
}

/** An endpoint whose answer is a list of rows. */
export function listEndpoint<F extends Fields>(kind: Kind, fields: F): Endpoint<readonly FieldsType<F>[]> {
  return { isExact: false, isPrivate: false, ...kind, codec: arrayOf(kind.name, fields), fields }
}

/** An endpoint whose answer is one row. */
export function oneEndpoint<F extends Fields>(kind: Kind, fields: F): Endpoint<FieldsType<F>> {
  return { isExact: false, isPrivate: false, ...kind, codec: objectCodec(kind.name, fields), fields }
}
