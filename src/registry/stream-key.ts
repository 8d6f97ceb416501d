/** What one entry on the wire is: a type, a code and, for order books, a price grouping. */
import type { AnyType } from '../protocol/wire'

export interface StreamKey {
  readonly type: AnyType
  /** Empty where the whole type is one entry. */
  readonly code: string
  /** Price grouping of an order book; 0 for none and for every other type. */
  readonly level: number
  /** What else tells an entry of the info connection from others of its market: `5m rsi(period=14)`. */
  readonly combination?: string
  /** The key as text: `ticker KRW-BTC`, `orderbook KRW-BTC@10000`, `myAsset`. */
  readonly id: string
}

export function streamKey(type: AnyType, code: string, level = 0): StreamKey {
  return { type, code, level, id: streamKeyId(type, code, level) }
}

export function streamKeyId(type: string, code: string, level = 0): string {
  if (code === '') return type
  return level === 0 ? `${type} ${code}` : `${type} ${code}@${level}`
}
