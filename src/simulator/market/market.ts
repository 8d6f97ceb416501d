/**
 * One market: trades eat the book and move ticker and candles, so that everything it says about a moment agrees.
 * It lives on its own timeline: `advance` does what is due up to a time, and nothing it says depends on when
 * it is called. All chance is its own seed's.
 */
import { seededRandom } from '../../base/seeded-random'
import type { CandleFrame } from '../../protocol/candle'
import type { OrderbookFrame } from '../../protocol/orderbook'
import type { TickerFrame } from '../../protocol/ticker'
import type { TradeFrame } from '../../protocol/trade'
import type { CandleUnit } from '../../protocol/wire'
import { sequentialId } from '../builders'
import { dayMs } from '../dates'
import type { MarketEvent } from '../encode'
import type { Level } from './book'
import { Book } from './book'
import { Candles } from './candles'
import type { DaySoFar, Execution } from './day-stats'
import { DayStats } from './day-stats'
import { orderbookFrame, tickerFrame, tradeFrame } from './frames'
import { groupedUnits } from './grouped-book'
import type { Profile } from './profile'
import { supportedLevels } from './tick'

/** What somebody wants of a market, and where it goes. */
export interface MarketSink {
  wants(type: string): boolean
  levels(): readonly number[]
  send(event: MarketEvent): void
}

/** Of the trades that come alone; of all trades about 2 % arrive after a later one, 6 of 299 in a recording of 2021. */
const lateShare = 0.04

export class Market {
  /** The day before the first trade that this market has made itself: an invention that its ticker goes on from. */
  readonly dayBefore: DaySoFar
  private readonly random: () => number
  private readonly book: Book
  private readonly stats: DayStats
  private readonly candles: Candles
  private last: TradeFrame
  private late: TradeFrame | undefined
  private idMs = 0
  private idCounter = 0
  private tradeAtMs = Infinity
  private bookAtMs = Infinity
  private candlesAtMs = Infinity
  private tickerAtMs: number
  private bookChangedMs: number

  constructor(
    private readonly profile: Profile,
    seed: number | string,
    nowMs: number,
    /** Told of every trade as it is executed, published or not. */
    private readonly executed: (trade: TradeFrame) => void = () => {},
  ) {
    this.random = seededRandom(`${seed}/market/${profile.code}`)
    this.book = new Book(profile, this.random)
    this.stats = new DayStats(profile, this.random, nowMs)
    this.dayBefore = this.stats.soFar()
    this.candles = new Candles(profile.code)
    // The last trade before anybody looked; never of another day, whose statistics it would not fit.
    const agoMs = Math.floor((this.random() * 8_000) / (0.05 + profile.tradesPerSecond))
    const tradeMs = Math.max(Math.floor(nowMs / dayMs) * dayMs, nowMs - agoMs)
    const size = profile.tradeValue / profile.startPrice
    const [fill] = this.book.take('bid', size)
    this.last = this.execute(fill as Level, 'ASK', tradeMs, tradeMs)
    this.tickerAtMs = tradeMs
    this.bookChangedMs = tradeMs
  }

  get dueMs(): number {
    return Math.min(this.tradeAtMs, this.bookAtMs, this.candlesAtMs)
  }

  /** Begins to act, or goes on after a pause in which nothing happened. */
  start(nowMs: number): void {
    this.tradeAtMs = nowMs + this.wait(this.profile.tradesPerSecond)
    this.bookAtMs = this.onBookGrid(nowMs + this.wait(this.profile.changesPerSecond))
  }

  /** Nobody is there any more: a trade that was held back will not be published. */
  unwatched(): void {
    this.late = undefined
  }

  /** Does everything that is due by `untilMs`, in its order. */
  advance(untilMs: number, sink: MarketSink): void {
    for (let dueMs = this.dueMs; dueMs <= untilMs; dueMs = this.dueMs) {
      if (dueMs === this.tradeAtMs) this.trade(dueMs, sink)
      else if (dueMs === this.bookAtMs) this.publishBook(dueMs, sink)
      else this.publishCandles(dueMs, sink)
    }
  }

  ticker(): TickerFrame {
    return tickerFrame(this.last, this.stats, this.tickerAtMs)
  }

  lastTrade(): TradeFrame {
    return this.last
  }

