/** Field tables of the private types, until `protocol/` has them. */
import * as t from 'io-ts'
import { arrayOf } from '../protocol/event-codec'
import type { FieldsType } from '../protocol/field'
import {
  askBid,
  ExactType,
  num,
  openEnum,
  optional,
  orNull,
  required,
  streamType,
  timestampMs,
} from '../protocol/field'

const exact = new ExactType('exact decimal', () => true)
const textOrNull = orNull(t.string)

export const myOrderFields = {
  type: required('ty', t.literal('myOrder')),
  code: required('cd', t.string),
  uuid: required('uid', t.string),
  ask_bid: required('ab', askBid),
  order_type: required('ot', t.string),
  state: required('s', openEnum('state', ['wait', 'watch', 'trade', 'done', 'cancel', 'prevented'])),
  trade_uuid: required('tuid', textOrNull),
  price: required('p', orNull(exact)),
  avg_price: required('ap', exact),
  volume: required('v', orNull(exact)),
  remaining_volume: required('rv', orNull(exact)),
  executed_volume: required('ev', exact),
  trades_count: required('tc', num),
  reserved_fee: required('rsf', exact),
  remaining_fee: required('rmf', exact),
  paid_fee: required('pf', exact),
  locked: required('l', exact),
  executed_funds: required('ef', exact),
  time_in_force: required('tif', textOrNull),
  trade_fee: required('tf', orNull(exact)),
  is_maker: required('im', orNull(t.boolean)),
  identifier: required('id', textOrNull),
  smp_type: required('smpt', textOrNull),
  prevented_volume: required('pv', exact),
  prevented_locked: required('pl', exact),
  trade_timestamp: required('ttms', orNull(timestampMs)),
  order_timestamp: required('otms', timestampMs),
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

export type MyOrderFrame = FieldsType<typeof myOrderFields>

export const myAssetFields = {
  type: required('ty', t.literal('myAsset')),
  asset_uuid: required('astuid', t.string),
  assets: required(
    'ast',
    arrayOf('assets', {
      currency: required('cu', t.string),
      balance: required('b', exact),
      locked: required('l', exact),
    }),
  ),
  asset_timestamp: required('asttms', timestampMs),
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

export type MyAssetFrame = FieldsType<typeof myAssetFields>

export const announcementFields = {
  type: required('ty', t.literal('announcement')),
  event_type: required('et', openEnum('event type', ['CREATED', 'UPDATED'])),
  uuid: required('uid', t.string),
  title: required('tt', t.string),
  category: required('cat', t.string),
  url: required('url', t.string),
  first_listed_at: required('flat', t.string),
  listed_at: required('lat', t.string),
  body: optional('bd', textOrNull),
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

export type AnnouncementFrame = FieldsType<typeof announcementFields>
