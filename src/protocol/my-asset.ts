/**
 * `myAsset`: what is held of one or more currencies, sent when it changed; what a frame does not name has not changed.
 * Source: docs.upbit.com, `websocket-myasset`, read 2026-11.
 */
import * as t from 'io-ts'
import { arrayOf } from './event-codec'
import { exactDecimal } from './exact-decimal'
import type { FieldsType } from './field'
import { required, streamType, timestampMs } from './field'

const assetFields = {
  /** `KRW`, `BTC`. */
  currency: required('cu', t.string),
  /** Free to be used, exact text; not what is locked. */
  balance: required('b', exactDecimal),
  /** Bound in open orders, exact text. */
  locked: required('l', exactDecimal),
} as const

/** What is held of one currency: absolute, not a difference. */
export interface MyAssetBalance extends FieldsType<typeof assetFields> {}

export const myAssetFields = {
  type: required('ty', t.literal('myAsset')),
  /** Of this change. */
  asset_uuid: required('astuid', t.string),
  /** The currencies that changed, perhaps others too: the exchange does not say. */
  assets: required('ast', arrayOf('assets', assetFields)),
  /** When the balance changed, ms. */
  asset_timestamp: required('asttms', timestampMs),
  /** Publication, ms. */
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

/** A `myAsset` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type MyAssetFrame = FieldsType<typeof myAssetFields>
