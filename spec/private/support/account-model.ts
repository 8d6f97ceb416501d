/**
 * An honest exchange, as far as one account sees it: orders, fills and balances in whole units of 10^-8, the frames that it
 * publishes, and the rows of REST. It shares no code with what it proves.
 */
import type { MyAssetEvent, MyOrderEvent } from '../../../src/protocol/private-events'
import type { RestAccount } from '../../../src/rest/rows/account-row'
import type { RestOrder, RestOrderTrade } from '../../../src/rest/rows/order-row'

export type Frame = MyOrderEvent | MyAssetEvent

const scale = 8
const one = 10n ** BigInt(scale)

/** Units as decimal text. */
export function text(units: bigint): string {
  const digits = units.toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, -scale)
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

interface ModelFill {
  readonly uuid: string
  readonly atMs: number
  readonly price: bigint
  readonly volume: bigint
  readonly funds: bigint
  readonly fee: bigint
}

export interface ModelOrder {
  readonly uuid: string
  readonly market: string
  readonly side: 'bid' | 'ask'
  readonly ordType: 'limit' | 'price' | 'market'
  readonly price: bigint | undefined
  readonly volume: bigint | undefined
  readonly createdMs: number
  readonly fills: ModelFill[]
  state: 'wait' | 'watch' | 'done' | 'cancel'
  endedMs?: number
  locked: bigint
}

interface Holding {
  free: bigint
  locked: bigint
}

export class AccountModel {
  readonly orders: ModelOrder[] = []
  private readonly holdings = new Map<string, Holding>()
  private ids = 0

  constructor(
    private readonly now: () => number,
    private readonly publish: (frame: Frame) => void,
    /** Whether an order that is filled at once is told as waiting before, which nobody knows of the exchange. */
    private readonly chance: () => number,
  ) {
    for (const currency of ['KRW', 'BTC', 'ETH']) {
      this.holdings.set(currency, { free: 1_000_000_000n * one, locked: 0n })
    }
  }

  get open(): ModelOrder[] {
    return this.orders.filter(({ state }) => state === 'wait' || state === 'watch')
  }

  placeLimit(base: string, side: 'bid' | 'ask', steps: number, isConditional: boolean): void {
    const price = BigInt(1000 + steps) * one
    const volume = BigInt(1 + (steps % 50)) * 10_000n
    const order: ModelOrder = {
      uuid: this.id('order'),
      market: `KRW-${base}`,
      side,
      ordType: 'limit',
      price,
      volume,
      createdMs: this.now(),
      fills: [],
      state: isConditional ? 'watch' : 'wait',
      locked: 0n,
    }
    order.locked = side === 'bid' ? fundsOf(price, volume) + feeOf(fundsOf(price, volume)) : volume
    const changed = this.lock(order)
    if (changed === undefined) return
    this.orders.push(order)
    this.tell(order, order.state)
    this.tellAssets(changed)
  }

  /** A market buy for an amount, or a market sale: it is filled and ends in the same moment. */
  placeMarket(base: string, side: 'bid' | 'ask', steps: number): void {
    const count = 1 + (steps % 3)
    const isEven = steps % 2 === 0
    const volumes = Array.from({ length: count }, (_, index) => BigInt(1 + ((steps + index) % 9)) * 10_000n)
    const prices = volumes.map((_, index) => BigInt(1000 + steps + index) * one)
    const funds = volumes.map((volume, index) => fundsOf(prices[index] as bigint, volume))
    const total = funds.reduce((sum, part) => sum + part, 0n)
    const amount = total + (isEven ? 0n : 7n)
    const order: ModelOrder = {
      uuid: this.id('order'),
      market: `KRW-${base}`,
      side,
      ordType: side === 'bid' ? 'price' : 'market',
      price: side === 'bid' ? amount : undefined,
      volume: side === 'bid' ? undefined : volumes.reduce((sum, volume) => sum + volume, 0n),
      createdMs: this.now(),
      fills: [],
      state: 'wait',
      locked: 0n,
    }
    order.locked = side === 'bid' ? amount + feeOf(amount) + 1n : (order.volume as bigint)
    const changed = this.lock(order)
    if (changed === undefined) return
    this.orders.push(order)
    if (this.chance() < 0.5) this.tell(order, 'wait')
    for (const [index, volume] of volumes.entries()) {
      for (const currency of this.execute(order, prices[index] as bigint, volume)) changed.add(currency)
    }
    this.end(order, side === 'bid' && !isEven ? 'cancel' : 'done', changed)
  }

