/**
 * What one process shares, across the ESM and the CommonJS build of one major version: kept on `globalThis`, so that
 * both builds find the same (C1.5).
 */
import type { Upbit } from './client'
import type { GlobalWebSocketManager } from './manager'
import type { UpbitOptions } from './options'

export interface Realm {
  /** By host; isolated ones are not in it. */
  readonly managers: Map<string, GlobalWebSocketManager>
  /** What `configureUpbit` was given. */
  configured: UpbitOptions
  /** The client behind the top-level functions, from its first use on. */
  shared: Upbit | undefined
}

const key = Symbol.for('upbit-rx/0')

export function realm(): Realm {
  const holder = globalThis as { [key]?: Realm }
  return (holder[key] ??= { managers: new Map(), configured: {}, shared: undefined })
}
