/**
 * The adapter over the platform's own `fetch`, for Node and browsers alike. It sends nothing that says where the call
 * comes from: no cookie and no referrer anywhere, and from Node no `Origin`, which the exchange would take for a page and
 * limit to one call in ten seconds (docs.upbit.com `rate-limits`, read 2026-11). Node's idle sockets do not hold the
 * process.
 */
import { Observable } from 'rxjs'
import { UpbitError } from '../base/errors'
import type { HttpAnswer, HttpFailure, HttpRequest, SendHttp } from './http'

/** Seven times the largest answer seen, all order books (2.3 MB, 2026-09): beyond it is not the exchange. */
const maxBodyBytes = 16 * 1024 * 1024

/** What sends requests over `fetch`; one that is looked up at each call, so that a test may replace the global one. */
export function fetchHttp(maxBytes: number = maxBodyBytes): SendHttp {
  return (request) =>
    new Observable<HttpAnswer>((subscriber) => {
      const abort = new AbortController()
      subscriber.add(() => abort.abort())
      answerOf(request, abort.signal, maxBytes).then(
        (answer) => {
          subscriber.next(answer)
          subscriber.complete()
        },
        (cause: unknown) => subscriber.error({ kind: 'http-failure', cause } satisfies HttpFailure),
      )
    })
}

async function answerOf(
  { method, url, headers, body }: HttpRequest,
  signal: AbortSignal,
  maxBytes: number,
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
    signal,
    credentials: 'omit',
    cache: 'no-store',
    // A token must go nowhere but where it was meant to.
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
  })
  return {
    // A browser shows no more of a redirect than that it is one.
    status: response.type === 'opaqueredirect' ? 302 : response.status,
    headers: Object.fromEntries(response.headers),
    body: await textOf(response, maxBytes),
  }
}

/** Read piece by piece: how long the body is, a header may say wrongly, and compression hides. */
async function textOf({ body }: Response, maxBytes: number): Promise<string> {
  if (body === null) return ''
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      throw new UpbitError('UNDECODABLE', `An answer has more than ${maxBytes} bytes.`, {
        nextStep: 'Check restUrl: the largest answer of the exchange has 2.3 MB.',
      })
    }
    text += decoder.decode(piece.value, { stream: true })
  }
  return text + decoder.decode()
}
