/**
 * The truth: what the exchange executed and what it sent, in its own order. No figure of the client gets in here; what
 * consumers saw is compared with it.
 */
import type { ExchangeEvent } from '../../src/testing'

/** A trade that was executed. */
export interface ExecutedTrade {
  /** Its place among the trades of its code. */
  readonly index: number
  readonly code: string
  readonly id: string
  /** When it was published, ms of the exchange's clock. */
  readonly atMs: number
  /** How many frames its publication made; 0 where nobody was subscribed, or the code was silent. */
  sent: number
  /** Whether a connection was subscribed, so that only the exchange's own fault kept it from being sent. */
  wanted: boolean
}

/** The newest state of a stream. */
export interface PublishedState {
  readonly version: number
  readonly atMs: number
}

export class Ledger {
  readonly #trades = new Map<string, ExecutedTrade[]>()
  readonly #indices = new Map<string, number>()
  readonly #states = new Map<string, PublishedState>()

  /** Before it is sent, since consumers may have it in the same turn. */
  execute(code: string, id: string, atMs: number): ExecutedTrade {
    const trades = this.tradesOf(code)
    const trade = { index: trades.length, code, id, atMs, sent: 0, wanted: false }
    trades.push(trade)
    this.#indices.set(`${code} ${id}`, trade.index)
    return trade
  }

  tradesOf(code: string): ExecutedTrade[] {
    let trades = this.#trades.get(code)
    if (trades === undefined) this.#trades.set(code, (trades = []))
    return trades
  }

  /** The place of a trade; `undefined` for an id that was never executed. */
  indexOf(code: string, id: string): number | undefined {
    return this.#indices.get(`${code} ${id}`)
  }

  publish(stream: string, state: PublishedState): void {
    this.#states.set(stream, state)
  }

  /** The newest state that was published for a stream. */
  stateOf(stream: string): PublishedState | undefined {
    return this.#states.get(stream)
  }

  get trades(): number {
    return this.#indices.size
  }
}

/** The name of a state's stream: a book's has its level. */
export function streamOf(event: Pick<ExchangeEvent, 'type' | 'code'> & { readonly level?: number }): string {
  return `${event.type} ${event.code}${event.type === 'orderbook' ? `@${event.level ?? 0}` : ''}`
}
