/**
 * `announcement`: a notice of the exchange, when it is published and when it changes. Korea only.
 * Source: docs.upbit.com, `websocket-announcement`, read 2026-11.
 */
import * as t from 'io-ts'
import type { FieldsType } from './field'
import { openEnum, optional, orNull, required, streamType, timestampMs } from './field'

/** What announcements are about. */
export const announcementCategories = [
  'notice',
  'trade',
  'wallet',
  'maintenance',
  'digital_asset',
  'nft',
  'service',
  'event',
] as const
/** One of `announcementCategories`. */
export type AnnouncementCategory = (typeof announcementCategories)[number]

export const announcementFields = {
  type: required('ty', t.literal('announcement')),
  event_type: required('et', openEnum('announcement event', ['CREATED', 'UPDATED'])),
  /** The announcement's id, digits as it seems. */
  uuid: required('uid', t.string),
  /** In Korean. */
  title: required('tt', t.string),
  category: required('cat', openEnum('announcement category', announcementCategories)),
  /** The page of the announcement. */
  url: required('url', t.string),
  /** `2026-07-14T16:36:34+09:00`. */
  first_listed_at: required('flat', t.string),
  /** Later than `first_listed_at` for an update. */
  listed_at: required('lat', t.string),
  /** Markdown; absent unless `include_body` was asked for, `null` where it is too long to be sent. */
  body: optional('bd', orNull(t.string)),
  /** Publication, ms. */
  timestamp: required('tms', timestampMs),
  stream_type: required('st', streamType),
} as const

/** An `announcement` as Upbit sends it: an event of the library has the fields of `Stamp` beside these. */
export type AnnouncementFrame = FieldsType<typeof announcementFields>
