/** Makes a client for options. */
import { Upbit } from './client'
import { GlobalWebSocketManager } from './manager'
import type { UpbitOptions } from './options'

/**
 * A client for options of your own: another region, a simulator, a connection apart. Clients of one host share its
 * connection unless `isolated`.
 *
 * @throws UpbitError `INVALID_OPTION` for an option out of range; `ALREADY_CONFIGURED` when the host's connection is in
 * use with another value of an option.
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { firstValueFrom } from 'rxjs'
 *
 * const upbit = createUpbit({ region: 'sg' })
 * const { trade_price } = await firstValueFrom(upbit.ticker$('SGD-BTC'))
 * console.log(trade_price)
 * await upbit.shutdown()
 * ```
 */
export function createUpbit(options: UpbitOptions = {}): Upbit {
  return new Upbit(() => GlobalWebSocketManager.of(options), options.isolated, options.trading)
}
