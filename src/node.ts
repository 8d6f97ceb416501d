/** The Node platform: `ws`, the process's warnings, environment variables. */
import type { UpbitOptions } from './options'
import type { Platform } from './platform'
import { wsSocket } from './transport/ws-socket'

export const nodePlatform: Platform = {
  openSocket: wsSocket,
  warn: (message, code) => process.emitWarning(message, { type: 'UpbitWarning', code }),
  defaults(): UpbitOptions {
    const { UPBIT_URL: url, UPBIT_REGION: region } = process.env
    return {
      ...(url === undefined || url === '' ? {} : { url }),
      // Checked with all other options, where a wrong one is named.
      ...(region === undefined || region === ''
        ? {}
        : { region: region as NonNullable<UpbitOptions['region']> }),
    }
  },
}
