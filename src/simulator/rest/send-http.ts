/** REST in memory: the library's port of HTTP on one side, the exchange's REST side on the other. */
import { Observable } from 'rxjs'
import type { HttpAnswer, HttpFailure, SendHttp } from '../../transport/http'
import type { Timers } from '../timers'
import type { RestService } from './rest-service'

export interface VirtualHttpOptions {
  readonly latencyMs: number
  /** A call holds the process, or lets go of it. */
  readonly held: (call: object, held: boolean) => void
}

/** A request takes `latencyMs` each way; its answer always comes in a later turn. */
export function virtualHttp(
  service: RestService,
  timers: Timers,
  { latencyMs, held }: VirtualHttpOptions,
): SendHttp {
  return ({ method, url, headers, body }) =>
    new Observable<HttpAnswer>((subscriber) => {
      let ended = false
      held(subscriber, true)
      subscriber.add(() => held(subscriber, false))
      const fail = (cause: string): void =>
        subscriber.error({ kind: 'http-failure', cause: new Error(cause) } satisfies HttpFailure)
      const later = (delayMs: number, work: () => void): void => {
        const cancel = timers.after(delayMs, work)
        subscriber.add(() => {
          ended = true
          cancel()
        })
      }
      later(latencyMs, () => {
        const { pathname, search } = new URL(url)
        const verdict = service.ask({
          method,
          target: pathname + search,
          headers: lowerCaseNames(headers),
          remoteAddress: '127.0.0.1',
          ...(body === undefined ? {} : { body }),
        })
        // A test may end the call from within its own look at it.
        if (ended || verdict.kind === 'hang') return
        later(latencyMs + service.delayMs, () => {
          if (verdict.kind === 'reset') return fail('connection reset')
          if (verdict.truncated) return fail('the body ended early')
          const { status, headers: answered, body: text } = verdict
          subscriber.next({ status, headers: answered, body: text })
          subscriber.complete()
        })
      })
    })
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
