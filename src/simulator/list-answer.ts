/** The answer to LIST_SUBSCRIPTIONS: what the connection has, under the ticket of the question, in its format. */
import type { WireFormat } from '../protocol/wire'
import { fullDepth } from './broadcast'
import { isList } from './encode'
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
        rslt: result.map(({ type, codes, level }) => ({ ty: type, cds: codes, lv: level })),
        tckt: ticket,
      }
    : { method: 'LIST_SUBSCRIPTIONS', result, ticket }
  return JSON.stringify(isList(format) && switches.listAnswer === 'list' ? [answer] : answer)
}

/** The `result` of the answer. */
export function listItems(set: ItemSet, switches: ListSwitches): readonly ListedItem[] {
  const groups = new Map<string, ListedItem>()
  for (const item of [...set.values()].flat()) {
    const { type, level } = item
    const key = itemKey(type, String(level))
    let group = groups.get(key)
    if (group === undefined) {
      group = {
        type,
        ...(namesCodes(item, switches) ? { codes: [] } : {}),
        ...(type === 'orderbook' ? { level } : {}),
      }
      groups.set(key, group)
    }
    if (item.code !== everyCode) group.codes?.push(listedCode(item, switches))
  }
  return [...groups.values()]
}

function namesCodes({ type, code }: SubscribedItem, { listEveryOrder }: ListSwitches): boolean {
  return code !== everyCode || (type === 'myOrder' && listEveryOrder === 'empty-codes')
}

function listedCode({ code, depth }: SubscribedItem, { listCodes }: ListSwitches): string {
  return listCodes === 'with-suffix' && depth !== fullDepth ? `${code}.${depth}` : code
}
