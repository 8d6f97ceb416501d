/** The REST side behind a real port: a request of Node's server becomes a call, and its verdict an answer. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { endAbruptly } from '../end-abruptly'
import type { Timers } from '../timers'
import { headersOf } from '../upgrade-answer'
import type { RestAnswer } from './answer'
import type { RestService } from './rest-service'

/** Larger than any call's body; a client that sends on is cut off. */
const maxBodyBytes = 64 * 1024

export function answerHttp(service: RestService, timers: Timers): RequestListener {
  return (request, response) => {
    // A client may go away before its answer; nothing is to be done about it.
    response.on('error', () => {})
    const answer = (body?: string): void => {
      const headers = headersOf(request)
      const verdict = service.ask({
        method: request.method ?? 'GET',
        target: request.url ?? '/',
        headers,
        remoteAddress: request.socket.remoteAddress ?? '',
        ...(body === undefined ? {} : { body }),
      })
      if (verdict.kind === 'hang') return
      const reply = (): void => {
        if (verdict.kind === 'reset') endAbruptly(request.socket)
        else write(verdict, acceptsGzip(headers), response)
      }
      if (service.delayMs === 0) return reply()
      const cancel = timers.after(service.delayMs, reply)
      response.once('close', cancel)
    }
    if (request.method === 'POST') return read(request, answer)
    // Nothing else has a body, so one that comes is read and dropped.
    read(request, () => {})
    answer()
  }
}

function read(request: IncomingMessage, whole: (body: string) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBodyBytes) request.destroy()
    else chunks.push(chunk)
  })
  request.on('end', () => whole(Buffer.concat(chunks).toString('utf8')))
}

function acceptsGzip(headers: Readonly<Record<string, string>>): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headers['accept-encoding'] ?? '')
}

function write(answer: RestAnswer, mayCompress: boolean, response: ServerResponse): void {
  const { status, headers, body, compressible, truncated } = answer
  const compresses = mayCompress && compressible
  const bytes = compresses ? gzipSync(body) : Buffer.from(body)
  // The date is the exchange's own, which a test may have set wrong.
  response.sendDate = false
  response.writeHead(status, {
    ...headers,
    ...(compresses ? { 'content-encoding': 'gzip' } : {}),
    'content-length': bytes.length,
  })
  if (!truncated) return void response.end(bytes)
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy())
}
