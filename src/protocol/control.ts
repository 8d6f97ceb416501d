/**
 * Frames that are no events: the keep-alive answer, an error, the answer to LIST_SUBSCRIPTIONS. Recognised before
 * events, since they have no `type`. Source: docs.upbit.com, `websocket-guide`, read 2026-11.
 */
import { isBag } from './key-spelling'

export interface ServerError {
  readonly name: string
  readonly message: string
}

export type Control =
  | { readonly kind: 'status'; readonly status: string }
  | { readonly kind: 'error'; readonly error: ServerError }
  | { readonly kind: 'list'; readonly ticket: string; readonly result: readonly unknown[] }

/** The control frame that `parsed` is, or `undefined`. */
export function readControl(parsed: Readonly<Record<string, unknown>>): Control | undefined {
  const { error, status } = parsed
  if (isBag(error)) {
    return {
      kind: 'error',
      error: {
        name: typeof error.name === 'string' ? error.name : 'UNKNOWN',
        message: typeof error.message === 'string' ? error.message : '',
      },
    }
  }
  if (typeof status === 'string') return { kind: 'status', status }
  const method = parsed.method ?? parsed.mthd
  if (method !== 'LIST_SUBSCRIPTIONS') return undefined
  const ticket = parsed.ticket ?? parsed.tckt
  const result = parsed.result ?? parsed.rslt
  return {
    kind: 'list',
    ticket: typeof ticket === 'string' ? ticket : '',
    result: Array.isArray(result) ? (result as unknown[]) : [],
  }
}
