/**
 * Frames that are no events: the keep-alive answer, an error, the answer to LIST_SUBSCRIPTIONS. They are told by their
 * keys, since they have no type of their own. Source: docs.upbit.com, `websocket-guide` and `list-subscriptions`, read
 * 2026-11.
 */
import type { Bag } from './bag'
import { isBag } from './bag'
import { NumberText } from './number-text'

export interface ServerError {
  readonly name: string
  readonly message: string
}

/** One item of the exchange's own list of what a connection has subscribed to. */
export interface ListedItem {
  readonly type: string
  /** Empty where the exchange names none: every market. */
  readonly codes: readonly string[]
  /** Order books only, and only where the exchange names it. */
  readonly level: number | undefined
  /** What else it has, as the wire has it; `private-listed.ts` reads that of private items. */
  readonly more?: Bag
}

export type Control =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'error'; readonly error: ServerError }
  | { readonly kind: 'list'; readonly ticket: string; readonly result: readonly ListedItem[] }

/** What the exchange says is shown in reports, and must not fill them. */
const maxTextLength = 500

/** The keep-alive answer without its JSON, which some deployments are said to send; the wire has `{"status":"UP"}`. */
const bareStatus = 'UP'

/** The control frame that a text is which is no JSON, or `undefined`. */
export function readBareControl(text: string): Control | undefined {
  return text === bareStatus ? { kind: 'status', status: text } : undefined
}

/** The control frame that a parsed element is, or `undefined`. */
export function readControl(element: unknown): Control | undefined {
  if (element === bareStatus) return { kind: 'status', status: element }
  if (!isBag(element)) return undefined
  const { error, status } = element
  if (isBag(error)) {
    return { kind: 'error', error: { name: text(error.name, 'UNKNOWN'), message: text(error.message, '') } }
  }
  if (typeof status === 'string') return { kind: 'status', status: text(status, '') }
  if ((element.method ?? element.mthd) !== 'LIST_SUBSCRIPTIONS') return undefined
  const result = element.result ?? element.rslt
  return {
    kind: 'list',
    ticket: text(element.ticket ?? element.tckt, ''),
    result: Array.isArray(result) ? result.filter(isBag).flatMap(readItem) : [],
  }
}

/** Under the full names, whatever the format of the connection; nothing for an item without a type. */
function readItem(item: Bag): ListedItem[] {
  const { type, ty, codes, cds, level, lv, ...more } = item
  const name = type ?? ty
  const listed = codes ?? cds
  const grouping = level ?? lv
  if (typeof name !== 'string') return []
  return [
    {
      type: name,
      codes: Array.isArray(listed) ? listed.filter((code): code is string => typeof code === 'string') : [],
      level: grouping instanceof NumberText ? Number(grouping.text) : undefined,
      ...(Object.keys(more).length === 0 ? {} : { more }),
    },
  ]
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value.slice(0, maxTextLength) : otherwise
}