  fill(order: ModelOrder, share: number): void {
    if (order.state !== 'wait' || order.volume === undefined || order.price === undefined) return
    const left = order.volume - executedOf(order)
    const part = (((left / 10_000n) * BigInt(Math.floor(share * 100))) / 100n) * 10_000n
    const volume = part === 0n || part > left ? left : part
    const changed = this.execute(order, order.price, volume)
    if (volume === left) this.end(order, 'done', changed)
    else this.tellAssets(changed)
  }

  trigger(order: ModelOrder): void {
    if (order.state !== 'watch') return
    order.state = 'wait'
    this.tell(order, 'wait')
  }

  cancel(order: ModelOrder): void {
    if (order.state === 'wait' || order.state === 'watch') this.end(order, 'cancel', new Set())
  }

  /** Money comes and goes: all of it, at times. */
  transfer(currency: string, amount: bigint): void {
    const holding = this.holding(currency)
    holding.free = holding.free + amount < 0n ? 0n : holding.free + amount
    this.tellAssets(new Set([currency]))
  }

  accounts(): readonly RestAccount[] {
    return [...this.holdings]
      .filter(([, { free, locked }]) => free > 0n || locked > 0n)
      .map(([currency, { free, locked }]) => ({
        currency,
        balance: text(free),
        locked: text(locked),
        avg_buy_price: '0',
        avg_buy_price_modified: true,
        unit_currency: 'KRW',
      }))
  }

  /** As of lists: without fills. */
  row(order: ModelOrder): RestOrder {
    const { uuid, market, side, ordType, price, volume, state, createdMs, fills, locked } = order
    const executed = executedOf(order)
    return {
      uuid,
      market,
      side,
      ord_type: ordType,
      ...(price === undefined ? {} : { price: text(price) }),
      state,
      created_at: isoSeconds(createdMs),
      ...(volume === undefined
        ? {}
        : { volume: text(volume), remaining_volume: text(volume - executed), prevented_volume: '0' }),
      executed_volume: text(executed),
      executed_funds: text(sumOf(fills, 'funds')),
      reserved_fee: '0',
      remaining_fee: '0',
      paid_fee: text(sumOf(fills, 'fee')),
      locked: text(locked),
      prevented_locked: '0',
      trades_count: fills.length,
    }
  }

  /** As of a call for one order: with fills, without their sum. */
  rowWithFills(order: ModelOrder): RestOrder {
    const { executed_funds: _omitted, ...row } = this.row(order)
    return {
      ...row,
      trades: order.fills.map(({ uuid, atMs, price, volume, funds }): RestOrderTrade => ({
        market: order.market,
        uuid,
        price: text(price),
        volume: text(volume),
        funds: text(funds),
        trend: 'up',
        created_at: isoSeconds(atMs),
        side: order.side,
      })),
    }
  }

  private execute(order: ModelOrder, price: bigint, volume: bigint): Set<string> {
    const funds = fundsOf(price, volume)
    const fee = feeOf(funds)
    const fill = { uuid: this.id('fill'), atMs: this.now(), price, volume, funds, fee }
    order.fills.push(fill)
    const [won, coin] = this.sidesOf(order)
    if (order.side === 'bid') {
      won.locked -= funds + fee
      order.locked -= funds + fee
      coin.free += volume
    } else {
      coin.locked -= volume
      order.locked -= volume
      won.free += funds - fee
    }
    this.tell(order, 'trade', fill)
    return new Set(['KRW', baseOf(order)])
  }

