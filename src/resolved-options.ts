/** What the options of a client, its surroundings and the defaults come to. */
import type { Environment } from './base/environment'
import { realEnvironment } from './base/environment'
import { shownEndpoint } from './base/shown-url'
import type { KeptCredentials } from './credentials-port'
import type { HealthThresholds } from './observe/health-options'
import { healthThresholds } from './observe/health-options'
import type { Logger } from './observe/reporter'
import type { LimitsOptions, UpbitOptions } from './options'
import { checkOptions } from './options'
import { platform } from './platform'
import type { WireFormat } from './protocol/wire'
import {
  endpointOf,
  hostOf,
  restBaseBeside,
  restBaseOf,
  sendsOriginTo,
  targetRestUrl,
  targetUrl,
} from './target'
import type { SendHttp } from './transport/http'
import type { OpenSocket } from './transport/socket'

/** Options with nothing left open. `isolated` and `trading` are the client's, all else is the manager's. */
export interface ResolvedOptions {
  readonly url: string
  readonly restUrl: string
  readonly credentials: KeptCredentials | undefined
  readonly format: WireFormat
  readonly lingerMs: number
  readonly logger: Logger | false | undefined
  readonly health: HealthThresholds
  readonly metricsIntervalMs: number
  readonly codeGeneration: boolean
  /** What this client has declared of the limits; what it has not, it leaves to others. */
  readonly limits: LimitsOptions
  readonly openSocket: OpenSocket
  readonly sendHttp: SendHttp
  /** Whether REST is of the same exchange as the sockets: a dialer of another world may have none. */
  readonly hasRest: boolean
  /** Whether a snapshot asks REST first. */
  readonly snapshotsByRest: boolean
  readonly environment: Environment
}

const defaultLingerMs = 5000
const defaultMetricsIntervalMs = 1000

/** What the options, then the surroundings, then the defaults say. */
export function resolveOptions(options: UpbitOptions): ResolvedOptions {
  checkOptions(options)
  const environment = options.environment ?? realEnvironment
  const url = endpointOf(targetUrl(options))
  const restUrl = targetRestUrl(options)
  const port = platform().credentials
  const credentials = options.credentials ?? port?.surrounding()
  return withUrl(url, {
    restUrl: restUrl === undefined ? restBaseBeside(url) : restBaseOf(restUrl),
    credentials: credentials && port?.keep(credentials),
    format: options.format ?? 'DEFAULT',
    lingerMs: options.lingerMs ?? defaultLingerMs,
    logger: options.logger,
    health: healthThresholds(options.health),
    metricsIntervalMs: options.metricsIntervalMs ?? defaultMetricsIntervalMs,
    codeGeneration: options.codeGeneration ?? platform().createReader !== undefined,
    limits: options.limits ?? {},
    openSocket: options.openSocket ?? platform().openSocket(environment),
    sendHttp: options.sendHttp ?? platform().sendHttp,
    hasRest: hasRest(options),
    snapshotsByRest: hasRest(options) && isRestFree(options),
    environment,
  })
}

function hasRest({ sendHttp, openSocket, restUrl }: UpbitOptions): boolean {
  return openSocket === undefined || sendHttp !== undefined || restUrl !== undefined
}

/**
 * From a page only where the options name a gateway: to the exchange a page has one call in ten seconds, and a browser writes
 * each call that fails into its console.
 */
function isRestFree({ sendHttp, restUrl }: UpbitOptions): boolean {
  if (sendHttp !== undefined) return true
  return !platform().sendsOrigin || (restUrl !== undefined && !sendsOriginTo(hostOf(restUrl)))
}

/**
 * A url may hold a token, and what a manager was made with can be asked for: no inspector shows it (C8.3). A getter is no
 * hiding place, since Node's inspector calls getters when it is told to; behind a proxy it sees the object without the url.
 */
function withUrl(url: string, options: Omit<ResolvedOptions, 'url'>): ResolvedOptions {
  const target: Omit<ResolvedOptions, 'url'> = Object.assign(new Target(), options)
  return new Proxy(target as ResolvedOptions, {
    get: (of, name): unknown => (name === 'url' ? url : Reflect.get(of, name)),
  })
}

class Target {
  /** What is said to be there is; its value is the proxy's to give. */
  get url(): undefined {
    return undefined
  }

  toJSON(): object {
    const { url, ...options } = this as unknown as Omit<ResolvedOptions, 'url'> & { readonly url?: string }
    // An inspector that is told to look behind proxies calls this on the object without the url.
    return {
      ...(url === undefined ? {} : { url: shownEndpoint(url) }),
      ...options,
      restUrl: shownEndpoint(options.restUrl),
    }
  }

  [Symbol.for('nodejs.util.inspect.custom')](): object {
    return this.toJSON()
  }
}

/** What a manager was made with, as far as anybody may be shown it (C8.3). */
export function shownOptions(options: ResolvedOptions): Readonly<Record<string, unknown>> {
  const { url, restUrl, credentials, format, lingerMs, codeGeneration, health, metricsIntervalMs } = options
  return {
    url: shownEndpoint(url),
    restUrl: shownEndpoint(restUrl),
    hasCredentials: credentials !== undefined,
    format,
    lingerMs,
    codeGeneration,
    metricsIntervalMs,
    health,
  }
}
