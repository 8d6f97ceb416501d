/**
 * The functions a user calls, for one client: `ticker$` and its siblings, and the same as handlers. Wrong arguments
 * throw at the call; trouble at run time never does.
 */
import type { EventKind } from '../protocol/events'
import type { PublicType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { Channels } from './channel'
import type { ChannelPorts } from './channel-ports'
import type { Codes } from './codes'
import { checkCodes, checkUnit } from './codes'
import type { Delivered } from './consumer-config'
import type { AnyConsumerOptions } from './consumer-options'
import { checkConsumerOptions } from './consumer-options'
import type { UpbitSubscription } from './handle'
import type { AnyHandler } from './handler-target'
import { KnownKeys } from './known-keys'
import { subscribeHandler } from './subscribe-handler'
import type { What } from './upbit-stream'
import { upbitStream$ } from './upbit-stream'

/** One for all who give none. */
const noOptions: AnyConsumerOptions = {}

export function createChannels(ports: ChannelPorts): Channels {
  const known = new KnownKeys()
  const whatOf = (
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    options: AnyConsumerOptions = noOptions,
  ): What => ({ kind, keys: keysOf(known, kind, type, codes, options), options })
  const stream$ = <E extends Delivered>(...asked: Parameters<typeof whatOf>) =>
    upbitStream$<E>(ports.enrol, whatOf(...asked), ports.keeps)
  const subscribe = (
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    handler: AnyHandler,
    options?: AnyConsumerOptions,
  ): UpbitSubscription => subscribeHandler(ports, whatOf(kind, type, codes, options), handler)

  return {
    ticker$: (codes, options) => stream$('ticker', 'ticker', codes, options),
    trade$: (codes, options) => stream$('trade', 'trade', codes, options),
    orderbook$: (codes, options) => stream$('orderbook', 'orderbook', codes, options),
    candle$: (codes, unit, options) => stream$('candle', `candle.${checkUnit(unit)}`, codes, options),
    subscribeTicker: (codes, handler, options) => subscribe('ticker', 'ticker', codes, handler, options),
    subscribeTrade: (codes, handler, options) => subscribe('trade', 'trade', codes, handler, options),
    subscribeOrderbook: (codes, handler, options) =>
      subscribe('orderbook', 'orderbook', codes, handler, options),
    subscribeCandle: (codes, unit, handler, options) =>
      subscribe('candle', `candle.${checkUnit(unit)}`, codes, handler, options),
  }
}

function keysOf(
  known: KnownKeys,
  kind: EventKind,
  type: PublicType,
  codes: Codes,
  options: AnyConsumerOptions,
): readonly StreamKey[] {
  const checked = checkCodes(codes)
  checkConsumerOptions(kind, options)
  return known.of(type, checked, options.level)
}
