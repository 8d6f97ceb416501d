import { hashText, seededRandom } from '../../src/base/seeded-random'

describe('seededRandom', () => {
  const take = (seed: number | string, count = 5): number[] => {
    const random = seededRandom(seed)
    return Array.from({ length: count }, random)
  }

  it('gives the same numbers for the same seed and others for another', () => {
    expect(take(7)).toEqual(take(7))
    expect(take(7)).not.toEqual(take(8))
    expect(take('7/a')).not.toEqual(take('7/b'))
  })

  it('stays in [0, 1) and spreads evenly', () => {
    const numbers = take(1, 100_000)
    expect(Math.min(...numbers.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers.slice(0, 50_000))).toBeLessThan(1)
    const tenths = new Array<number>(10).fill(0)
    for (const number of numbers) tenths[Math.floor(number * 10)]!++
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

describe('hashText', () => {
  it('is an unsigned 32-bit number that differs by text', () => {
    expect(hashText('')).toBe(0x811c9dc5)
    expect(hashText('KRW-BTC')).not.toBe(hashText('KRW-BTD'))
    expect(hashText('KRW-BTC')).toBeGreaterThanOrEqual(0)
  })
})
