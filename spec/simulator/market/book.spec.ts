import { seededRandom } from '../../../src/base/seeded-random'
import { Book } from '../../../src/simulator/market/book'
import { listings } from '../../../src/simulator/market/codes'
import { profile } from '../../../src/simulator/market/profile'

const listed = listings(855)
const makeBook = (code: string): Book => {
  const listing = listed.find((candidate) => candidate.code === code)
  if (listing === undefined) throw new Error(code)
  return new Book(profile(listing, 1, 1), seededRandom(code))
}

/** Asks ascend, bids descend, the best do not meet; padding only at the ends, of price and size alike. */
function isSound(book: Book): boolean {
  const units = book.units()
  const pairsAreSound = units.every((unit, i) => {
    const before = units[i - 1] ?? { ask_price: 0, bid_price: Infinity }
    const asksAscend = unit.ask_price === 0 || unit.ask_price > before.ask_price
    const bidsDescend = unit.bid_price < before.bid_price || unit.bid_price === 0
    const padded = unit.ask_price > 0 === unit.ask_size > 0 && unit.bid_price > 0 === unit.bid_size > 0
    const resumes =
      i > 0 &&
      ((before.ask_price === 0 && unit.ask_price > 0) || (before.bid_price === 0 && unit.bid_price > 0))
    return asksAscend && bidsDescend && padded && !resumes
  })
  return units.length === 30 && book.bestBid.price < book.bestAsk.price && pairsAreSound
}

describe('Book', () => {
  it.each([
    'KRW-BTC',
    'KRW-XRP',
    'KRW-SHIB',
    'BTC-ETH',
    'BTC-SHIB',
    'USDT-BTC',
    ...listed.slice(-6).map(({ code }) => code),
  ])('50 stays sound whatever happens to it: %s', (code) => {
    const book = makeBook(code)
    const random = seededRandom(`${code}/events`)
    const start = book.bestBid.price
    for (let i = 0; i < 400; i++) {
      expect(isSound(book)).toBe(true)
      if (random() < 0.5) book.take(random() < 0.5 ? 'ask' : 'bid', book.bestAsk.size * random() * 3)
      else book.change(start)
    }
  })

  it('is eaten by takers: fills add up to what was taken, at prices from the best on', () => {
    const book = makeBook('KRW-BTC')
    const [first, second] = book.asks.map((level) => ({ ...level }))
    if (first === undefined || second === undefined) throw new Error('empty')
    const size = first.size + second.size / 2
    const fills = book.take('ask', size)
    expect(fills.map(({ price }) => price)).toEqual([first.price, second.price])
    expect(fills.reduce((sum, fill) => sum + fill.size, 0)).toBeCloseTo(size, 7)
    expect(book.bestAsk.price).toBe(second.price)
    expect(book.bestAsk.size).toBeCloseTo(second.size / 2, 7)
  })

  it('never runs out of a side, however much is taken', () => {
    const book = makeBook('KRW-BTC')
    for (let i = 0; i < 100; i++) expect(book.take('bid', 1e6).length).toBeGreaterThan(0)
    expect(isSound(book)).toBe(true)
  })

  it('50 has markets with a short side, padded with zeros', () => {
    const short = listed
      .map(({ code }) => makeBook(code).units())
      .filter((units) => units.some((unit) => unit.ask_price === 0 || unit.bid_price === 0))
    expect(short.length).toBeGreaterThan(20)
    expect(short.length).toBeLessThan(400)
  })
})
