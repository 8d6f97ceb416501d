/** Which exchange: what its urls are by the options, by the surroundings where those name none, and by region. */
import { invalidOption } from './base/invalid-option'
import { isHostName, shownWrongUrl } from './base/shown-url'
import { checkOneOf } from './channels/option-checks'
import { platform } from './platform'
import { countsOrigin } from './rate-limit/documented-limits'

/** Hosts by region. Source: docs.upbit.com and global-docs.upbit.com, read 2026-11; Thailand is a beta. */
const hosts = {
  kr: 'wss://api.upbit.com',
  sg: 'wss://sg-api.upbit.com',
  id: 'wss://id-api.upbit.com',
  th: 'wss://th-api.upbit.com',
} as const

/** A region's exchange: Korea, Singapore, Indonesia, Thailand. */
export type Region = keyof typeof hosts

export const regions = Object.keys(hosts)

/** What names an exchange. */
interface Named {
  readonly url?: string | undefined
  readonly region?: Region | undefined
  readonly restUrl?: string | undefined
}

/** The url, else the region, of the options; only where they name neither, of the surroundings. */
export function targetUrl({ url, region }: Named): string {
  if (url !== undefined) return url
  if (region !== undefined) return hosts[region]
  const surroundings = platform().defaults()
  if (surroundings.url !== undefined) return endpointOf(surroundings.url, 'UPBIT_URL')
  checkOneOf('region', surroundings.region, regions, 'UPBIT_REGION')
  return hosts[(surroundings.region ?? 'kr') as Region]
}

/** Of the options; of the surroundings only together with their target: two exchanges must not be mixed. */
export function targetRestUrl({ url, region, restUrl }: Named): string | undefined {
  if (restUrl !== undefined || (url ?? region) !== undefined) return restUrl
  const { restUrl: surrounding } = platform().defaults()
  return surrounding === undefined ? undefined : restBaseOf(surrounding, 'UPBIT_REST_URL')
}

/** The public endpoint: an origin gets Upbit's path, anything with a path or a query is taken as it is (C1.4). */
export function endpointOf(url: string, from?: string): string {
  const parsed = parseUrl(url)
  // A socket's url has no fragment; `ws` would refuse it at every dial.
  if (parsed === undefined || !['ws:', 'wss:'].includes(parsed.protocol) || parsed.hash !== '') {
    throw invalidOption(
      'url',
      typeof url === 'string' ? shownWrongUrl(url) : url,
      'a ws:// or wss:// url without a fragment',
      from,
      proposedUrl(url),
    )
  }
  if (parsed.pathname === '/' && parsed.search === '') parsed.pathname = '/websocket/v1'
  return parsed.href
}

/** Another endpoint of the exchange, beside the public one: `…/websocket/v1` and `…/websocket/v1/private`. */
export function besideEndpoint(url: string, name: 'private' | 'info'): string {
  const parsed = new URL(url)
  parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/${name}`
  return parsed.href
}

/** What was probably meant: a scheme was left out, or was that of the web. */
function proposedUrl(url: unknown): string | undefined {
  const [, scheme, host = ''] =
    typeof url === 'string' ? (/^(https?:\/\/)?([\w.-]+(?::\d+)?)\/?$/.exec(url) ?? []) : []
  if (host === '' || (scheme === undefined && !isHostName(host))) return undefined
  return `Write ${/^(127\.|localhost\b)/.test(host) ? 'ws' : 'wss'}://${host}.`
}

/** Origin and path, below which every path is Upbit's: a gateway may serve more than one exchange (C1.4). */
export function restBaseOf(url: string, from?: string): string {
  const parsed = parseUrl(url)
  const isHttp = parsed !== undefined && ['http:', 'https:'].includes(parsed.protocol)
  // What would not be sent is refused, and not dropped: a gateway's password, a token.
  const isPlain =
    isHttp && [parsed.username, parsed.password, parsed.search, parsed.hash].every((part) => part === '')
  if (isPlain) return parsed.origin + parsed.pathname.replace(/\/+$/, '')
  throw invalidOption(
    'restUrl',
    typeof url === 'string' ? shownWrongUrl(url) : url,
    'an http:// or https:// url without user, query and fragment',
    from,
    isHttp
      ? 'Leave those parts out; what a gateway asks for beside its origin and path, add in a sendHttp.'
      : undefined,
  )
}

/** Where the calls of a WebSocket url go that names no other place: its host alone. */
export function restBaseBeside(url: string): string {
  return new URL(url.replace(/^ws/, 'http')).origin
}

/** Whether what goes to this host carries an `Origin` that it counts (C11.1). */
export function sendsOriginTo(host: string): boolean {
  return platform().sendsOrigin && countsOrigin(host)
}

/** What limits are kept by. */
export function hostOf(url: string): string {
  return new URL(url).host
}

function parseUrl(url: string): URL | undefined {
  try {
    return new URL(url)
  } catch {
    return undefined
  }
}
