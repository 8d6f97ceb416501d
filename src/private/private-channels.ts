/**
 * The functions that a user calls for an account's streams and for announcements: `myOrder$` and its siblings, and the
 * same as handlers. Wrong arguments throw at the call; trouble at run time never does.
 */
import type { ChannelPorts } from '../channels/channel-ports'
import { checkCodes } from '../channels/codes'
import type { Codes } from '../channels/codes'
import type { Delivered } from '../channels/consumer-config'
import { checkHandler } from '../channels/option-checks'
import { subscribeHandler } from '../channels/subscribe-handler'
import type { AnyHandler } from '../channels/handler-target'
import type { AnnouncementOptions, PrivateChannels, PrivateOptions } from '../channels/private-channel'
import type { What } from '../channels/upbit-stream'
import { upbitStream$ } from '../channels/upbit-stream'
import { announcementBodyKey, announcementKey, myAssetKey, myOrderKey } from './line/private-endpoint'
import { checkAnnouncementOptions, checkPrivateOptions } from './private-options'
import { announcementsOf, ordersOf } from './private-selection'

export function createPrivateChannels(ports: ChannelPorts): PrivateChannels {
  const stream$ = <E extends Delivered>(what: What) => upbitStream$<E>(ports.enrol, what, ports.keeps)
  // The handler first: what stands in its place is mostly one argument too many or too few.
  const subscribe = (handler: AnyHandler, what: () => What) => {
    checkHandler(handler)
    return subscribeHandler(ports, what(), handler)
  }
  return {
    myOrder$: ((first?: Codes | PrivateOptions, options?: PrivateOptions) =>
      stream$(
        // Before options stand codes, so that what are none is refused.
        isCodes(first) || options !== undefined
          ? orders(first as Codes | undefined, options)
          : orders(undefined, first),
      )) as PrivateChannels['myOrder$'],
    myAsset$: (options) => stream$(assets(options)),
    announcement$: (options) => stream$(announcements(options)),
    subscribeMyOrder: (
      first: Codes | AnyHandler | undefined,
      second?: AnyHandler | PrivateOptions,
      third?: PrivateOptions,
    ) =>
      typeof first === 'function'
        ? subscribe(first, () => orders(undefined, second as PrivateOptions | undefined))
        : subscribe(second as AnyHandler, () => orders(first, third)),
    subscribeMyAsset: (handler, options) => subscribe(handler, () => assets(options)),
    subscribeAnnouncement: (handler, options) => subscribe(handler, () => announcements(options)),
  }
}

const noOptions: PrivateOptions = {}

function orders(codes: Codes | undefined, options = noOptions): What {
  checkPrivateOptions(options)
  const selection = codes === undefined ? undefined : ordersOf(checkCodes(codes))
  return { kind: 'myOrder', keys: [myOrderKey], options, selection }
}

function assets(options = noOptions): What {
  checkPrivateOptions(options)
  return { kind: 'myAsset', keys: [myAssetKey], options }
}

function announcements(options: AnnouncementOptions = {}): What {
  checkAnnouncementOptions(options)
  const { categories, includeBody = false } = options
  return {
    kind: 'announcement',
    keys: [includeBody ? announcementBodyKey : announcementKey],
    options,
    selection: announcementsOf(categories, includeBody),
  }
}

function isCodes(first: unknown): first is Codes {
  return typeof first === 'string' || Array.isArray(first)
}
