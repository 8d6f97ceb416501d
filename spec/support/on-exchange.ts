/** A connection to the embedded exchange in memory, in virtual time. */
import type { ConnectionConfig } from '../../src/connection/connection'
import type { VirtualExchange, VirtualExchangeOptions } from '../../src/testing'
import { createVirtualExchange } from '../../src/testing'
import { Connected } from './connected'
import type { VirtualTime } from './virtual-time'
import { virtualTime } from './virtual-time'

export interface OnExchange {
  readonly time: VirtualTime
  readonly exchange: VirtualExchange
  readonly connected: Connected
  /** When and on which connection each message came, with the codes of `ticker` that it asked for. */
  readonly requests: readonly (readonly [number, number, readonly string[]])[]
}

export function onExchange(
  options: VirtualExchangeOptions = {},
  config: Partial<ConnectionConfig> = {},
): OnExchange {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, options)
  const startMs = exchange.options.environment.now()
  return {
    time,
    exchange,
    connected: new Connected(exchange.options, config),
    get requests() {
      return exchange.received
        .filter(({ kind }) => kind === 'subscribe')
        .map(({ atMs, connection, items }): readonly [number, number, readonly string[]] => [
          atMs - startMs,
          connection,
          items.flatMap(({ type, codes }) => (type === 'ticker' ? codes : [])),
        ])
    },
  }
}
