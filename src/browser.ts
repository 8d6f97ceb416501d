/** The entry point `upbit-rx` for browsers: the platform, then everything. */
import { consoleWarn } from './observe/warn'
import { installPlatform } from './platform'
import { browserSocket } from './transport/browser-socket'
import { pageWakeUps$ } from './transport/page-wake-ups'
import { fetchHttp } from './transport/fetch-http'

installPlatform({
  openSocket: (environment) => browserSocket(environment),
  sendHttp: fetchHttp(),
  sendsOrigin: true,
  warn: consoleWarn,
  wakeUps$: pageWakeUps$(),
  defaults: () => ({}),
})

export * from './api'
