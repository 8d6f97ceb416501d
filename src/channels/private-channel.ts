/** The types of the functions that a user calls for an account's streams, and for announcements. */
import type { AnnouncementCategory } from '../protocol/announcement'
import type { RestMyAssetEvent, RestMyOrderEvent } from '../protocol/missed-event'
import type { AnnouncementEvent, MyAssetEvent, MyOrderEvent } from '../protocol/private-events'
import type { GapsOf, Handler, WithGaps } from './channel'
import type { Codes } from './codes'
import type { CommonOptions } from './consumer-options'
import type { UpbitSubscription } from './handle'
import type { UpbitStream } from './upbit-stream'

/** The bounded buffer of a consumer of orders or balances, which never drops silently (C6.1). */
export interface PrivateBufferOptions {
  /** Events that may wait, from 1. Default 1,024. */
  readonly capacity?: number
  /**
   * What a full buffer does. `'error'`: the consumer gets what waits and then the error `BUFFER_OVERFLOW`.
   * `'reconcile'`: it is emptied, which is told as a gap; when the consumer takes events again, each fill that was
   * dropped, and how each order and balance stands of which something was, is fetched by REST (`source: 'rest'`) and
   * delivered before all that came since. Default `'error'`.
   */
  readonly overflow?: 'error' | 'reconcile'
}

/** Options of a consumer of orders or balances. */
export interface PrivateOptions extends CommonOptions {
  readonly buffer?: PrivateBufferOptions
}

/** The bounded buffer of a consumer of announcements. */
export interface AnnouncementBufferOptions extends PrivateBufferOptions {
  /** What a full buffer does: the consumer gets what waits and then the error `BUFFER_OVERFLOW`. Default `error`. */
  readonly overflow?: 'error'
}

/** Options of a consumer of announcements. */
export interface AnnouncementOptions extends CommonOptions {
  readonly buffer?: AnnouncementBufferOptions
  /** What they are about. Default: everything. */
  readonly categories?: readonly AnnouncementCategory[]
  /** Whether they come with their text. Default `false`. */
  readonly includeBody?: boolean
}

/** The account's orders: by codes or of all markets. */
export interface MyOrderChannel {
  <G extends boolean = false>(
    options?: PrivateOptions & WithGaps<G>,
  ): UpbitStream<MyOrderEvent | RestMyOrderEvent | GapsOf<G>>
  <G extends boolean = false>(
    codes: Codes | undefined,
    options?: PrivateOptions & WithGaps<G>,
  ): UpbitStream<MyOrderEvent | RestMyOrderEvent | GapsOf<G>>
}

/** A handler of the account's orders: by codes or of all markets. */
export interface MyOrderHandlerChannel {
  <G extends boolean = false>(
    handler: Handler<MyOrderEvent | RestMyOrderEvent | GapsOf<G>>,
    options?: PrivateOptions & WithGaps<G>,
  ): UpbitSubscription
  <G extends boolean = false>(
    codes: Codes | undefined,
    handler: Handler<MyOrderEvent | RestMyOrderEvent | GapsOf<G>>,
    options?: PrivateOptions & WithGaps<G>,
  ): UpbitSubscription
}

/** A stream of `E` that no codes choose from. */
export type WholeChannel<E, O extends CommonOptions = PrivateOptions> = <G extends boolean = false>(
  options?: O & WithGaps<G>,
) => UpbitStream<E | GapsOf<G>>

/** A handler of `E`, which no codes choose from. */
export type WholeHandlerChannel<E, O extends CommonOptions = PrivateOptions> = <G extends boolean = false>(
  handler: Handler<E | GapsOf<G>>,
  options?: O & WithGaps<G>,
) => UpbitSubscription

/** The functions that a client has of each kind of private event, as streams and as handlers. */
export interface PrivateChannels {
  readonly myOrder$: MyOrderChannel
  readonly myAsset$: WholeChannel<MyAssetEvent | RestMyAssetEvent>
  readonly announcement$: WholeChannel<AnnouncementEvent, AnnouncementOptions>
  readonly subscribeMyOrder: MyOrderHandlerChannel
  readonly subscribeMyAsset: WholeHandlerChannel<MyAssetEvent | RestMyAssetEvent>
  readonly subscribeAnnouncement: WholeHandlerChannel<AnnouncementEvent, AnnouncementOptions>
}
