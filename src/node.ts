/** The Node platform: `ws`, `fetch`, the process's warnings, generated readers, signed tokens, environment variables. */
import { createAccountLane } from './create-account-lane'
import { createInfoLane } from './create-info-lane'
import { credentialsOnNode } from './credentials'
import { createInfoChannels } from './private/info/info-channels'
import { createPrivateChannels } from './private/private-channels'
import type { Platform, PlatformDefaults } from './platform'
import { FusedReader } from './protocol/fused/fused-reader'
import { fetchHttp } from './transport/fetch-http'
import { createTrading } from './trading-client'
import { wsSocket } from './transport/ws-socket'

const variables: Readonly<Record<keyof PlatformDefaults, string>> = {
  url: 'UPBIT_URL',
  region: 'UPBIT_REGION',
  restUrl: 'UPBIT_REST_URL',
  accessKey: 'UPBIT_ACCESS_KEY',
  secretKey: 'UPBIT_SECRET_KEY',
}

export const nodePlatform: Platform = {
  openSocket: wsSocket,
  sendHttp: fetchHttp(),
  sendsOrigin: false,
  warn: (message, code) => process.emitWarning(message, { type: 'UpbitWarning', code }),
  createReader: () => new FusedReader(),
  createTrading,
  credentials: credentialsOnNode,
  privateSide: {
    createChannels: (ports) => ({ ...createPrivateChannels(ports), ...createInfoChannels(ports) }),
    createLane: createAccountLane,
    createInfoLane,
  },
  memory() {
    const { rss, heapUsed } = process.memoryUsage()
    return { memory_bytes: rss, heap_bytes: heapUsed }
  },
  defaults(): PlatformDefaults {
    const named = Object.entries(variables).map(
      ([option, variable]) => [option, process.env[variable]] as const,
    )
    return Object.fromEntries(named.filter(([, value]) => value !== undefined && value !== ''))
  },
}
