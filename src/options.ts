/** Every option of a client, and its check. */
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import { checkNames } from './base/check-names'
import { checkBoolean, checkMs, checkOneOf, hasMembers } from './channels/option-checks'
import type { UpbitCredentials } from './credentials-port'
import type { HealthOptions } from './observe/health-options'
import { checkHealthOptions } from './observe/health-options'
import type { Logger } from './observe/reporter'
import { invalidOption } from './base/invalid-option'
import { platform } from './platform'
import type { WireFormat } from './protocol/wire'
import { wireFormats } from './protocol/wire'
import { noTradingHere } from './trading-access'
import type { Region } from './target'
import { endpointOf, regions, restBaseOf } from './target'
import type { SendHttp } from './transport/http'
import type { OpenSocket } from './transport/socket'

/** Options of `createUpbit` and `configureUpbit`; what is left out is the default. */
export interface UpbitOptions {
  /** Which of Upbit's exchanges: Korea, Singapore, Indonesia, Thailand. Default `kr`, or `UPBIT_REGION`. */
  readonly region?: Region
  /**
   * The WebSocket origin, `ws://127.0.0.1:9000`, to which `/websocket/v1` is appended; with a path or a query the whole
   * public endpoint, used as it is. Default the region's, or `UPBIT_URL`.
   */
  readonly url?: string
  /**
   * The REST origin, `http://127.0.0.1:9000`, or with a path, `https://gateway.example/upbit`, below which Upbit's paths
   * are then. It has no user, query or fragment. Default the same host as `url` over http or https; where the options
   * name neither `url` nor `region`, `UPBIT_REST_URL`.
   */
  readonly restUrl?: string
  /**
   * The account: two keys, or what gives tokens. On Node only, since a key in a page is everybody's. Default
   * `UPBIT_ACCESS_KEY` and `UPBIT_SECRET_KEY`, else none: public data need none. Clients of another account have
   * connections of their own. Used by the streams of orders, balances, announcements and indicators, and by REST calls.
   */
  readonly credentials?: UpbitCredentials
  /**
   * `true`: `trading` may place and cancel orders, on Node, with `credentials`. Of this client alone; given to
   * `configureUpbit`, of `GlobalWebSocketManager.shared()`. Default `false`.
   */
  readonly trading?: boolean
  /** How the exchange spells frames; events are the same. Default `DEFAULT` (`docs/adr/0007-default-wire-format.md`). */
  readonly format?: WireFormat
  /** How long the connection outlives its last subscriber, ms, so that a quick remount finds it. Default 5,000. */
  readonly lingerMs?: number
  /** Gets the warnings while nobody listens to `errors$`; `false` silences them. Default: the process's warnings. */
  readonly logger?: Logger | false
  /** From where on `healthCheck()` calls something an illness (`docs/guides/observing.md`). Default: see there. */
  readonly health?: HealthOptions
  /** How often `metrics$` emits while it is subscribed to, ms. Default 1,000. */
  readonly metricsIntervalMs?: number
  /**
   * `true`: a connection of its own, not shared with the process's other clients of the same host and account. Default
   * `false`.
   */
  readonly isolated?: boolean
  /**
   * Whether frames are read by code that is generated from the definitions of the events, for less than the cost of
   * `JSON.parse`; without it they are parsed and guarded, with the same events. Default `true` on Node; a browser has
   * `false` only. A process that forbids code from text (`--disallow-code-generation-from-strings`) needs no setting.
   */
  readonly codeGeneration?: boolean
  /**
   * `{ share: 0.5 }`: this process takes at most so much of each budget that the exchange counts by address or account, of
   * less than one call one in a longer period, because other processes of the same address have the rest. One share for the whole process, clients
   * of every host and account together: another one is `ALREADY_CONFIGURED`. Default 1.
   */
  readonly limits?: LimitsOptions
  /** The dialer; the test kit's exchange in memory has one. Default: `ws` on Node, `WebSocket` in a browser. */
  readonly openSocket?: OpenSocket
  /** What makes REST calls; the test kit's exchange in memory has one. Default: `fetch`. */
  readonly sendHttp?: SendHttp
  /** Clock, timers, chance and ids; the test kit has virtual ones. Default: the real ones. */
  readonly environment?: Environment
}

