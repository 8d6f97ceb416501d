/**
 * The exchange's trading: accounts with their keys, orders on their way in and out, and the market that fills them. A
 * call is answered when it is taken; what comes of it happens a few milliseconds later and is told by events.
 */
import { seededRandom } from '../../base/seeded-random'
import type { TradeFrame } from '../../protocol/trade'
import type { ResolvedOptions } from '../options'
import type { Timers } from '../timers'
import type { AccountOrder } from './account'
import type { Placed } from './clearing'
import { Clearing } from './clearing'
import type { Exact } from './exact'
import { exact } from './exact'
import type { BookLevel } from './makers'
import { Matcher } from './matcher'
import type { OrderSide, OrderTerms } from './order'
import { Order } from './order'
import { OrderRefusal, orderRefusals } from './order-refusal'
import type { Member } from './new-order'
import { identifierOf, termsOf } from './new-order'
import { checkTerms } from './order-rules'
import { openPockets } from './open-pockets'
import type { Pocket, PocketKey } from './pocket'
import { Resting } from './resting'
import { seededUuid } from './seeded-uuid'

/** What trading needs of the exchange and its markets. */
export interface TradingHost {
  readonly timers: Timers
  clock(): number
  isListed(market: string): boolean
  /** A market that nobody watches does what has been due; returns its last price, where there is any. */
  look(market: string): Exact | undefined
  levels(market: string, side: OrderSide): readonly BookLevel[] | undefined
  /** Whether orders wait there whose owner listens has changed. */
  demandChanged(markets: readonly string[]): void
}

/** The longest that an order, or its cancellation, is on its way inside. */
const longestWayMs = 10

export class Trading {
  readonly keys: ReadonlyMap<string, PocketKey>
  readonly matcher: Matcher
  readonly clearing: Clearing
  readonly openedMs: number
  private readonly resting = new Resting()
  private readonly random: () => number
  private sequence = 0

  constructor(
    private readonly options: Pick<ResolvedOptions, 'accounts' | 'seed' | 'switches'>,
    readonly host: TradingHost,
  ) {
    this.openedMs = host.clock()
    this.random = seededRandom(`${options.seed}/trading`)
    const { switches } = options
    this.clearing = new Clearing({
      clock: () => host.clock(),
      random: this.random,
      switches,
      ended: (placed) => this.left(placed),
    })
    this.matcher = new Matcher(
      { clock: () => host.clock(), random: this.random, levels: (market, side) => host.levels(market, side) },
      this.clearing,
      this.resting,
    )
    this.keys = openPockets(options.accounts, ({ orders }) => {
      host.demandChanged([...new Set([...orders].map(({ terms }) => terms.market))])
    })
    for (const { accessKey, orders } of options.accounts) {
      const pocket = this.keys.get(accessKey)?.pocket
      if (pocket !== undefined && orders !== undefined) this.enterOrders(pocket, orders)
    }
  }

  /** Whether somebody waits for what a market does: an order that rests there, of an account that is listened to. */
  watches(market: string): boolean {
    return this.resting.has(market) && this.resting.of(market).some(({ pocket }) => pocket.isListenedTo)
  }

  /** The markets in which orders rest do what has been due: called before anybody looks at an account. */
  catchUp(): void {
    for (const market of this.resting.markets) this.host.look(market)
  }

  /** A trade of the market, whether or not it is published. */
  executed({ code, trade_price, trade_volume, ask_bid, trade_timestamp }: TradeFrame): void {
    if (trade_price <= 0 || trade_volume <= 0 || !this.resting.has(code)) return
    this.matcher.traded({
      market: code,
      price: exact(trade_price),
      volume: exact(trade_volume),
      taker: ask_bid === 'ASK' ? 'ask' : 'bid',
      atMs: trade_timestamp,
    })
  }

  /** An order as it would be, which is none. */
  rehearse(pocket: Pocket, asked: OrderTerms, uuid = this.newUuid()): Order {
    const terms = this.withDefaults(asked)
    this.check(pocket, terms)
    return new Order(uuid, terms, this.host.clock(), this.sequence++)
  }

  /** Takes an order as it is asked for. Its identifier is used up, also where the order is refused. */
  place(pocket: Pocket, member: Member, options: { readonly watch?: boolean } = {}): Placed {
    pocket.use(identifierOf(member))
    return this.take(pocket, termsOf(member), options)
  }

