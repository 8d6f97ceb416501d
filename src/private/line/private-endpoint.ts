/**
 * The private endpoint: the account's orders and balances, and announcements. A type is one entry, whatever its consumers
 * take of it: the wire carries the orders of every market, so that one consumer's codes cost no other a new subscription,
 * and what each takes is cut here.
 */
import type { Endpoint } from '../../connection/endpoint'
import { createLosslessDecoder } from '../../protocol/lossless-decoder'
import type { PrivateEvent } from '../../protocol/private-events'
import { privateVocabulary } from '../../protocol/private-events'
import { readListed } from '../../protocol/private-listed'
import type { PrivateItem } from '../../protocol/private-request'
import { privateSubscribeText } from '../../protocol/private-request'
import type { PrivateType } from '../../protocol/wire'
import { privateTypes } from '../../protocol/wire'
import type { StreamKey } from '../../registry/stream-key'
import { streamKey } from '../../registry/stream-key'
import type { AccountSubject } from '../ledger/account-subject'

export const myOrderKey = streamKey('myOrder', '')
export const myAssetKey = streamKey('myAsset', '')
export const announcementKey = streamKey('announcement', '')
/** An entry of its own, since what is asked for is another thing; both come to whoever receives announcements. */
export const announcementBodyKey: StreamKey = { ...announcementKey, id: 'announcement with body' }

/** What is asked for to receive what happens to each part of an account. */
export const keyOf: Readonly<Record<AccountSubject, StreamKey>> = { orders: myOrderKey, balances: myAssetKey }

export const privateEndpoint: Endpoint<PrivateEvent> = {
  createDecoder: (sink, { counts } = {}) => createLosslessDecoder(privateVocabulary, sink, counts),
  rights: 'they have to be allowed to see orders or assets, whichever is asked for',
  keyIdOf: ({ type }) => type,
  subscribeText: (keys, format) => privateSubscribeText(itemsOf(keys), format),
  difference(keys, listed) {
    const wanted = new Set(keys.map(({ type }) => type))
    const there = new Set(listed.map((item) => readListed(item).type))
    return [
      ...[...wanted].filter((type) => !there.has(type)).map((type) => `- ${type}`),
      ...[...there].filter((type) => !wanted.has(type as PrivateType)).map((type) => `+ ${type}`),
    ]
  },
}

function itemsOf(keys: readonly StreamKey[]): readonly PrivateItem[] {
  const wanted = new Set(keys.map(({ type }) => type))
  const withBody = keys.some(({ id }) => id === announcementBodyKey.id)
  return privateTypes
    .filter((type) => wanted.has(type))
    .map((type) => (type === 'announcement' ? { type, include_body: withBody } : { type }))
}
