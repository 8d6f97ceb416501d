/** An exchange of answers in virtual time: what is asked is noted, and each call gets the next answer of a list. */
import { Observable, Subject } from 'rxjs'
import type { HttpAnswer, HttpRequest, SendHttp } from '../../../src/transport/http'
import type { RestCalls } from '../../../src/rest/rest-calls'
import { createRestCalls } from '../../../src/rest/rest-calls'
import type { RestCaller, RestCallerConfig } from '../../../src/rest/rest-caller'
import { createRestCaller } from '../../../src/rest/rest-caller'
import type { RestLimits } from '../../../src/rate-limit/rest-limits'
import type { VirtualTime } from '../../support/virtual-time'
import { virtualTime } from '../../support/virtual-time'

/** What one call gets: an answer after a while, a failure, or nothing at all. */
export interface Scripted {
  readonly afterMs?: number
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly failure?: unknown
  readonly silent?: boolean
}

export interface FakeRest {
  readonly time: VirtualTime
  readonly calls: RestCalls
  readonly call$: RestCaller
  readonly sendHttp: SendHttp
  /** What was asked, and when. */
  readonly asked: (HttpRequest & { readonly atMs: number })[]
  /** How many requests were dropped before their answer. */
  readonly dropped: () => number
  /** The permits that were asked for, as `group scope priority`. */
  readonly permits: string[]
  readonly drift: string[]
  readonly endSubject: Subject<void>
}

/** The last of `answers` is given for ever. */
export function fakeRest(answers: readonly Scripted[], config: Partial<RestCallerConfig> = {}): FakeRest {
  const time = virtualTime()
  const asked: (HttpRequest & { readonly atMs: number })[] = []
  const permits: string[] = []
  const drift: string[] = []
  const endSubject = new Subject<void>()
  let dropped = 0
  const sendHttp: SendHttp = (request) =>
    new Observable<HttpAnswer>((subscriber) => {
      const scripted = answers[Math.min(asked.length, answers.length - 1)] ?? {}
      asked.push({ ...request, atMs: time.nowMs })
      let open = true
      subscriber.add(() => {
        if (open) dropped++
      })
      if (scripted.silent === true) return
      const { afterMs = 0, status = 200, headers = {}, body = '[]', failure } = scripted
      subscriber.add(
        time.environment.timer$(afterMs).subscribe(() => {
          open = false
          if (failure !== undefined) return subscriber.error({ kind: 'http-failure', cause: failure })
          subscriber.next({ status, headers, body })
          subscriber.complete()
        }),
      )
    })
  const limits: Pick<RestLimits, 'run$'> = {
    run$: (group, call$, { priority, scope }) => {
      permits.push(`${group} ${scope} ${priority}`)
      return call$
    },
  }
  const caller = createRestCaller({
    environment: time.environment,
    sendHttp,
    restUrl: 'http://rest.invalid',
    limits,
    drift: (name) => drift.push(name),
    ended$: endSubject,
    ...config,
  })
  return {
    time,
    calls: createRestCalls(caller),
    call$: caller,
    sendHttp,
    asked,
    dropped: () => dropped,
    permits,
    drift,
    endSubject,
  }
}
