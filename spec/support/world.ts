/**
 * A client of an exchange in memory, with time in the spec's hands: what a user has, seen from outside. Everything that
 * the client reports is written down.
 */
import type { UpbitError } from '../../src/base/errors'
import type { GapEvent, Upbit, UpbitOptions } from '../../src/index'
import { createUpbit } from '../../src/index'
import type { VirtualExchange, VirtualExchangeOptions } from '../../src/testing'
import { createVirtualExchange, virtualStartMs } from '../../src/testing'
import type { VirtualTime } from './virtual-time'
import { virtualTime } from './virtual-time'

export interface World {
  readonly time: VirtualTime
  readonly exchange: VirtualExchange
  readonly upbit: Upbit
  readonly errors: UpbitError[]
  readonly gaps: GapEvent[]
  /** Another client of the same exchange; shares the connection unless its options say otherwise. */
  readonly client: (options?: UpbitOptions) => Upbit
  /** Lets so many milliseconds pass. */
  readonly pass: (durationMs: number) => void
  /** The clock, as events are stamped, ms. */
  readonly now: () => number
  /** What the exchange was asked for, message by message: `ticker KRW-BTC`, `orderbook KRW-BTC@10000`. */
  readonly asked: () => readonly (readonly string[])[]
}

export interface WorldOptions {
  readonly exchange?: VirtualExchangeOptions
  readonly client?: UpbitOptions
}

let worlds = 0

export function world(options: WorldOptions = {}): World {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, options.exchange)
  // A host of its own, so that clients of one world share and those of two never do.
  const url = `ws://world-${++worlds}.invalid`
  const client = (more: UpbitOptions = {}): Upbit =>
    createUpbit({ ...exchange.options, url, isolated: false, ...more })
  const upbit = client(options.client)
  const errors: UpbitError[] = []
  const gaps: GapEvent[] = []
  upbit.errors$.subscribe((error) => errors.push(error))
  upbit.gaps$.subscribe((gap) => gaps.push(gap))
  return {
    time,
    exchange,
    upbit,
    errors,
    gaps,
    client,
    pass: (durationMs) => time.pass(durationMs),
    now: () => virtualStartMs + time.nowMs,
    asked: () =>
      exchange.received
        .filter(({ kind }) => kind === 'subscribe')
        .map(({ items }) =>
          items.flatMap(({ type, codes, level }) =>
            codes.map((code) => (level === 0 ? `${type} ${code}` : `${type} ${code}@${level}`)),
          ),
        ),
  }
}
