/**
 * One order and its arithmetic. Either a volume is left of it, or, of a buy for an amount, funds are; what it locks and
 * the fee set aside follow from that. Checked with the orders recorded 2026-03.
 */
import type { AccountOrderTrade } from './account'
import type { Exact } from './exact'
import { exact, ratio, times, toUnits, volumeFor } from './exact'

export type OrderType = 'limit' | 'price' | 'market' | 'best'
export type OrderSide = 'ask' | 'bid'
export type TimeInForce = 'ioc' | 'fok' | 'post_only'
export type SmpType = 'reduce' | 'cancel_maker' | 'cancel_taker' | 'none'

/** What is asked for. */
export interface OrderTerms {
  readonly market: string
  readonly side: OrderSide
  readonly type: OrderType
  /** Of a buy by `price` or `best` the amount; absent for sells by `market` or `best`. */
  readonly price?: Exact
  /** Absent for buys by amount. */
  readonly volume?: Exact
  readonly timeInForce?: TimeInForce
  readonly identifier?: string
  readonly smpType?: SmpType
}

/** An execution of an order. */
export interface Fill {
  readonly uuid: string
  readonly price: Exact
  readonly volume: Exact
  readonly funds: Exact
  readonly fee: Exact
  readonly isMaker: boolean
  readonly atMs: number
}

/** Won 0.05 %, the others 0.25 % (client tables). */
export function feeRate(market: string): Exact {
  return exact(market.startsWith('KRW-') ? '0.0005' : '0.0025')
}

export class Order {
  state: 'wait' | 'watch' | 'done' | 'cancel' = 'wait'
  /** Whether it has been announced, and takes part in trading. */
  live = false
  remainingVolume: Exact
  remainingFunds: Exact
  executedVolume: Exact = 0n
  executedFunds: Exact = 0n
  paidFee: Exact = 0n
  preventedVolume: Exact = 0n
  preventedLocked: Exact = 0n
  reservedFee: Exact
  tradesCount = 0
  readonly trades: AccountOrderTrade[] = []
  readonly quote: string
  readonly base: string
  private readonly rate: Exact

  constructor(
    readonly uuid: string,
    readonly terms: OrderTerms,
    readonly createdMs: number,
    /** Grows with each order: the earlier one goes first at a price. */
    readonly sequence: number,
  ) {
    const [quote = '', base = ''] = terms.market.split('-')
    this.quote = quote
    this.base = base
    this.rate = feeRate(terms.market)
    this.remainingVolume = terms.volume ?? 0n
    this.remainingFunds = this.isAmount ? (terms.price ?? 0n) : 0n
    this.reservedFee = this.remainingFee
  }

  get isOpen(): boolean {
    return this.state === 'wait' || this.state === 'watch'
  }

  /** A buy for an amount instead of a volume. */
  get isAmount(): boolean {
    return this.terms.side === 'bid' && this.terms.type !== 'limit'
  }

  get isEmpty(): boolean {
    return this.isAmount ? this.remainingFunds === 0n : this.remainingVolume === 0n
  }

  /** The currency that it locks. */
  get currency(): string {
    return this.terms.side === 'bid' ? this.quote : this.base
  }

  /** Set aside for the fee of what is left: buys pay it on top, sells out of what they get. */
  get remainingFee(): Exact {
    return this.terms.side === 'bid' ? times(this.leftQuote, this.rate) : 0n
  }

  /** A cancelled order keeps telling its last one. */
  get locked(): Exact {
    return this.terms.side === 'bid' ? this.leftQuote + this.remainingFee : this.remainingVolume
  }

  get averagePrice(): Exact {
    return ratio(this.executedFunds, this.executedVolume)
  }

  feeOf(funds: Exact): Exact {
    return times(funds, this.rate)
  }

  /** The most that it can trade at a price. */
  wants(price: Exact): Exact {
    return this.isAmount ? volumeFor(this.remainingFunds, price) : this.remainingVolume
  }

  /** Whether a price is good enough for it. */
  accepts(price: Exact): boolean {
    const { type, side, price: limit } = this.terms
    if (type !== 'limit' || limit === undefined) return true
    return side === 'bid' ? price <= limit : price >= limit
  }

  /** Enters an execution. */
  fill({ volume, funds, fee, ...fill }: Fill, row: AccountOrderTrade): void {
    this.take(volume, fill.price)
    this.executedVolume += volume
    this.executedFunds += funds
    this.paidFee += fee
    this.tradesCount++
    this.trades.push(row)
  }

  /** Takes a volume out without a trade: self-match prevention. */
  prevent(volume: Exact, price: Exact): void {
    const before = this.locked
    this.take(volume, price)
    this.preventedVolume += volume
    this.preventedLocked += before - this.locked
  }

  /** All that is left of it. */
  preventAll(): void {
    this.preventedLocked += this.locked
    this.preventedVolume += this.remainingVolume
    this.remainingVolume = 0n
    this.remainingFunds = 0n
  }

  private get leftQuote(): Exact {
    return this.isAmount ? this.remainingFunds : times(this.remainingVolume, this.terms.price ?? 0n)
  }

  private take(volume: Exact, price: Exact): void {
    if (this.isAmount) this.remainingFunds -= times(volume, price)
    else this.remainingVolume -= volume
  }
}

/** Whether it is a whole number of the unit of volumes. */
export function isWholeVolume(volume: Exact): boolean {
  return toUnits(volume) === volume
}