/** Options of the process's limiter. */
export interface LimitsOptions {
  /** Above 0, up to 1. */
  readonly share?: number
}

const known: readonly (keyof UpbitOptions)[] = [
  'region',
  'url',
  'restUrl',
  'credentials',
  'trading',
  'format',
  'lingerMs',
  'logger',
  'health',
  'metricsIntervalMs',
  'isolated',
  'codeGeneration',
  'limits',
  'openSocket',
  'sendHttp',
  'environment',
]

/** The longest delay that a JavaScript timer takes, 24 days; a longer one would fire at once. */
const longestLingerMs = 2 ** 31 - 1

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkOptions(options: UpbitOptions): void {
  checkKeyNames(options)
  checkNames(options, known)
  const { region, url, restUrl, credentials, trading, format, lingerMs, logger, isolated } = options
  const { codeGeneration, limits, openSocket, sendHttp, environment } = options
  checkOneOf('region', region, regions)
  if (url !== undefined) endpointOf(url)
  if (restUrl !== undefined) restBaseOf(restUrl)
  if (credentials !== undefined) {
    const port = platform().credentials
    if (port === undefined) throw noAccounts()
    port.check(credentials)
  }
  checkBoolean('trading', trading)
  if (trading === true && platform().createTrading === undefined) throw noTradingHere()
  checkOneOf('format', format, wireFormats)
  if (
    lingerMs !== undefined &&
    !(typeof lingerMs === 'number' && lingerMs >= 0 && lingerMs <= longestLingerMs)
  ) {
    throw invalidOption('lingerMs', lingerMs, `a number of milliseconds from 0 to ${longestLingerMs}`)
  }
  if (logger !== undefined && logger !== false && !hasMembers(logger, ['warn'])) {
    throw invalidOption('logger', logger, 'an object with a `warn` method, false')
  }
  checkHealthOptions(options.health)
  checkMs('metricsIntervalMs', options.metricsIntervalMs)
  checkBoolean('isolated', isolated)
  checkBoolean('codeGeneration', codeGeneration)
  if (codeGeneration === true && platform().createReader === undefined) {
    throw invalidOption('codeGeneration', codeGeneration, 'false, since this is no Node')
  }
  if (limits !== undefined) checkLimits(limits)
  if (openSocket !== undefined && typeof openSocket !== 'function') {
    throw invalidOption('openSocket', openSocket, 'a function')
  }
  if (sendHttp !== undefined && typeof sendHttp !== 'function') {
    throw invalidOption('sendHttp', sendHttp, 'a function')
  }
  if (environment !== undefined && !hasMembers(environment, ['now', 'timer$', 'random', 'newId'])) {
    throw invalidOption('environment', environment, 'an object with now, timer$, random and newId')
  }
}

/** Where keys stand that belong one deeper, or are all that is given, as other clients of exchanges take them. */
function checkKeyNames(options: UpbitOptions): void {
  // It may be a key, which is shown to nobody.
  if (typeof options === 'string')
    throw invalidOption('options', '…', 'an object', undefined, withCredentials)
  const name = ['accessKey', 'secretKey', 'tokenProvider', 'apiKey', 'secret'].find(
    (each) => hasMembers(options, []) && Object.hasOwn(options, each),
  )
  if (name === undefined) return
  throw new UpbitError('INVALID_OPTION', `There is no \`${name}\` here.`, {
    option: name,
    nextStep: withCredentials,
  })
}

const withCredentials =
  'Write `{ credentials: { accessKey, secretKey } }`, or `{ credentials: { tokenProvider } }`.'

function checkLimits(limits: LimitsOptions): void {
  checkNames(limits, ['share'], 'limits')
  const { share } = limits
  if (share !== undefined && !(typeof share === 'number' && share > 0 && share <= 1)) {
    throw invalidOption('limits.share', share, 'a number above 0, up to 1')
  }
}

function noAccounts(): UpbitError {
  return new UpbitError('INVALID_OPTION', '`credentials` have no place in a browser.', {
    option: 'credentials',
    nextStep:
      'Keep the keys on a server of yours, a gateway, that passes on what the page may see; a page cannot send the header that Upbit asks for anyway.',
  })
}
