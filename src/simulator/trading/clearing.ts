/**
 * What happens to an order happens here: the order changes, money moves, and the account hears of both. Which of the two
 * events of one change comes first is undefined on the exchange, so chance decides.
 */
import { koreanTime } from '../dates'
import type { ExchangeSwitches } from '../switches'
import type { Exact } from './exact'
import { exactText, times } from './exact'
import type { Fill, Order } from './order'
import type { OrderState } from './order-frame'
import { orderFrame } from './order-frame'
import type { Pocket } from './pocket'
import { seededUuid } from './seeded-uuid'

/** An order with its account. */
export interface Placed {
  readonly order: Order
  readonly pocket: Pocket
}

/** An execution as the market has it, for both of its sides. */
export interface Execution {
  readonly uuid: string
  readonly price: Exact
  readonly volume: Exact
  readonly atMs: number
}

export interface ClearingHost {
  clock(): number
  readonly random: () => number
  readonly switches: Pick<ExchangeSwitches, 'assetEvents' | 'marketOrderBlanks' | 'smpEnd'>
  /** An order is no longer open. */
  ended(placed: Placed): void
}

export class Clearing {
  constructor(private readonly host: ClearingHost) {}

  /** An order that was taken is announced. */
  opened(placed: Placed): void {
    this.tell(placed, placed.order.state)
  }

  fill(placed: Placed, execution: Execution, isMaker: boolean): void {
    const { order, pocket } = placed
    const { side } = order.terms
    const { uuid, price, volume, atMs } = execution
    const funds = times(price, volume)
    const fill: Fill = { uuid, price, volume, funds, fee: order.feeOf(funds), isMaker, atMs }
    const lockedBefore = order.locked
    order.fill(fill, {
      market: order.terms.market,
      uuid,
      price: exactText(price),
      volume: exactText(volume),
      funds: exactText(funds),
      // Up where the taker buys.
      trend: (side === 'bid') === isMaker ? 'down' : 'up',
      created_at: koreanTime(atMs),
      side,
    })
    if (side === 'bid') {
      const paid = funds + fill.fee
      pocket.holdings.spend(order.quote, paid)
      // Bought for less than was offered.
      pocket.holdings.release(order.quote, lockedBefore - order.locked - paid)
      if (order.quote === 'KRW') pocket.holdings.bought(order.base, volume, funds)
      pocket.holdings.receive(order.base, volume)
    } else {
      pocket.holdings.spend(order.base, volume)
      pocket.holdings.receive(order.quote, funds - fill.fee)
    }
    if (order.isEmpty) order.state = 'done'
    this.tell(placed, 'trade', fill)
    if (!order.isOpen) {
      this.tell(placed, 'done')
      this.host.ended(placed)
    }
  }

  /** What is left of it is given back; it goes on telling what that was. */
  cancel(placed: Placed): void {
    const { order, pocket } = placed
    order.state = 'cancel'
    pocket.holdings.release(order.currency, order.locked)
    this.tell(placed, 'cancel')
    this.host.ended(placed)
  }

  /**
   * Self-match prevention takes something out of an order, `prevented`, or all that is left, `cancel` (docs.upbit.com
   * `smp`, read 2026-11; that the second follows the first is inferred).
   */
  prevent(placed: Placed, change: (order: Order) => void): void {
    const { order, pocket } = placed
    const lockedBefore = order.locked
    change(order)
    pocket.holdings.release(order.currency, lockedBefore - order.locked)
    if (!order.isEmpty) return this.tell(placed, 'prevented')
    order.state = 'cancel'
    const { smpEnd } = this.host.switches
    if (smpEnd !== 'cancel') this.tell(placed, 'prevented')
    if (smpEnd !== 'prevented') this.tell(placed, 'cancel')
    this.host.ended(placed)
  }

  /** Balances have changed without an order. */
  tellAssets(pocket: Pocket): void {
    const assets = pocket.holdings.takeChanged(this.host.switches.assetEvents)
    if (assets.length === 0) return
    const atMs = this.host.clock()
    pocket.tell({
      type: 'myAsset',
      asset_uuid: seededUuid(this.host.random),
      assets,
      asset_timestamp: atMs,
      timestamp: atMs,
      stream_type: 'REALTIME',
    })
  }

  private tell({ order, pocket }: Placed, state: OrderState, fill?: Fill): void {
    const frame = orderFrame(order, state, this.host.clock(), this.host.switches, fill)
    const assetsFirst = this.host.random() < 0.5
    if (assetsFirst) this.tellAssets(pocket)
    pocket.tell(frame)
    if (!assetsFirst) this.tellAssets(pocket)
  }
}
