/**
 * Who may connect: refusals that a test has ordered, the paths, the limits per address and key, credentials.
 * The forms of refusals on the upgrade are inferred from the REST side; nobody has recorded one.
 */
import type { ConnectLimit } from './limits'
import type { ExchangeSwitches } from './switches'

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
      readonly scope: string
      readonly authorized: boolean
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
}

const publicPath = '/websocket/v1'
const tokenPaths: ReadonlySet<string> = new Set([`${publicPath}/private`, `${publicPath}/info`])
const text = { 'content-type': 'text/plain; charset=utf-8' }

export class Gate {
  private ordered: OrderedRefusal | undefined

  constructor(
    private readonly limit: ConnectLimit,
    private readonly switches: Pick<ExchangeSwitches, 'authFailure'>,
  ) {}

  /** Refuses the next dials; `undefined` ends that. */
  order(refusal: OrderedRefusal | undefined): void {
    this.ordered = refusal
  }

  judge({ path, headers, remoteAddress }: Handshake, nowMs: number): GateVerdict {
    const ordered = this.takeOrdered()
    if (ordered !== undefined) return ordered
    const endpoint = path.split('?')[0] as string
    if (endpoint !== publicPath && !tokenPaths.has(endpoint)) return refuse(404, 'Not Found')
    if (headers.origin !== undefined && !this.limit.connectWithOrigin(remoteAddress, nowMs)) {
      return refuse(429, 'Too many API requests.', { 'remaining-req': 'group=origin; min=6; sec=0' })
    }
    const scope = headers.authorization ?? remoteAddress
    const verdict = this.limit.connect(scope, nowMs)
    if (verdict.kind === 'too-many') return refuse(429, 'Too many API requests.')
    if (verdict.kind === 'blocked') return blocked(verdict.untilMs - nowMs)

    // No account lives here, so no token can be a valid one.
    const authorized = !tokenPaths.has(endpoint)
    if (!authorized && this.switches.authFailure === 'http-401') {
      const error = { name: 'jwt_verification', message: 'Failed to verify the JWT.' }
      return refuse(401, JSON.stringify({ error }), { 'content-type': 'application/json; charset=utf-8' })
    }
    if (!authorized && this.switches.authFailure === 'http-401-empty') return refuse(401, '')
    const left = Math.max(0, Math.min(4, verdict.leftThisSecond))
    return {
      kind: 'accept',
      scope,
      authorized,
      headers: { 'remaining-req': `group=websocket; min=300; sec=${left}`, 'limit-by-ip': 'Yes' },
    }
  }

  private takeOrdered(): GateVerdict | undefined {
    const { ordered } = this
    if (ordered === undefined) return undefined
    ordered.times--
    if (ordered.times <= 0) this.ordered = undefined
    const { answer, retryAfterMs } = ordered
    if (answer === 'reset' || answer === 'hang') return { kind: answer }
    if (answer === 418) return blocked(retryAfterMs ?? 60_000)
    const retryAfter: Record<string, string> =
      retryAfterMs === undefined ? {} : { 'retry-after': seconds(retryAfterMs) }
    return refuse(answer, answer === 429 ? 'Too many API requests.' : `Refused with ${answer}.`, retryAfter)
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
