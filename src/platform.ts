/** What differs between Node and a browser; installed once by the entry point that was loaded. */
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import type { Warn } from './observe/reporter'
import type { UpbitOptions } from './options'
import type { OpenSocket } from './transport/socket'

export interface Platform {
  openSocket(environment: Environment): OpenSocket
  readonly warn: Warn
  /** Options that the surroundings set: environment variables on Node. */
  defaults(): UpbitOptions
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