  private end(order: ModelOrder, state: 'done' | 'cancel', changed: Set<string>): void {
    order.state = state
    order.endedMs = this.now()
    const currency = order.side === 'bid' ? 'KRW' : baseOf(order)
    const holding = this.holding(currency)
    holding.locked -= order.locked
    holding.free += order.locked
    this.tell(order, state)
    this.tellAssets(new Set([...changed, currency]))
  }

  /** `undefined` where there is not enough of it: the order is refused. */
  private lock(order: ModelOrder): Set<string> | undefined {
    const currency = order.side === 'bid' ? 'KRW' : baseOf(order)
    const holding = this.holding(currency)
    if (holding.free < order.locked) return undefined
    holding.free -= order.locked
    holding.locked += order.locked
    return new Set([currency])
  }

  private tell(order: ModelOrder, state: string, fill?: ModelFill): void {
    const { uuid, market, side, ordType, price, volume, createdMs, fills, locked } = order
    const executed = executedOf(order)
    const funds = sumOf(fills, 'funds')
    const known = (units: bigint | undefined): string | null => (units === undefined ? null : text(units))
    this.publish({
      type: 'myOrder',
      code: market,
      uuid,
      ask_bid: side === 'bid' ? 'BID' : 'ASK',
      order_type: ordType,
      state,
      trade_uuid: fill?.uuid ?? null,
      price: known(fill?.price ?? price),
      // All fills of an order that stays open are at its own price.
      avg_price: executed === 0n ? '0' : text((funds * one) / executed),
      volume: known(fill?.volume ?? volume),
      remaining_volume: volume === undefined ? null : text(volume - executed),
      executed_volume: text(executed),
      trades_count: fills.length,
      reserved_fee: '0',
      remaining_fee: '0',
      paid_fee: text(sumOf(fills, 'fee')),
      locked: text(locked),
      executed_funds: text(funds),
      time_in_force: null,
      trade_fee: known(fill?.fee),
      is_maker: fill === undefined ? null : true,
      identifier: null,
      smp_type: null,
      prevented_volume: '0',
      prevented_locked: '0',
      trade_timestamp: fill?.atMs ?? null,
      order_timestamp: Math.floor(createdMs / 1000) * 1000,
      timestamp: this.now(),
      stream_type: 'REALTIME',
      epoch: 1,
      received_at: this.now(),
      source: 'socket',
    })
  }

  /** In one frame or in several: nobody knows. */
  private tellAssets(currencies: ReadonlySet<string>): void {
    const groups = this.chance() < 0.5 ? [[...currencies]] : [...currencies].map((currency) => [currency])
    for (const group of groups) {
      this.publish({
        type: 'myAsset',
        asset_uuid: this.id('asset'),
        assets: group.map((currency) => {
          const { free, locked } = this.holding(currency)
          return { currency, balance: text(free), locked: text(locked) }
        }),
        asset_timestamp: this.now(),
        timestamp: this.now(),
        stream_type: 'REALTIME',
        epoch: 1,
        received_at: this.now(),
        source: 'socket',
      })
    }
  }

  private sidesOf(order: ModelOrder): [Holding, Holding] {
    return [this.holding('KRW'), this.holding(baseOf(order))]
  }

  private holding(currency: string): Holding {
    const holding = this.holdings.get(currency)
    if (holding === undefined) throw new Error(`There is no ${currency} here.`)
    return holding
  }

  private id(kind: string): string {
    this.ids++
    return `${kind}-${this.ids}`
  }
}

export function executedOf({ fills }: ModelOrder): bigint {
  return sumOf(fills, 'volume')
}

function sumOf(fills: readonly ModelFill[], name: 'volume' | 'funds' | 'fee'): bigint {
  return fills.reduce((sum, fill) => sum + fill[name], 0n)
}

function fundsOf(price: bigint, volume: bigint): bigint {
  return (price * volume) / one
}

function feeOf(funds: bigint): bigint {
  return (funds * 5n) / 10_000n
}

function baseOf({ market }: ModelOrder): string {
  return market.slice('KRW-'.length)
}

function isoSeconds(ms: number): string {
  return `${new Date(ms + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`
}
