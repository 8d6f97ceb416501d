/**
 * The REST side of the embedded exchange: judges a call, answers it, and says what the exchange's headers say. It
 * knows no socket; `server.ts` brings it requests of real clients, `send-http.ts` those in memory.
 */
import type { Busiest } from '../busiest'
import { remember } from '../received'
import type { LimitOptions } from '../limits'
import { errorReply, noRoute, RestError } from './answer'
import type { Reply, RestRequest, RestVerdict } from './answer'
import { Query } from './query'
import type { RestCall } from './rest-call'
import type { RestGroup } from './rest-groups'
import { groupOf, isQuotation } from './rest-groups'
import type { RestLimitVerdict } from './rest-limits'
import { RestLimits } from './rest-limits'
import type { RestFault, RestRefusal } from './rest-refusal'
import type { RestAsked, RestSources } from './rest-reply'
import { replyTo } from './rest-reply'

/** What the REST side needs of the exchange that it belongs to. */
export interface RestHost extends RestSources {
  /** The time by which limits are counted and calls are noted. */
  now(): number
  readonly limits: LimitOptions
  readonly busiest: Busiest
  /** A call has been answered. */
  called(): void
}

interface Call extends RestAsked {
  readonly group: RestGroup | undefined
  /** Whom it is counted for. */
  readonly scope: string
}

export class RestService {
  readonly calls: RestCall[] = []
  /** How long an answer takes beyond the way. */
  delayMs = 0
  refusal: RestRefusal | undefined
  private readonly limits: RestLimits

  constructor(private readonly host: RestHost) {
    this.limits = new RestLimits(host.limits, host.switches.limitWindow)
  }

  ask(request: RestRequest): RestVerdict {
    const query = new Query(request.target)
    const path = request.target.split('?')[0] as string
    const group = groupOf(request.method, path)
    const account =
      group === undefined || isQuotation(group) ? undefined : this.host.authorizer.claimed(request.headers)
    const scope = account ?? request.remoteAddress
    const atMs = this.host.now()
    const verdict = this.judge({ request, path, query, group, scope })
    if (group !== undefined) {
      const counted = isQuotation(group) && request.headers.origin !== undefined ? 'origin' : group
      this.host.busiest.call(counted, scope, atMs)
    }
    remember(this.calls, {
      atMs,
      method: request.method,
      path,
      query: query.raw,
      headers: request.headers,
      scope,
      ...(group === undefined ? {} : { group }),
      ...(verdict.kind === 'answer' ? { status: verdict.status } : {}),
    })
    this.host.called()
    return verdict
  }

  private judge(call: Call): RestVerdict {
    const refused = this.refusal?.takes(call.request.method, call.path) === true ? this.refusal : undefined
    if (refused === undefined) return this.serve(call)
    const instead = this.instead(refused)
    if (instead !== undefined && refused.options.when !== 'after') return instead
    const served = this.serve(call, refused.fault)
    return instead ?? served
  }

  /** What a refusal gives in the place of an answer; the other faults damage the answer. */
  private instead(refused: RestRefusal): RestVerdict | undefined {
    const { fault } = refused
    if (typeof fault === 'number') return this.refuse(fault, refused)
    return fault === 'reset' || fault === 'hang' ? { kind: fault } : undefined
  }

  private serve(call: Call, fault?: RestFault): RestVerdict {
    const { request, group, scope } = call
    if (group === undefined) return this.answer(errorReply(noRoute), {})
    const limited = this.limit(request, group, scope)
    if (limited.kind === 'blocked') return this.blocked(limited.untilMs - this.host.now())
    const headers = { 'remaining-req': limited.remaining, ...quotationHeaders(group, request) }
    if (limited.kind === 'too-many') return this.tooMany(headers)
    return this.answer(replyTo(call, this.host), headers, isQuotation(group), fault)
  }

  private limit(request: RestRequest, group: RestGroup, scope: string): RestLimitVerdict {
    const now = this.host.now()
    return isQuotation(group) && request.headers.origin !== undefined
      ? this.limits.takeWithOrigin(scope, now)
      : this.limits.take(group, scope, now)
  }

  private tooMany(headers: Readonly<Record<string, string>> = {}, body?: string): RestVerdict {
    const text = 'Too many API requests.'
    if (body === undefined && this.host.switches.restLimitBody === 'json') {
      return this.answer(errorReply(new RestError(429, 429, text)), headers)
    }
    return this.answer(
      { status: 429, body: body ?? text },
      { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
    )
  }

  /** The form is invented: documented is only that the answer says how long. */
  private blocked(forMs: number): RestVerdict {
    const seconds = Math.ceil(forMs / 1_000)
    const message = `Too many API requests. Blocked for ${seconds} seconds.`
    return this.answer(errorReply(new RestError(418, 418, message)), {})
  }

  private refuse(status: number, { options: { retryAfterMs, body } }: RestRefusal): RestVerdict {
    if (status === 418 && body === undefined) return this.blocked(retryAfterMs ?? 60_000)
    const headers: Record<string, string> =
      retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) }
    if (status === 429) return this.tooMany(headers, body)
    const reply = errorReply(new RestError(status, status, `Refused with ${status}.`))
    return this.answer({ status, body: body ?? reply.body }, headers)
  }

  private answer(
    { status, body }: Reply,
    headers: Readonly<Record<string, string>>,
    compressible = false,
    fault?: RestFault,
  ): RestVerdict {
    return {
      kind: 'answer',
      status,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        date: new Date(this.host.clock()).toUTCString(),
        ...headers,
      },
      body: fault === 'invalid-json' ? `<html>${body}` : body,
      compressible,
      truncated: fault === 'truncated',
    }
  }
}

/** Seen on quotation answers 2026-09. */
function quotationHeaders(group: RestGroup, { headers }: RestRequest): Record<string, string> {
  if (!isQuotation(group)) return {}
  return {
    'limit-by-ip': 'Yes',
    'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
    vary: 'origin',
    ...(headers.origin === undefined ? {} : { 'access-control-allow-origin': headers.origin }),
  }
}
