/**
 * The truth: what the exchange executed and what it sent, in its own order. No figure of the client gets in here; what
 * consumers saw is compared with it.
 */
import type { MarketEvent } from '../../src/testing'
import type { Loss } from './forgotten'

/** A trade that was executed. */
export interface ExecutedTrade {
  readonly code: string
  readonly id: string
  /** When it was executed, as the exchange says, whose clock may have stepped. */
  readonly stampMs: number
  /** Its place among the published trades of its code, once it was published. */
  index: number | undefined
  /** When it was published, ms of the exchange's clock. */
  atMs: number
  /** How many frames its publication made; 0 where nobody was subscribed, or the code was silent. */
  sent: number
  /** Whether a connection was subscribed, so that only the exchange's own fault kept it from being sent. */
  wanted: boolean
  /** By what it was not sent, where the exchange had lost a subscription to it. */
  loss: Loss | undefined
}

/** The newest state of a stream. */
export interface PublishedState {
  readonly version: number
  readonly atMs: number
}

export class Ledger {
  readonly #known = new Map<string, ExecutedTrade>()
  readonly #published = new Map<string, ExecutedTrade[]>()
  readonly #states = new Map<string, PublishedState>()

  /** Whoever asks for what happened may have it from now on. */
  execute(code: string, id: string, stampMs: number): ExecutedTrade {
    const trade = {
      code,
      id,
      stampMs,
      index: undefined,
      atMs: NaN,
      sent: 0,
      wanted: false,
      loss: undefined,
    }
    this.#known.set(`${code} ${id}`, trade)
    return trade
  }

  /** Before it is sent, since consumers may have it in the same turn. */
  publishTrade(trade: ExecutedTrade, atMs: number, wanted: boolean, loss?: Loss): void {
    const trades = this.tradesOf(trade.code)
    Object.assign(trade, { index: trades.length, atMs, wanted, loss })
    trades.push(trade)
  }

  /** The published trades of a code, in the order of their publication. */
  tradesOf(code: string): ExecutedTrade[] {
    let trades = this.#published.get(code)
    if (trades === undefined) this.#published.set(code, (trades = []))
    return trades
  }

  /** `undefined` for an id that was never executed. */
  find(code: string, id: string): ExecutedTrade | undefined {
    return this.#known.get(`${code} ${id}`)
  }

  publish(stream: string, state: PublishedState): void {
    this.#states.set(stream, state)
  }

  /** The newest state that was published for a stream. */
  stateOf(stream: string): PublishedState | undefined {
    return this.#states.get(stream)
  }

  get trades(): number {
    return this.#known.size
  }
}

/** The name of a state's stream: a book's has its level. */
export function streamOf(event: Pick<MarketEvent, 'type' | 'code'> & { readonly level?: number }): string {
  return `${event.type} ${event.code}${event.type === 'orderbook' ? `@${event.level ?? 0}` : ''}`
}
