/** Events as a connection makes them: a frame of the test kit with epoch, time of receipt and source. */
import type {
  CandleEvent,
  OrderbookEvent,
  Stamp,
  TickerEvent,
  TradeEvent,
} from '../../../src/protocol/events'
import type { CandleFrame } from '../../../src/protocol/candle'
import type { OrderbookFrame } from '../../../src/protocol/orderbook'
import type { TickerFrame } from '../../../src/protocol/ticker'
import type { TradeFrame } from '../../../src/protocol/trade'
import type { MyOrderFrame } from '../../../src/protocol/my-order'
import type { MyOrderEvent } from '../../../src/protocol/private-events'
import { aCandle, aMyOrder, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../../src/testing'

/** `ms` after the beginning, as the exchange's stamp; received in the same moment unless `receivedMs` says otherwise. */
export interface At extends Partial<Stamp> {
  readonly ms?: number
  readonly receivedMs?: number
}

function stamp({ ms = 0, receivedMs = ms, epoch = 1, source = 'socket' }: At): Stamp {
  return { epoch, received_at: virtualStartMs + receivedMs, source }
}

export function tickerEvent(at: At = {}, fields: Partial<TickerFrame> = {}): TickerEvent {
  return { ...aTicker({ timestamp: virtualStartMs + (at.ms ?? 0), ...fields }), ...stamp(at) }
}

export function tradeEvent(at: At = {}, fields: Partial<TradeFrame> = {}): TradeEvent {
  return { ...aTrade({ timestamp: virtualStartMs + (at.ms ?? 0), ...fields }), ...stamp(at) }
}

export function orderbookEvent(at: At = {}, fields: Partial<OrderbookFrame> = {}): OrderbookEvent {
  return { ...anOrderbook({ timestamp: virtualStartMs + (at.ms ?? 0), ...fields }), ...stamp(at) }
}

export function candleEvent(at: At = {}, fields: Partial<CandleFrame> = {}): CandleEvent {
  return { ...aCandle('1m', { timestamp: virtualStartMs + (at.ms ?? 0), ...fields }), ...stamp(at) }
}

export function orderEvent(at: At = {}, fields: Partial<MyOrderFrame> = {}): MyOrderEvent {
  return { ...aMyOrder({ timestamp: virtualStartMs + (at.ms ?? 0), ...fields }), ...stamp(at) }
}
