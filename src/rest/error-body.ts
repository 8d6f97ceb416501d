/**
 * What an answer that refuses says: `{"error":{"name","message"}}` of the exchange, its quotation side with a number as
 * name, the gateway, or a plain text (docs.upbit.com `rest-api-guide`, read 2026-11; the plain text from clients).
 */
import { isBag } from '../protocol/bag'

export interface ErrorBody {
  readonly name: string
  readonly message: string
}

/** What the exchange says is shown in reports, and must not fill them. */
const maxTextLength = 500
/** Longer bodies are no error of the exchange's: not worth parsing. */
const maxBodyLength = 65_536

/** Whatever the body is; the name is empty where it has none. `hide` takes out what no text may show. */
export function readErrorBody(body: string, hide: (text: string) => string = (text) => text): ErrorBody {
  // Hidden before it is cut, so that no part of a secret is left at the end.
  const shown = (text: string): string => oneLine(hide(text.slice(0, maxBodyLength)))
  const error = body.length > maxBodyLength ? undefined : errorOf(body)
  if (error === undefined) return { name: '', message: shown(body) }
  const { name, message } = error
  return {
    name: typeof name === 'string' || typeof name === 'number' ? shown(String(name)) : '',
    message: typeof message === 'string' ? shown(message) : '',
  }
}

function errorOf(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    return isBag(parsed) && isBag(parsed.error) ? parsed.error : undefined
  } catch {
    return undefined
  }
}

/** One line: a page of HTML would otherwise be in a log as it is. */
function oneLine(text: string): string {
  return text.slice(0, maxTextLength).replace(/\s+/g, ' ').trim()
}
