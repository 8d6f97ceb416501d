import { OfferHistory } from '../../src/observe/offer-history'

describe('OfferHistory', () => {
  it('is the part of the last minute alone', () => {
    const history = new OfferHistory(0)
    expect(history.dropRate(5000, 100, 25)).toBe(0.25)
    for (let atMs = 10_000; atMs <= 200_000; atMs += 10_000) history.ahead(atMs, () => atMs)
    expect(history.dropRate(200_000, 200_000, 0)).toBe(0)
    expect(history.dropRate(200_001, 200_100, 30)).toBeCloseTo(30 / 60_100, 5)
  })

  it('looks at the account once in ten seconds, however often it is told', () => {
    const history = new OfferHistory(0)
    const offered = jest.fn(() => 0)
    for (let atMs = 0; atMs < 100_000; atMs += 100) history.ahead(atMs, offered)
    expect(offered).toHaveBeenCalledTimes(9)
  })

  it('counts what was lost in the last minute when nothing was offered since', () => {
    const history = new OfferHistory(0)
    history.ahead(100_000, () => 100)
    // 50 came at 105 s, and of those 20 were lost.
    expect(history.dropRate(162_000, 150, 20)).toBe(0.4)
    history.ahead(162_000, () => 150)
    expect(history.dropRate(162_000, 150, 20)).toBe(0.4)
  })

  it('is all where what was lost was offered before the window', () => {
    const history = new OfferHistory(0)
    history.ahead(10_000, () => 50)
    expect(history.dropRate(200_000, 50, 5)).toBe(1)
  })

  it('is zero where nothing was lost for a while', () => {
    expect(new OfferHistory(0).dropRate(1_000_000, 100, 0)).toBe(0)
  })
})
