import { OfferHistory } from '../../src/observe/offer-history'
import { TallySum } from '../../src/channels/tally-sum'

function tally(offered: number, dropped: number): TallySum {
  return Object.assign(new TallySum(), { offered, dropped })
}

describe('OfferHistory', () => {
  it('is the part of the last minute alone', () => {
    const history = new OfferHistory(0)
    expect(history.dropRate(5000, tally(100, 25))).toBe(0.25)
    for (let atMs = 10_000; atMs <= 200_000; atMs += 10_000) history.ahead(atMs, () => tally(atMs, 1000))
    expect(history.dropRate(200_000, tally(200_000, 1000))).toBe(0)
    expect(history.dropRate(200_001, tally(200_100, 1030))).toBeCloseTo(30 / 50_100, 5)
  })

  it('adds the accounts up once in ten seconds, however often it is told', () => {
    const history = new OfferHistory(0)
    const total = jest.fn(() => tally(0, 0))
    for (let atMs = 0; atMs < 100_000; atMs += 100) history.ahead(atMs, total)
    expect(total).toHaveBeenCalledTimes(9)
  })

  it('is zero where nothing was offered for a while', () => {
    const history = new OfferHistory(0)
    expect(history.dropRate(1_000_000, tally(100, 25))).toBe(0)
  })
})
