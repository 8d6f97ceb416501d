/** What differs between Node and a browser; installed once by the entry point that was loaded. */
import type { Observable } from 'rxjs'
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import type { CredentialsPort } from './credentials-port'
import type { MemoryUse } from './observe/observed'
import type { Warn } from './observe/reporter'
import type { PrivateSide } from './private-side'
import type { FrameReader } from './protocol/frame-reader'
import type { Trading, TradingAccess, TradingPorts } from './trading'
import type { SendHttp } from './transport/http'
import type { OpenSocket } from './transport/socket'

/** Options that the surroundings may set, unchecked as they came. */
export interface PlatformDefaults {
  readonly url?: string
  readonly region?: string
  readonly restUrl?: string
  readonly accessKey?: string
  readonly secretKey?: string
}

export interface Platform {
  openSocket(environment: Environment): OpenSocket
  readonly sendHttp: SendHttp
  /** Whether every request says which page it comes from, for which the exchange has a limit of its own (C11.1). */
  readonly sendsOrigin: boolean
  readonly warn: Warn
  /** Makes a reader of generated code; absent where code may not be made from text. */
  readonly createReader?: () => FrameReader
  /** Makes what places orders; absent where keys have no place. */
  readonly createTrading?: (access: TradingAccess, ports: () => TradingPorts) => Trading
  /** What keeps keys; absent where they are not safe, or the header that they go in cannot be sent. */
  readonly credentials?: CredentialsPort
  /** The streams of an account; absent where they cannot be had. */
  readonly privateSide?: PrivateSide
  /** The moments at which the machine may have slept, or had no network, until just now; absent where none are told. */
  readonly wakeUps$?: Observable<void>
  /** How much memory the process has; absent where that cannot be told. */
  readonly memory?: () => MemoryUse
  /** Environment variables on Node; a browser has none. */
  defaults(): PlatformDefaults
}

let installed: Platform | undefined

export function installPlatform(platform: Platform): void {
  installed = platform
}

export function platform(): Platform {
  if (installed === undefined) {
    throw new UpbitError('INVALID_OPTION', "Import from 'upbit-rx', which knows the platform.", {
      option: 'import',
    })
  }
  return installed
}
