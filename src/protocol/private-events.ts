/** The events of the private connection. A module apart from `events.ts`, so that pages do not load what they cannot have. */
import type { AnnouncementFrame } from './announcement'
import { announcementFields } from './announcement'
import { objectCodec } from './event-codec'
import type { EventDefinition } from './event-vocabulary'
import type { Stamp } from './events'
import type { MyAssetFrame } from './my-asset'
import { myAssetFields } from './my-asset'
import type { MyOrderFrame } from './my-order'
import { myOrderFields } from './my-order'
import { privateTypes } from './wire'

/** A change of one of the account's orders, or a fill. */
export interface MyOrderEvent extends MyOrderFrame, Stamp {}
/** A change of the account's balances. */
export interface MyAssetEvent extends MyAssetFrame, Stamp {}
/** An announcement of the exchange. */
export interface AnnouncementEvent extends AnnouncementFrame, Stamp {}

export type PrivateFrame = MyOrderFrame | MyAssetFrame | AnnouncementFrame
/** Any event of the private connection, told apart by `type`. */
export type PrivateEvent = MyOrderEvent | MyAssetEvent | AnnouncementEvent

export const privateDefinitions = {
  myOrder: myOrderFields,
  myAsset: myAssetFields,
  announcement: announcementFields,
} as const

export const privateCodecs = {
  myOrder: objectCodec('myOrder', myOrderFields),
  myAsset: objectCodec('myAsset', myAssetFields),
  announcement: objectCodec('announcement', announcementFields),
} as const

const vocabulary = new Map<unknown, EventDefinition<PrivateFrame>>(
  privateTypes.map((type) => [
    type,
    { name: type, fields: privateDefinitions[type], codec: () => privateCodecs[type] },
  ]),
)

/** The definition that a type of the private connection belongs to. */
export function privateVocabulary(type: unknown): EventDefinition<PrivateFrame> | undefined {
  return vocabulary.get(type)
}
