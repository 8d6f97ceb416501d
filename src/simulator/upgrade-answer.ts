/** The HTTP side of a dial to the embedded exchange: the request's headers, and a refusal in place of the upgrade. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { DialAnswer } from './dial-answer'

/** Answers an upgrade with a plain HTTP answer and ends the stream. */
export function refuseUpgrade(
  stream: Duplex,
  { status, headers, body }: DialAnswer & { readonly kind: 'refuse' },
): void {
  const bytes = Buffer.from(body)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\nconnection: close\r\ncontent-length: ${bytes.length}\r\n` +
          `${lines.join('')}\r\n`,
      ),
      bytes,
    ]),
  )
}

function reasonPhrase(status: number): string {
  const phrases: Readonly<Record<number, string>> = {
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
    418: "I'm a teapot",
    429: 'Too Many Requests',
    503: 'Service Unavailable',
  }
  return phrases[status] ?? 'Refused'
}

/** The request's headers, one text each. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
