/** REST calls of specs: to an exchange in memory whose time stands, or over a real socket, with one answer for both. */
import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { VirtualTimeScheduler } from 'rxjs'
import type { Observable } from 'rxjs'
import type { VirtualExchange, VirtualExchangeOptions } from '../../../src/testing'
import { createVirtualExchange } from '../../../src/testing'
import type { HttpAnswer } from '../../../src/transport/http'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

export type Method = 'GET' | 'POST' | 'DELETE'

export type Headers = Readonly<Record<string, string>>

/** An exchange in memory whose time goes on only as far as a call, or the spec, needs it to. */
export class RestBench {
  readonly scheduler = new VirtualTimeScheduler()
  readonly exchange: VirtualExchange

  constructor(options: VirtualExchangeOptions = {}) {
    this.exchange = createVirtualExchange(this.scheduler, { limits: false, ...options })
  }

  /** The whole answer. Throws what the call fails with, and when it gets none. */
  ask(path: string, headers: Headers = {}, method: Method = 'GET', body?: string): Answer {
    let answer: HttpAnswer | undefined
    let failure: unknown
    this.call$(path, headers, method, body).subscribe({
      next: (given) => (answer = given),
      error: (e: unknown) => (failure = e),
    })
    this.scheduler.flush()
    if (failure !== undefined) throw Object.assign(new Error('no answer'), { failure })
    if (answer === undefined) throw new Error(`${path} was not answered.`)
    return answer
  }

  call$(path: string, headers: Headers = {}, method: Method = 'GET', body?: string): Observable<HttpAnswer> {
    const url = `https://exchange.invalid${path}`
    return this.exchange.sendHttp({ method, url, headers, ...(body === undefined ? {} : { body }) })
  }

  /** The rows, as far as JavaScript's numbers go. */
  rows(path: string, headers: Headers = {}): readonly Record<string, unknown>[] {
    const { status, body } = this.ask(path, headers)
    if (status !== 200) throw new Error(`${status} ${body}`)
    return JSON.parse(body) as Record<string, unknown>[]
  }

  /** Lets time pass. */
  pass(durationMs: number): void {
    this.scheduler.schedule(() => {}, durationMs)
    this.scheduler.flush()
  }
}

/** The same over a real socket, with the bytes as they came. */
export function askReal(
  origin: string,
  path: string,
  headers: Headers = {},
  method = 'GET',
  body?: string,
): Promise<Answer & { readonly headers: IncomingHttpHeaders; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(origin + path, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: bytes.toString('utf8'),
          bytes,
        })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
