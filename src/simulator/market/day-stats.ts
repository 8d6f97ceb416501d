/**
 * What a ticker says beside the last trade: the UTC day so far, the last 24 hours by the hour, the year. Every trade
 * moves all of it, and a new UTC day starts it anew.
 */
import { dayMs, utcDate } from '../dates'
import type { Profile } from './profile'
import { onGrid } from './tick'

/** An executed trade, as the statistics need it. */
export interface Execution {
  readonly price: number
  readonly size: number
  readonly askBid: 'ASK' | 'BID'
  readonly tradeMs: number
}

/** A UTC day up to a moment. */
export interface DaySoFar {
  readonly startMs: number
  readonly opening: number
  readonly high: number
  readonly low: number
  readonly volume: number
  readonly value: number
}

const hourMs = 3_600_000

interface Hour {
  readonly hour: number
  volume: number
  value: number
}

export class DayStats {
  opening: number
  high: number
  low: number
  prevClose: number
  accAsk = 0
  accBid = 0
  accValue = 0
  volume24h = 0
  value24h = 0
  readonly year: { high: number; highDate: string; low: number; lowDate: string }
  private day: number
  private hours: Hour[] = []
  private lastPrice: number

  /** Invents the past of a market that is first looked at `nowMs`. */
  constructor(
    { quote, startPrice, tradesPerSecond, tradeValue }: Profile,
    random: () => number,
    nowMs: number,
  ) {
    const near = (spread: number): number => onGrid(quote, startPrice * (1 + (random() - 0.5) * spread))
    this.day = Math.floor(nowMs / dayMs)
    this.lastPrice = startPrice
    this.prevClose = near(0.06)
    this.opening = this.prevClose
    this.high = Math.max(startPrice, this.opening, near(0.02))
    this.low = Math.min(startPrice, this.opening, near(0.02))
    this.year = {
      high: onGrid(quote, startPrice * (1.2 + random())),
      highDate: utcDate(nowMs - Math.floor(random() * 300 + 30) * dayMs),
      low: onGrid(quote, startPrice * (0.4 + random() * 0.4)),
      lowDate: utcDate(nowMs - Math.floor(random() * 300 + 30) * dayMs),
    }

    const thisHour = Math.floor(nowMs / hourMs)
    for (let hour = thisHour - 23; hour <= thisHour; hour++) {
      const part = hour === thisHour ? (nowMs % hourMs) / hourMs : 1
      const value = tradesPerSecond * 3_600 * tradeValue * (0.5 + random()) * part
      const volume = Math.round((value / startPrice) * 1e8) / 1e8
      this.hours.push({ hour, volume, value })
      this.volume24h += volume
      this.value24h += value
      if (hour >= this.day * 24) {
        const sold = Math.round(volume * (0.4 + random() * 0.2) * 1e8) / 1e8
        this.accAsk += sold
        this.accBid += volume - sold
        this.accValue += value
      }
    }
  }

  soFar(): DaySoFar {
    const { opening, high, low, accAsk, accBid, accValue } = this
    return { startMs: this.day * dayMs, opening, high, low, volume: accAsk + accBid, value: accValue }
  }

  apply({ price, size, askBid, tradeMs }: Execution): void {
    const day = Math.floor(tradeMs / dayMs)
    if (day !== this.day) this.startDay(day, price)
    this.high = Math.max(this.high, price)
    this.low = Math.min(this.low, price)
    if (price > this.year.high) Object.assign(this.year, { high: price, highDate: utcDate(tradeMs) })
    if (price < this.year.low) Object.assign(this.year, { low: price, lowDate: utcDate(tradeMs) })
    if (askBid === 'ASK') this.accAsk += size
    else this.accBid += size
    const value = price * size
    this.accValue += value
    this.volume24h += size
    this.value24h += value
    this.lastPrice = price

    const hour = Math.floor(tradeMs / hourMs)
    const current = this.hours[this.hours.length - 1]
    if (current?.hour === hour) {
      current.volume += size
      current.value += value
    } else {
      this.hours.push({ hour, volume: size, value })
      this.forgetBefore(hour - 23)
    }
  }

  private startDay(day: number, price: number): void {
    this.day = day
    this.prevClose = this.lastPrice
    this.opening = this.high = this.low = price
    this.accAsk = this.accBid = this.accValue = 0
  }

  private forgetBefore(firstHour: number): void {
    while ((this.hours[0]?.hour ?? firstHour) < firstHour) {
      const { volume, value } = this.hours.shift() as Hour
      this.volume24h -= volume
      this.value24h -= value
    }
  }
}
