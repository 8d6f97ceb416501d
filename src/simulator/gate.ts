/**
 * Who may connect: refusals that a test has ordered, the paths, the limits per address and key, credentials.
 * The forms of refusals on the upgrade are inferred from the REST side; nobody has recorded one.
 */
import type { Endpoint } from './endpoint'
import { endpointOfPath } from './endpoint'
import type { ConnectLimit } from './limits'
import { errorReply, RestError } from './rest/answer'
import type { Authorizer } from './rest/authorize'
import type { ExchangeSwitches } from './switches'
import type { PocketKey } from './trading/pocket'

/** The upgrade request, header names in lower case. */
export interface Handshake {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly remoteAddress: string
}

export type GateVerdict =
  | {
      readonly kind: 'accept'
      readonly headers: Readonly<Record<string, string>>
      readonly endpoint: Endpoint
      readonly scope: string
      /** Whose token it was; none without one, or with one that does not hold. */
      readonly owner?: PocketKey
    }
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  /** The TCP connection ends without an answer. */
  | { readonly kind: 'reset' }
  /** No answer ever comes. */
  | { readonly kind: 'hang' }

/** What `refuse` of the test kit orders. */
export interface OrderedRefusal {
  readonly answer: number | 'reset' | 'hang'
  times: number
  readonly retryAfterMs?: number
  readonly body?: string
}

/** What the gate asks of the rest of the exchange. */
export interface GateHost {
  readonly authorizer: Pick<Authorizer, 'claimed' | 'callerOfDial'>
  readonly switches: Pick<ExchangeSwitches, 'authFailure' | 'tooManySockets'>
  /** Whether `/private` has as many sockets as it serves. */
  isPrivateFull(): boolean
}

const text = { 'content-type': 'text/plain; charset=utf-8' }

export class Gate {
  private readonly ordered = new Map<Endpoint, OrderedRefusal>()

  constructor(
    private readonly limit: ConnectLimit,
    private readonly host: GateHost,
  ) {}

  /** Refuses the next dials to an endpoint; `undefined` ends that. */
  order(endpoint: Endpoint, refusal: OrderedRefusal | undefined): void {
    if (refusal === undefined) this.ordered.delete(endpoint)
    else this.ordered.set(endpoint, refusal)
  }

  judge({ path, headers, remoteAddress }: Handshake, nowMs: number): GateVerdict {
    const endpoint = endpointOfPath(path)
    const ordered = this.takeOrdered(endpoint ?? 'public')
    if (ordered !== undefined) return ordered
    if (endpoint === undefined) return refuse(404, 'Not Found')
    if (headers.origin !== undefined && !this.limit.connectWithOrigin(remoteAddress, nowMs)) {
      return refuse(429, 'Too many API requests.', { 'remaining-req': 'group=origin; min=6; sec=0' })
    }
    // Before the token is verified: a dial that is refused for its number uses no nonce up.
    const key = this.host.authorizer.claimed(headers)
    const scope = key ?? remoteAddress
    const verdict = this.limit.connect(scope, nowMs)
    if (verdict.kind === 'too-many') return refuse(429, 'Too many API requests.')
    if (verdict.kind === 'blocked') return blocked(verdict.untilMs - nowMs)

    const owner = this.authenticate(headers)
    if (owner instanceof RestError && endpoint !== 'public') {
      const refused = this.refuseToken(owner)
      if (refused !== undefined) return refused
    }
    if (endpoint === 'private' && this.host.isPrivateFull()) {
      return refuse(this.host.switches.tooManySockets, 'Too many connections.')
    }
    const left = Math.max(0, Math.min(4, verdict.leftThisSecond))
    return {
      kind: 'accept',
      endpoint,
      scope,
      ...(owner instanceof RestError ? {} : { owner }),
      headers: {
        'remaining-req': `group=websocket; min=300; sec=${left}`,
        ...(key === undefined ? { 'limit-by-ip': 'Yes' } : {}),
      },
    }
  }

  private authenticate(headers: Handshake['headers']): PocketKey | RestError {
    try {
      return this.host.authorizer.callerOfDial(headers)
    } catch (error) {
      if (error instanceof RestError) return error
      throw error
    }
  }

  /** By default such a dial is accepted, to be told in a frame. */
  private refuseToken(error: RestError): GateVerdict | undefined {
    switch (this.host.switches.authFailure) {
      case 'http-401':
        return refuse(401, errorReply(error).body, { 'content-type': 'application/json; charset=utf-8' })
      case 'http-401-empty':
        return refuse(401, '')
      default:
        return undefined
    }
  }

  private takeOrdered(endpoint: Endpoint): GateVerdict | undefined {
    const ordered = this.ordered.get(endpoint)
    if (ordered === undefined) return undefined
    ordered.times--
    if (ordered.times <= 0) this.ordered.delete(endpoint)
    const { answer, retryAfterMs, body } = ordered
    if (answer === 'reset' || answer === 'hang') return { kind: answer }
    if (answer === 418 && body === undefined) return blocked(retryAfterMs ?? 60_000)
    const retryAfter: Record<string, string> =
      retryAfterMs === undefined ? {} : { 'retry-after': seconds(retryAfterMs) }
    const sentence = answer === 429 ? 'Too many API requests.' : `Refused with ${answer}.`
    return refuse(answer, body ?? sentence, retryAfter)
  }
}

function refuse(status: number, body: string, headers: Readonly<Record<string, string>> = {}): GateVerdict {
  return { kind: 'refuse', status, headers: { ...text, ...headers }, body }
}

function blocked(forMs: number): GateVerdict {
  return refuse(418, `Too many API requests. Blocked for ${seconds(forMs)} seconds.`, {
    'retry-after': seconds(forMs),
  })
}

function seconds(durationMs: number): string {
  return String(Math.ceil(durationMs / 1_000))
}
