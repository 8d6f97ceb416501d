/** How old an event is: the server's clock in it, by the same clock of this process. */
import { clockSeconds } from '../frames.mjs'

const clockFields = { ticker: 'acc_trade_volume_24h', trade: 'best_bid_size', orderbook: 'total_bid_size' }

/** Microseconds since the server wrote the event; at least 1. */
export function ageUs(event) {
  const us = Math.round((clockSeconds() - event[clockFields[event.type]]) * 1e6)
  return us > 1 ? us : 1
}
