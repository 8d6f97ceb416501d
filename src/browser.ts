/** The entry point `upbit-rx` for browsers: the platform, then everything. */
import { consoleWarn } from './observe/warn'
import { installPlatform } from './platform'
import { browserSocket } from './transport/browser-socket'

installPlatform({
  openSocket: (environment) => browserSocket(environment),
  warn: consoleWarn,
  sendsOrigin: true,
  hasAccounts: false,
  defaults: () => ({}),
})

export * from './api'
