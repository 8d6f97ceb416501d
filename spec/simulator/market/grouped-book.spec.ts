import { seededRandom } from '../../../src/base/seeded-random'
import { Book } from '../../../src/simulator/market/book'
import { listings } from '../../../src/simulator/market/codes'
import { groupedUnits } from '../../../src/simulator/market/grouped-book'
import { profile } from '../../../src/simulator/market/profile'
import { tickSize } from '../../../src/simulator/market/tick'

const makeBook = (code: string): Book => {
  const listing = listings(855).find((candidate) => candidate.code === code)
  if (listing === undefined) throw new Error(code)
  return new Book(profile(listing, 1, 1), seededRandom(code))
}

describe('groupedUnits', () => {
  it('28 groups by the step: asks up, bids down, the best group holding what the book has there', () => {
    const book = makeBook('KRW-BTC')
    const units = groupedUnits(book, 10_000, 'KRW-BTC')
    expect(units.every((unit) => unit.ask_price % 10_000 === 0 && unit.bid_price % 10_000 === 0)).toBe(true)
    expect(units[0]?.ask_price).toBe(Math.ceil(book.bestAsk.price / 10_000) * 10_000)
    const inBest = book.asks.filter(({ price }) => price <= (units[0]?.ask_price ?? 0))
    expect(units[0]?.ask_size).toBeCloseTo(
      inBest.reduce((sum, { size }) => sum + size, 0),
      7,
    )
    expect(units.filter((unit) => unit.bid_price > 0)).toHaveLength(30)
    // What lies beyond the window does not flicker.
    expect(groupedUnits(book, 10_000, 'KRW-BTC')).toEqual(units)
  })

  it('pads where no price is left', () => {
    const units = groupedUnits(makeBook('KRW-BTC'), 100_000_000, 'KRW-BTC')
    expect(units[0]?.bid_price).toBe(100_000_000)
    expect(units[1]).toMatchObject({ ask_price: 300_000_000, bid_price: 0, bid_size: 0 })
  })

  it('leaves out groups without orders', () => {
    const book = makeBook('KRW-SHIB')
    const tick = tickSize('KRW', book.bestAsk.price)
    const units = groupedUnits(book, tick * 10, 'KRW-SHIB')
    expect(units.every((unit) => unit.ask_size > 0)).toBe(true)
  })
})
