/**
 * What the exchange says that a private or an info connection has subscribed to. Its pages name none of the short keys
 * below the item, so those of the events are tried.
 */
import type { Bag } from './bag'
import { isBag } from './bag'
import type { ListedItem } from './control'
import type { Fields } from './field'
import { eventParamFields, paramFields } from './indicator-fields'
import { expandKeys } from './key-spelling'
import { NumberText } from './number-text'
import type { KeyedIndicator } from './param-key'

/** An item of the list, as far as it is known: nothing of it is checked. */
export interface ListedPrivateItem {
  readonly type: string
  /** Empty where the exchange names none: for `myOrder` it is every market. */
  readonly codes: readonly string[]
  readonly categories: readonly string[]
  readonly include_body: boolean
  readonly timeframe: string | undefined
  readonly indicators: readonly KeyedIndicator[]
}

export function readListed({ type, codes, more = {} }: ListedItem): ListedPrivateItem {
  const { categories, include_body: includesBody } = more
  const timeframe = more.timeframe ?? more.tf
  const indicators = more.indicators ?? more.inds ?? more.ind
  return {
    type,
    codes,
    categories: texts(categories),
    include_body: includesBody === true,
    timeframe: typeof timeframe === 'string' ? timeframe : undefined,
    indicators: Array.isArray(indicators) ? indicators.filter(isBag).flatMap(readIndicator) : [],
  }
}

function readIndicator(item: Bag): KeyedIndicator[] {
  const indicator = item.type ?? item.ty
  const trigger = item.trigger ?? item.tr
  if (typeof indicator !== 'string') return []
  return [
    {
      indicator,
      params: plain(paramFields, item.params ?? item.p),
      ...(typeof trigger === 'string'
        ? { trigger, event_params: plain(eventParamFields, item.event_params ?? item.ep) }
        : {}),
    },
  ]
}

/** Numbers and words under their full names. */
function plain(fields: Fields, value: unknown): Readonly<Record<string, string | number>> {
  if (!isBag(value)) return {}
  const found: [string, string | number][] = []
  for (const [name, member] of Object.entries(expandKeys(fields, value))) {
    if (member instanceof NumberText) found.push([name, Number(member.text)])
    else if (typeof member === 'string') found.push([name, member])
  }
  return Object.fromEntries(found)
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
}