  /** `undefined` for a level that the exchange does not offer here: it answers with silence. */
  orderbook(level: number): OrderbookFrame | undefined {
    const { quote, code } = this.profile
    if (level !== 0 && !supportedLevels(quote, this.last.trade_price).includes(level)) return undefined
    const units = level === 0 ? this.book.units() : groupedUnits(this.book, level, code)
    return orderbookFrame(code, units, level, this.bookChangedMs)
  }

  candle(unit: CandleUnit): CandleFrame | undefined {
    return this.candles.latest(unit)
  }

  private trade(atMs: number, sink: MarketSink): void {
    const { tradesPerSecond, tradeValue } = this.profile
    this.tradeAtMs = atMs + this.wait(tradesPerSecond)
    const side = this.random() < 0.5 ? 'ask' : 'bid'
    const price = this.book.bestBid.price
    // Exponential: now and then one that eats several levels, which makes several trades of one millisecond.
    const fills = this.book.take(side, (tradeValue / price) * -Math.log(1 - this.random()))
    const tradeMs = Math.max(this.last.trade_timestamp, atMs - 30 - Math.floor(this.random() * 60))
    const trades = fills.map((fill) => this.execute(fill, side === 'ask' ? 'BID' : 'ASK', tradeMs, atMs))
    this.tickerAtMs = atMs
    this.bookChangedMs = atMs
    this.bookAtMs = Math.min(this.bookAtMs, this.onBookGrid(atMs + 20 + Math.floor(this.random() * 60)))
    if (this.candlesAtMs === Infinity) this.candlesAtMs = this.candleBeat(atMs)

    const isLate = this.random() < lateShare && trades.length === 1 && tradesPerSecond > 0.3
    if (sink.wants('trade')) this.publishTrades(trades, atMs, isLate, sink)
    if (sink.wants('ticker')) sink.send(this.ticker())
  }

  private publishTrades(
    trades: readonly TradeFrame[],
    atMs: number,
    isLate: boolean,
    sink: MarketSink,
  ): void {
    if (isLate && this.late === undefined) {
      this.late = trades[0]
      return
    }
    for (const trade of trades) sink.send(trade)
    if (this.late === undefined) return
    // After a newer one, with its own id and trade time; only the time of publication never goes back.
    sink.send({ ...this.late, timestamp: atMs })
    this.late = undefined
  }

  private publishBook(atMs: number, sink: MarketSink): void {
    this.book.change(this.profile.startPrice)
    this.bookChangedMs = atMs
    this.bookAtMs = this.onBookGrid(atMs + this.wait(this.profile.changesPerSecond))
    if (!sink.wants('orderbook')) return
    for (const level of sink.levels()) {
      const book = this.orderbook(level)
      if (book !== undefined) sink.send(book)
    }
  }

  private publishCandles(atMs: number, sink: MarketSink): void {
    const left = this.candles.takeChanged(
      (unit) => sink.wants(`candle.${unit}`),
      (frame) => sink.send(frame),
    )
    this.candlesAtMs = left ? this.candleBeat(atMs) : Infinity
  }

  private execute({ price, size }: Level, askBid: 'ASK' | 'BID', tradeMs: number, atMs: number): TradeFrame {
    const execution: Execution = { price, size, askBid, tradeMs }
    this.stats.apply(execution)
    this.candles.apply(execution)
    if (tradeMs > this.idMs) {
      this.idMs = tradeMs
      // Odd ids are lost on readers that make them JavaScript numbers.
      this.idCounter = this.random() < 0.3 ? 1 : 0
    } else {
      this.idCounter++
    }
    const sequentialIdText = sequentialId(tradeMs, this.idCounter)
    this.last = tradeFrame(execution, this.profile.code, sequentialIdText, this.stats, this.book, atMs)
    this.executed(this.last)
    return this.last
  }

  /** Time to the next of something that happens so often, at least a millisecond. */
  private wait(perSecond: number): number {
    return 1 + Math.floor((-Math.log(1 - this.random()) / perSecond) * 1_000)
  }

  private onBookGrid(atMs: number): number {
    const { bookGridMs, phaseMs } = this.profile
    return bookGridMs === 0 ? atMs : Math.ceil((atMs - phaseMs) / bookGridMs) * bookGridMs + phaseMs
  }

  /** Shortly after the next full second, so that a frame rarely belongs to two periods. */
  private candleBeat(atMs: number): number {
    const offsetMs = 100 + (this.profile.phaseMs % 200)
    return Math.floor((atMs - offsetMs) / 1_000) * 1_000 + 1_000 + offsetMs
  }
}
