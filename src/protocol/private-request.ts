/**
 * What goes to the exchange on the private and the info connection. A module apart from `request.ts`, so that pages do not
 * load what they cannot ask for. Source: docs.upbit.com, `websocket-myorder`, `-myasset`, `-announcement`, `-indicator`,
 * `-indicator-signal`, read 2026-11.
 */
import type { AnnouncementCategory } from './announcement'
import type { IndicatorRequest, IndicatorSignalRequest, Timeframe } from './indicator-params'
import { messageText } from './request'
import type { WireFormat } from './wire'

/** An item of the private connection. */
export type PrivateItem =
  /** Without codes, or with none, it is the orders of every market. */
  | { readonly type: 'myOrder'; readonly codes?: readonly string[] | undefined }
  /** Never with codes: the exchange refuses the message. */
  | { readonly type: 'myAsset' }
  | {
      readonly type: 'announcement'
      /** Without them, or with none, it is all. */
      readonly categories?: readonly AnnouncementCategory[] | undefined
      readonly include_body?: boolean | undefined
    }

/** An item of the info connection. */
export type InfoItem =
  | {
      readonly type: 'indicator'
      readonly codes: readonly string[]
      readonly timeframe: Timeframe
      readonly indicators: readonly IndicatorRequest[]
    }
  | {
      readonly type: 'indicator_signal'
      readonly codes: readonly string[]
      readonly timeframe: Timeframe
      readonly indicators: readonly IndicatorSignalRequest[]
    }

/** The whole set that a connection wants, for any ticket. Of an item only what its type has is written. */
export function privateSubscribeText(
  items: readonly (PrivateItem | InfoItem)[],
  format: WireFormat,
): (ticket: string) => string {
  return messageText(items.map(wireItem), format)
}

function wireItem(item: PrivateItem | InfoItem): object {
  const { type } = item
  switch (type) {
    case 'myOrder':
      return { type, ...some('codes', item.codes) }
    case 'myAsset':
      return { type }
    case 'announcement':
      return {
        type,
        ...some('categories', item.categories),
        ...(item.include_body === true ? { include_body: true } : {}),
      }
    case 'indicator':
    case 'indicator_signal': {
      const { codes, timeframe, indicators } = item
      return { type, codes, timeframe, indicators: indicators.map(wireIndicator) }
    }
  }
}

/** `undefined` is not written. */
function wireIndicator(indicator: IndicatorRequest | IndicatorSignalRequest): object {
  if (!('trigger' in indicator)) return { type: indicator.type, params: indicator.params }
  const { type, params, trigger, event_params } = indicator
  return { type, params, trigger, event_params }
}

function some(name: string, list: readonly string[] = []): object {
  return list.length === 0 ? {} : { [name]: list }
}
