/**
 * The functions a user calls, for one client: `ticker$` and its siblings, and the same as handlers. Wrong arguments
 * throw at the call; trouble at run time never does.
 */
import type { UpbitError } from '../base/errors'
import type { EventKind } from '../protocol/events'
import type { PublicType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { Channels } from './channel'
import type { Codes } from './codes'
import { checkCodes, checkUnit } from './codes'
import type { Delivered } from './consumer-config'
import type { AnyConsumerOptions } from './consumer-options'
import { checkConsumerOptions } from './consumer-options'
import type { UpbitSubscription } from './handle'
import { createHandle } from './handle'
import type { AnyHandler } from './handler-target'
import { HandlerTarget } from './handler-target'
import { keepWith } from './keep-with'
import { KnownKeys } from './known-keys'
import { checkHandler } from './option-checks'
import type { Enrol } from './upbit-stream'
import { upbitStream$ } from './upbit-stream'

export interface ChannelPorts {
  readonly enrol: Enrol
  readonly error: (error: UpbitError) => void
  /**
   * Whose channels they are: a live subscription to a stream keeps it, and so does the handle of a handler for whoever
   * holds the handle. A handler's consumer does not, unless its options say `keepAlive`.
   */
  readonly keeps?: object
}

/** One for all who give none. */
const noOptions: AnyConsumerOptions = {}

export function createChannels({ enrol, error, keeps }: ChannelPorts): Channels {
  const known = new KnownKeys()
  const stream$ = <E extends Delivered>(
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    options: AnyConsumerOptions = noOptions,
  ) => upbitStream$<E>(enrol, kind, keysOf(known, kind, type, codes, options), options, keeps)

  function subscribe(
    kind: EventKind,
    type: PublicType,
    codes: Codes,
    handler: AnyHandler,
    options: AnyConsumerOptions = noOptions,
  ): UpbitSubscription {
    const keys = keysOf(known, kind, type, codes, options)
    checkHandler(handler)
    const target = new HandlerTarget(handler, error)
    const consumer = enrol({
      kind,
      keys,
      options,
      target,
      keeps: options.keepAlive === true ? keeps : undefined,
    })
    consumer.enter()
    return keepWith(
      createHandle(consumer, () => consumer.unsubscribe()),
      keeps,
    )
  }

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
