/** What an answer says of limits. Everything in it comes from the network, and nothing of it need be there. */
import { retryAfterMs, statedWaitMs } from '../transport/stated-wait'

/** Only so much of a text is looked through. */
export const longestText = 4096

/** An answer over HTTP, as `HttpAnswer` has it. */
export interface Answer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** `Remaining-Req: group=ticker; min=600; sec=9` (docs.upbit.com `rate-limits`, read 2026-11). */
export interface RemainingReq {
  /** An opaque name: it is not always that of the pages. */
  readonly group: string | undefined
  /** How many calls are left in the exchange's present second. */
  readonly sec: number | undefined
}

/** `min` is not read: it is a constant, and deprecated. */
export function remainingReqOf({ headers }: Answer): RemainingReq {
  const header = headers['remaining-req'] ?? ''
  const sec = /(?:^|[;\s])sec\s*=\s*(\d{1,6})\s*(?:;|$)/i.exec(header)?.[1]
  return {
    group: /(?:^|[;\s])group\s*=\s*([\w-]{1,40})\s*(?:;|$)/i.exec(header)?.[1]?.toLowerCase(),
    sec: sec === undefined ? undefined : Number(sec),
  }
}

/** How long a refusal says to wait, ms: its `Retry-After`, else what its text names. */
export function waitStatedBy({ headers, body = '' }: Answer): number | undefined {
  return retryAfterMs(headers['retry-after'], headers.date) ?? statedWaitMs(body.slice(0, longestText))
}

/** The answer in what another client's call returned, or threw; `undefined` where there is none. */
export function foreignAnswerOf(value: unknown): Answer | undefined {
  const {
    statusCode,
    status = statusCode,
    headers,
    data,
  } = Object(value) as Readonly<Record<string, unknown>>
  if (typeof status !== 'number' || headers === null || typeof headers !== 'object') return undefined
  const read = readerOf(headers)
  const body = textOf(data)
  return {
    status,
    headers: Object.fromEntries(
      ['remaining-req', 'retry-after', 'date'].flatMap((name) => {
        const header = read(name)
        return typeof header === 'string' ? [[name, header.slice(0, longestText)] as const] : []
      }),
    ),
    ...(body === undefined ? {} : { body }),
  }
}

/**
 * `fetch` has a `Headers`, axios something like it, others a plain object with names in whatever case, pairs, or names and
 * values in turn. A value may be a list.
 */
function readerOf(headers: object): (name: string) => unknown {
  const { get } = headers as { get?: unknown }
  if (typeof get === 'function') return (name) => (get as (name: string) => unknown).call(headers, name)
  const entries = new Map<string, unknown>()
  for (const [name, value] of entriesOf(headers)) {
    entries.set(String(name).toLowerCase(), Array.isArray(value) ? value[0] : value)
  }
  return (name) => entries.get(name)
}

function entriesOf(headers: object): readonly (readonly [unknown, unknown])[] {
  if (!Array.isArray(headers)) return Object.entries(headers)
  const list: readonly unknown[] = headers
  if (list.every((each) => Array.isArray(each)))
    return list.map(([name, value]: unknown[]) => [name, value] as const)
  return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]] as const] : []))
}

/** The text of a refusal, or its message; that of a `Response` is its caller's to read. */
function textOf(data: unknown): string | undefined {
  const { error } = Object(data) as { error?: unknown }
  const text = typeof data === 'string' ? data : (Object(error) as { message?: unknown }).message
  return typeof text === 'string' ? text.slice(0, longestText) : undefined
}
