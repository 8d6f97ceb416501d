/** The Node platform: `ws`, the process's warnings, generated readers, environment variables. */
import type { Platform, PlatformDefaults } from './platform'
import { FusedReader } from './protocol/fused/fused-reader'
import { wsSocket } from './transport/ws-socket'

export const nodePlatform: Platform = {
  openSocket: wsSocket,
  warn: (message, code) => process.emitWarning(message, { type: 'UpbitWarning', code }),
  createReader: () => new FusedReader(),
  defaults(): PlatformDefaults {
    const { UPBIT_URL: url, UPBIT_REGION: region } = process.env
    return {
      ...(url === undefined || url === '' ? {} : { url }),
      ...(region === undefined || region === '' ? {} : { region }),
    }
  },
}
