/** The answer to LIST_SUBSCRIPTIONS: what the connection has, under the ticket of the question, in its format. */
import type { WireFormat } from '../protocol/wire'
import { isList } from './encode'
import type { ItemSet } from './subscription'
import { listItems } from './subscription'
import type { ExchangeSwitches } from './switches'

export function listText(
  ticket: string,
  format: WireFormat,
  items: ItemSet,
  switches: Pick<ExchangeSwitches, 'listCodes' | 'listAnswer'>,
): string {
  const result = listItems(items, switches.listCodes)
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