  /** Takes an order: it locks what it needs, and nobody has heard of it yet. */
  private take(pocket: Pocket, asked: OrderTerms, { uuid = this.newUuid(), watch = false } = {}): Placed {
    const order = this.rehearse(pocket, asked, uuid)
    if (watch) order.state = 'watch'
    pocket.holdings.lock(order.currency, order.locked)
    pocket.add(order)
    return { order, pocket }
  }

  /** Takes and announces an order whose caller has had its answer: one that cannot be taken is lost. */
  takeIfPossible(pocket: Pocket, terms: () => OrderTerms, uuid: string): void {
    let placed: Placed
    try {
      placed = this.take(pocket, terms(), { uuid })
    } catch (error) {
      if (error instanceof OrderRefusal) return
      throw error
    }
    this.announce(placed)
  }

  /** An order that was taken comes to the market. */
  announce(placed: Placed): void {
    const { order } = placed
    if (order.live) return
    order.live = true
    if (order.state === 'watch') return this.clearing.opened(placed)
    this.enter(placed)
  }

  /** A conditional order's condition has come true. */
  trigger(placed: Placed): void {
    this.announce(placed)
    placed.order.state = 'wait'
    this.enter(placed)
  }

  cancel(placed: Placed): void {
    this.announce(placed)
    if (placed.order.isOpen) this.clearing.cancel(placed)
  }

  /** A test executes an order; what is too little for a unit of volume ends it, as at the market. */
  fill(placed: Placed, price: Exact, volume: Exact): void {
    const { order } = placed
    this.matcher.trade(placed, price, volume)
    if (order.isOpen && order.wants(price) === 0n) this.clearing.cancel(placed)
  }

  /** Does something a moment later, as the exchange does what it has accepted. */
  soon(work: () => void): void {
    this.host.timers.after(1 + Math.floor(this.random() * longestWayMs), work)
  }

  /** Replaces an account's orders, in silence. */
  setOrders(pocket: Pocket, rows: readonly AccountOrder[]): void {
    const markets = [...pocket.orders].map(({ terms }) => terms.market)
    for (const order of pocket.orders) this.resting.delete({ order, pocket })
    this.enterOrders(pocket, rows)
    this.host.demandChanged([...new Set([...markets, ...rows.map(({ market }) => market)])])
  }

  newUuid(): string {
    return seededUuid(this.random)
  }

  /** Throws the exchange's refusal of an order that it would not take. */
  private check(pocket: Pocket, terms: OrderTerms): void {
    if (!this.host.isListed(terms.market)) throw orderRefusals.validation('market')
    checkTerms(terms, this.host.look(terms.market))
    const order = new Order('', terms, 0, 0)
    if (pocket.holdings.available(order.currency) < order.locked) throw orderRefusals.funds(terms.side)
  }

  private enter(placed: Placed): void {
    const { order } = placed
    const waitsFirst = this.options.switches.immediateMatch === 'wait-first'
    // The market acts up to now before anything is told of the order.
    this.host.look(order.terms.market)
    if (waitsFirst) this.clearing.opened(placed)
    this.matcher.enter(placed)
    if (!order.isOpen) return
    if (!waitsFirst && order.tradesCount === 0 && order.preventedVolume === 0n) this.clearing.opened(placed)
    this.host.demandChanged([order.terms.market])
  }

  private enterOrders(pocket: Pocket, rows: readonly AccountOrder[]): void {
    pocket.setOrders(rows, () => this.sequence++)
    for (const order of pocket.orders) {
      if (order.state === 'wait' && order.terms.type === 'limit') this.resting.add({ order, pocket })
    }
  }

  private left(placed: Placed): void {
    this.resting.delete(placed)
    this.host.demandChanged([placed.order.terms.market])
  }

  private withDefaults(terms: OrderTerms): OrderTerms {
    const { smpDefault } = this.options.switches
    if (smpDefault === 'none' || terms.smpType !== undefined) return terms
    // It takes nothing, so there is nothing to prevent (docs.upbit.com `smp`, read 2026-11).
    return { ...terms, smpType: terms.timeInForce === 'post_only' ? 'none' : smpDefault }
  }
}
