/** What a refusal said, in words and in details of an error: status, the exchange's name, its message. */
import type { ErrorBody } from './error-body'

/** Ends the sentence: `HTTP 429 Too many API requests.` */
export function saidBy(status: number, { name, message }: ErrorBody): string {
  // The quotation side has the status as name.
  const said = [`HTTP ${status}`, name === String(status) ? '' : name, message].filter(Boolean).join(' ')
  return sentence(said)
}

/** With a full stop, unless it has an end of its own. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

export function detailsOf(
  status: number,
  { name, message }: ErrorBody,
): { readonly status: number; readonly serverName?: string; readonly serverMessage?: string } {
  return {
    status,
    ...(name === '' ? {} : { serverName: name }),
    ...(message === '' ? {} : { serverMessage: message }),
  }
}
