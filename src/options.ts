/** Every option of a client, its default and its check. */
import type { Environment } from './base/environment'
import { realEnvironment } from './base/environment'
import { UpbitError } from './base/errors'
import { invalidOption } from './channels/consumer-options'
import type { Logger } from './observe/reporter'
import { platform } from './platform'
import type { WireFormat } from './protocol/wire'
import { wireFormats } from './protocol/wire'
import type { OpenSocket } from './transport/socket'

/** Hosts by region. Source: docs.upbit.com and global-docs.upbit.com, read 2026-11; Thailand is a beta. */
const hosts = {
  kr: 'wss://api.upbit.com',
  sg: 'wss://sg-api.upbit.com',
  id: 'wss://id-api.upbit.com',
  th: 'wss://th-api.upbit.com',
} as const

export type Region = keyof typeof hosts

export interface UpbitOptions {
  /** Which of Upbit's exchanges: Korea, Singapore, Indonesia, Thailand. Default `kr`, or `UPBIT_REGION`. */
  readonly region?: Region
  /**
   * The WebSocket origin, `ws://127.0.0.1:9000`, to which `/websocket/v1` is appended; with a path or a query the whole
   * public endpoint, used as it is. Default the region's, or `UPBIT_URL`.
   */
  readonly url?: string
  /** How the exchange spells frames; events are the same. Default `DEFAULT`, the cheapest to read (`docs/adr`). */
  readonly format?: WireFormat
  /** How long the connection outlives its last subscriber, ms, so that a quick remount finds it. Default 5,000. */
  readonly lingerMs?: number
  /** Gets the warnings while nobody listens to `errors$`; `false` silences them. Default: the process's warnings. */
  readonly logger?: Logger | false
  /** `true`: a connection of its own, not shared with the process's other clients of the same host. Default `false`. */
  readonly isolated?: boolean
  /** The dialer; the test kit's exchange in memory has one. Default: `ws` on Node, `WebSocket` in a browser. */
  readonly openSocket?: OpenSocket
  /** Clock, timers, chance and ids; the test kit has virtual ones. Default: the real ones. */
  readonly environment?: Environment
}

/** Options with nothing left open. `isolated` is the client's, all else is the manager's. */
export interface ResolvedOptions {
  readonly url: string
  readonly format: WireFormat
  readonly lingerMs: number
  readonly logger: Logger | false | undefined
  readonly openSocket: OpenSocket
  readonly environment: Environment
}

const known: Readonly<Record<keyof UpbitOptions, true>> = {
  region: true,
  url: true,
  format: true,
  lingerMs: true,
  logger: true,
  isolated: true,
  openSocket: true,
  environment: true,
}

const defaultLingerMs = 5000

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkOptions(options: UpbitOptions): void {
  for (const option of Object.keys(options)) {
    if (!Object.hasOwn(known, option)) throw invalidOption(option, 'set', Object.keys(known).join(', '))
  }
  const { region, format, lingerMs, logger, url } = options
  if (region !== undefined && !Object.hasOwn(hosts, region)) {
    throw invalidOption('region', region, Object.keys(hosts).join(', '))
  }
  if (format !== undefined && !wireFormats.includes(format)) {
    throw invalidOption('format', format, wireFormats.join(', '))
  }
  if (lingerMs !== undefined && !(Number.isFinite(lingerMs) && lingerMs >= 0)) {
    throw invalidOption('lingerMs', lingerMs, 'a number of milliseconds from 0')
  }
  if (logger !== undefined && logger !== false && typeof logger.warn !== 'function') {
    throw invalidOption('logger', logger, 'an object with a `warn` method, or false')
  }
  if (url !== undefined) endpointOf(url)
}

/** What the options, then the surroundings, then the defaults say. */
export function resolveOptions(options: UpbitOptions): ResolvedOptions {
  // A region that the surroundings misspell is named by the check, as one in the code is.
  const given = { ...(platform().defaults() as UpbitOptions), ...withoutUndefined(options) }
  checkOptions(given)
  const environment = given.environment ?? realEnvironment
  return {
    url: endpointOf(given.url ?? hosts[given.region ?? 'kr']),
    format: given.format ?? 'DEFAULT',
    lingerMs: given.lingerMs ?? defaultLingerMs,
    logger: given.logger,
    openSocket: given.openSocket ?? platform().openSocket(environment),
    environment,
  }
}

/** The options of `given` that differ from a manager's; those that were not given do not. */
export function differingOption(
  given: UpbitOptions,
  manager: ResolvedOptions,
): keyof UpbitOptions | undefined {
  const { url, region, ...rest } = withoutUndefined(given)
  if (url !== undefined && endpointOf(url) !== manager.url) return 'url'
  if (url === undefined && region !== undefined && endpointOf(hosts[region]) !== manager.url) return 'region'
  return (['format', 'lingerMs', 'logger', 'openSocket', 'environment'] as const).find(
    (option) => rest[option] !== undefined && rest[option] !== manager[option],
  )
}

export function alreadyConfigured(option: string): UpbitError {
  return new UpbitError('ALREADY_CONFIGURED', `${option} differs from that of the connection in use.`, {
    option,
    nextStep: `Set ${option} before the first use, leave it out, or pass { isolated: true }.`,
  })
}

/** The public endpoint: an origin gets Upbit's path, anything with a path or a query is taken as it is (C1.4). */
function endpointOf(url: string): string {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    throw invalidOption('url', url, 'a ws:// or wss:// url')
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:')
    throw invalidOption('url', url, 'a ws:// or wss:// url')
  const isOrigin = parsed.pathname === '/' && parsed.search === ''
  return isOrigin ? `${parsed.protocol}//${parsed.host}/websocket/v1` : parsed.href
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
