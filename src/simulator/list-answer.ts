/** The answer to LIST_SUBSCRIPTIONS: what the connection has, under the ticket of the question, in its format. */
import type { WireFormat } from '../protocol/wire'
import { fullDepth } from './broadcast'
import { isList } from './encode'
import type { RequestedIndicator } from './request-indicator'
import type { ItemSet, SubscribedItem } from './subscription'
import { everyCode, itemKey } from './subscription'
import type { ExchangeSwitches } from './switches'

type ListSwitches = Pick<ExchangeSwitches, 'listCodes' | 'listEveryOrder'>

/** Items of equal type and level together, full keys. */
interface ListedItem {
  readonly type: string
  /** Absent where the type knows no codes. */
  readonly codes?: string[]
  readonly level?: number
  /** Of announcements, as asked for. */
  readonly categories?: readonly string[]
  readonly include_body?: boolean
  readonly timeframe?: string
  readonly indicators?: readonly object[]
}

export function listText(
  ticket: string,
  format: WireFormat,
  items: ItemSet,
  switches: ListSwitches & Pick<ExchangeSwitches, 'listAnswer'>,
): string {
  const result = listItems(items, switches)
  const simple = format === 'SIMPLE' || format === 'SIMPLE_LIST'
  const answer = simple
    ? {
        mthd: 'LIST_SUBSCRIPTIONS',
        // No page names short keys for the rest.
        rslt: result.map(({ type, codes, level, ...rest }) => ({ ty: type, cds: codes, lv: level, ...rest })),
        tckt: ticket,
      }
    : { method: 'LIST_SUBSCRIPTIONS', result, ticket }
  return JSON.stringify(isList(format) && switches.listAnswer === 'list' ? [answer] : answer)
}

/** The `result` of the answer. */
export function listItems(set: ItemSet, switches: ListSwitches): readonly ListedItem[] {
  const items = [...set.values()].flat()
  const groups = new Map<string, ListedItem>()
  for (const item of items) {
    if (item.indicator !== undefined) continue
    const key = itemKey(item.type, String(item.level))
    const group = groups.get(key) ?? listedItem(item, switches)
    groups.set(key, group)
    if (item.code !== everyCode) group.codes?.push(listedCode(item, switches))
  }
  return [...groups.values(), ...listIndicators(items)]
}

/** Markets of equal type and timeframe together that have the same indicators. */
function listIndicators(items: readonly SubscribedItem[]): readonly ListedItem[] {
  const ofMarkets = new Map<string, SubscribedItem[]>()
  for (const item of items) {
    if (item.indicator === undefined) continue
    const key = `${item.timeframe} ${itemKey(item.type, item.code)}`
    ofMarkets.set(key, [...(ofMarkets.get(key) ?? []), item])
  }
  const groups = new Map<string, ListedItem>()
  for (const ofMarket of ofMarkets.values()) {
    const [{ type, code, timeframe }] = ofMarket as [SubscribedItem]
    const key = [type, ...ofMarket.map(({ combination }) => combination)].join(' ')
    const group = groups.get(key)
    const indicators = ofMarket.map(({ indicator }) => listedIndicator(indicator as RequestedIndicator))
    if (group === undefined) groups.set(key, { type, codes: [code], timeframe: timeframe, indicators })
    else group.codes?.push(code)
  }
  return [...groups.values()]
}

function listedIndicator({ indicator, ...rest }: RequestedIndicator): object {
  return { type: indicator, ...rest }
}

function listedItem(item: SubscribedItem, switches: ListSwitches): ListedItem {
  const { type, level, categories, withBody } = item
  return {
    type,
    ...(namesCodes(item, switches) ? { codes: [] } : {}),
    ...(type === 'orderbook' ? { level } : {}),
    ...(categories === undefined ? {} : { categories }),
    ...(withBody ? { include_body: true } : {}),
  }
}

function namesCodes({ type, code }: SubscribedItem, { listEveryOrder }: ListSwitches): boolean {
  return code !== everyCode || (type === 'myOrder' && listEveryOrder === 'empty-codes')
}

function listedCode({ code, depth }: SubscribedItem, { listCodes }: ListSwitches): string {
  return listCodes === 'with-suffix' && depth !== fullDepth ? `${code}.${depth}` : code
}
