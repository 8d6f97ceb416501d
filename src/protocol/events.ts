/**
 * The events that a user receives: Upbit's fields as the tables define them, and three of our own. One list of
 * definitions says which table belongs to which type; decoding, drift and the simulator read it.
 */
import type { CandleFrame } from './candle'
import { candleFields } from './candle'
import { objectCodec } from './event-codec'
import type { EventDefinition } from './event-vocabulary'
import type { OrderbookFrame } from './orderbook'
import { orderbookFields } from './orderbook'
import type { TickerFrame } from './ticker'
import { tickerFields } from './ticker'
import type { TradeFrame } from './trade'
import { tradeFields } from './trade'
import type { CandleUnit } from './wire'
import { candleTypes } from './wire'

/** What the library adds to each of Upbit's frames. */
export interface Stamp {
  /** The connection's session counter: 1 for its first open session, higher after each reconnect, never reset. */
  readonly epoch: number
  /** When the frame was received, ms since the Unix epoch by the local clock. */
  readonly received_at: number
  /** `socket`: live; `memory`: the newest state, replayed to a late consumer. What is fetched has a type of its own. */
  readonly source: 'socket' | 'memory'
}

/** The whole current state of a market. */
export interface TickerEvent extends TickerFrame, Stamp {}
/** One execution. */
export interface TradeEvent extends TradeFrame, Stamp {}
/** The whole window of a book. */
export interface OrderbookEvent extends OrderbookFrame, Stamp {}
/** The candle of a period so far. */
export interface CandleEvent<Unit extends CandleUnit = CandleUnit> extends CandleFrame, Stamp {
  readonly type: `candle.${Unit}`
}

/** Any public event, told apart by `type`. */
export type PublicEvent = TickerEvent | TradeEvent | OrderbookEvent | CandleEvent
export type PublicFrame = TickerFrame | TradeFrame | OrderbookFrame | CandleFrame

export const eventDefinitions = {
  ticker: tickerFields,
  trade: tradeFields,
  orderbook: orderbookFields,
  candle: candleFields,
} as const

export type EventKind = keyof typeof eventDefinitions

/** Whether a kind is one of market data. */
export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(eventDefinitions, kind)
}

const candleTypeSet: ReadonlySet<string> = new Set(candleTypes)

/** The definition that a wire type belongs to; `undefined` for a type that the public connection does not know. */
export function eventKind(type: unknown): EventKind | undefined {
  if (type === 'ticker' || type === 'trade' || type === 'orderbook') return type
  return typeof type === 'string' && candleTypeSet.has(type) ? 'candle' : undefined
}

export const eventCodecs = {
  ticker: objectCodec('ticker', tickerFields),
  trade: objectCodec('trade', tradeFields),
  orderbook: objectCodec('orderbook', orderbookFields),
  candle: objectCodec('candle', candleFields),
} as const

const vocabulary: Readonly<Record<EventKind, EventDefinition<PublicFrame>>> = {
  ticker: definition('ticker'),
  trade: definition('trade'),
  orderbook: definition('orderbook'),
  candle: definition('candle'),
}

function definition(name: EventKind): EventDefinition<PublicFrame> {
  return { name, fields: eventDefinitions[name], codec: () => eventCodecs[name] }
}

/** The definition that a type of the public connection belongs to. */
export function publicVocabulary(type: unknown): EventDefinition<PublicFrame> | undefined {
  const kind = eventKind(type)
  return kind && vocabulary[kind]
}
