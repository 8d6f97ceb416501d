/**
 * What differs between the endpoints of the exchange, each of which has connections of its own: how frames are read, which
 * entry an event is of, and how entries are asked for. Everything else of a connection is the same for all.
 */
import type { ListedItem } from '../protocol/control'
import type { Decoder, DecoderOptions, FrameDecoder } from '../protocol/decode'
import { createDecoder } from '../protocol/decode'
import type { PublicEvent } from '../protocol/events'
import type { FrameSink } from '../protocol/frame-sink'
import { subscribeText } from '../protocol/request'
import type { AnyType, WireFormat } from '../protocol/wire'
import { mergedItems } from '../registry/merged-request'
import type { StreamKey } from '../registry/stream-key'
import { streamKeyId } from '../registry/stream-key'
import { subscriptionDifference } from './subscription-difference'

/** What a connection needs to know of an event. */
export interface EndpointEvent {
  readonly type: AnyType
  readonly stream_type: string
  /** ms since the Unix epoch, by the exchange's clock. */
  readonly timestamp: number
  readonly received_at: number
  readonly epoch: number
}

export interface Endpoint<E extends EndpointEvent = PublicEvent> {
  /** Reads later what it has skimmed, where it skims. */
  createDecoder(sink: FrameSink<E>, options?: DecoderOptions): FrameDecoder & Partial<Decoder<E>>
  /** What its keys have to be allowed, as a clause of advice; absent where none are sent. */
  readonly rights?: string
  /** The id of the entry that an event came for. */
  keyIdOf(event: E): string
  /** The message that asks for these entries, for any ticket. */
  subscribeText(keys: readonly StreamKey[], format: WireFormat): (ticket: string) => string
  /** What is in only one of both: `- ticker KRW-BTC` is not listed, `+ ticker KRW-BTC` was not asked for. */
  difference(keys: readonly StreamKey[], listed: readonly ListedItem[]): readonly string[]
}

/** Market data, for which nobody has to say who they are. */
export const publicEndpoint: Endpoint = {
  createDecoder,
  keyIdOf: (event) => streamKeyId(event.type, event.code, 'level' in event ? event.level : 0),
  subscribeText: (keys, format) => subscribeText(mergedItems(keys), format),
  difference: subscriptionDifference,
}
