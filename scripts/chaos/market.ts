/**
 * The exchange's market of a chaos: four types of a few codes, drawn by the seed, every event entered in the ledger
 * before it is sent. Faults of what the exchange sends are switches here and single calls.
 */
import { seededRandom } from '../../src/base/seeded-random'
import type { MarketEvent, TradeFrame } from '../../src/testing'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { codes } from './fault-kinds'
import type { Forgotten } from './forgotten'
import type { ExecutedTrade, Ledger } from './ledger'
import { streamOf } from './ledger'
import type { World } from './world'
import { after, every } from './world'

/** The grouping that the scenario's second connection is for (C9.4). */
export const secondLevel = 10_000
const candleUnits = ['1s', '1m'] as const

export class ChaosMarket {
  /** What the exchange's stamps are ahead of its clock. */
  clockOffsetMs = 0
  /** The same of the times of execution alone. */
  executionOffsetMs = 0
  /** Until the clock is right again and has been for a while, the order of states is not judged. */
  unsteadyUntilMs = -Infinity
  readonly silent = new Set<string>()
  /** Called after each trade that was sent to somebody who was there to get it. */
  executed: (trade: ExecutedTrade) => void = () => {}
  readonly #random: () => number
  readonly #last = new Map<string, MarketEvent>()
  #version = 0
  #counter = 0

  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly forgotten: Forgotten,
    seed: number,
    /** Mean of events a second, of all types and codes together. */
    private readonly perSecond: number,
  ) {
    this.#random = seededRandom(`${seed}/market`)
  }

  /** Trades until the returned function is called. */
  open(): () => void {
    const tickMs = 100
    const perTick = (this.perSecond * tickMs) / 1000
    for (const code of codes) this.everyState(code)
    return every(this.world, tickMs, () => {
      for (let left = perTick; left > 0; left--) if (this.#random() < left) this.act()
    })
  }

  /** One event of the market. */
  act(code: string = this.pick(codes)): void {
    const what = this.#random()
    if (what < 0.4) this.trade(code)
    else if (what < 0.65) this.state(this.ticker(code))
    else if (what < 0.9) this.state(this.orderbook(code, this.#random() < 0.3 ? secondLevel : 0))
    else this.state(this.candle(code, this.pick(candleUnits)))
  }

  /** A new state of every stream of a code. */
  everyState(code: string): void {
    this.state(this.ticker(code))
    for (const level of [0, secondLevel]) this.state(this.orderbook(code, level))
    for (const unit of candleUnits) this.state(this.candle(code, unit))
  }

  /** A trade is executed and published. */
  trade(code: string): void {
    this.publishTrade(...this.execute(code))
  }

  /** Executed now, published so much later: REST knows it before the sockets do. */
  lateTrade(code: string, byMs: number): void {
    const [executed, event] = this.execute(code)
    after(this.world, byMs, () => this.publishTrade(executed, { ...event, timestamp: this.now() }))
  }

  /** The last event of every type of a code once more, as it was. */
  again(code: string): void {
    for (const event of this.lastOf(code)) this.send(event)
  }

  /** After a new state, one that is older than it: REALTIME, as if overtaken on the way. */
  reordered(code: string, byMs: number): void {
    this.everyState(code)
    this.trade(code)
    for (const event of this.lastOf(code)) {
      if (event.type !== 'trade') this.send({ ...event, timestamp: event.timestamp - byMs })
    }
    this.again(code)
  }

  /** After REALTIME, the SNAPSHOTs that should have come before: no newer than what everybody has. */
  lateSnapshot(code: string, byMs: number): void {
    for (const event of this.lastOf(code)) {
      const older = event.type === 'trade' ? event : { ...event, timestamp: event.timestamp - byMs }
      this.send({ ...older, stream_type: 'SNAPSHOT' })
    }
  }

  private execute(code: string): readonly [ExecutedTrade, TradeFrame] {
    const nowMs = this.now() - this.clockOffsetMs
    const id = `${nowMs}${String(this.#counter++ % 10_000).padStart(4, '0')}`
    const stampMs = nowMs + this.executionOffsetMs
    const event = aTrade({ code, trade_timestamp: stampMs, timestamp: this.now(), sequential_id: id })
    this.world.exchange.execute(event)
    return [this.ledger.execute(code, id, stampMs), event]
  }

  private publishTrade(executed: ExecutedTrade, event: TradeFrame): void {
    const { code } = event
    const { environment, exchange } = this.world
    const wanted = exchange.subscribed('trade', code)
    // Where nothing at all is subscribed it is not sent for want of a session.
    const isThere = codes.some((each) => exchange.subscribed('ticker', each))
    const loss = wanted || !isThere ? undefined : this.forgotten.lossOf('trade', code)
    this.ledger.publishTrade(executed, environment.now(), wanted, loss)
    this.#last.set(`trade ${code}`, event)
    exchange.snapshot(event)
    executed.sent = this.send(event)
    if (executed.sent > 0) this.executed(executed)
  }

  private now(): number {
    return Math.floor(this.world.environment.now()) + this.clockOffsetMs
  }

  private lastOf(code: string): readonly MarketEvent[] {
    return [...this.#last.values()].filter((event) => event.code === code)
  }

  private state(event: MarketEvent): void {
    const stream = streamOf(event)
    this.#last.set(stream, event)
    this.ledger.publish(stream, { version: this.#version, atMs: this.world.environment.now() })
    this.world.exchange.snapshot(event)
    this.send(event)
  }

  private send(event: MarketEvent): number {
    return this.silent.has(event.code) ? 0 : this.world.exchange.emit(event)
  }

  private ticker(code: string): MarketEvent {
    return aTicker({ code, timestamp: this.now(), acc_trade_volume_24h: ++this.#version })
  }

  private orderbook(code: string, level: number): MarketEvent {
    return anOrderbook({ code, level, timestamp: this.now(), total_bid_size: ++this.#version })
  }

  private candle(code: string, unit: (typeof candleUnits)[number]): MarketEvent {
    return aCandle(unit, { code, timestamp: this.now(), candle_acc_trade_volume: ++this.#version })
  }

  private pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T
  }
}
