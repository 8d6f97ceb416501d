import { listings } from '../../../src/simulator/market/codes'
import { profile } from '../../../src/simulator/market/profile'

const profiles = (rate: number, seed = 1) => listings(855).map((listing) => profile(listing, seed, rate))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

describe('profile', () => {
  it('makes the rates of all markets add up to what was measured, and scales them', () => {
    const changes = sum(profiles(1).map(({ changesPerSecond }) => changesPerSecond))
    expect(changes).toBeGreaterThan(700)
    expect(changes).toBeLessThan(900)
    expect(sum(profiles(3).map(({ changesPerSecond }) => changesPerSecond))).toBeCloseTo(3 * changes, 6)
  })

  it('prices one coin alike in all its markets', () => {
    const price = (code: string): number => profiles(1).find((made) => made.code === code)?.startPrice ?? NaN
    const bitcoin = price('KRW-BTC')
    expect((price('BTC-ETH') * bitcoin) / price('KRW-ETH')).toBeCloseTo(1, 1)
    expect((price('USDT-ETH') * 1_431) / price('KRW-ETH')).toBeCloseTo(1, 1)
  })

  it('spreads the phases of the book grid', () => {
    expect(new Set(profiles(1).map(({ phaseMs }) => phaseMs % 100)).size).toBeGreaterThan(90)
  })

  it('differs by seed, not by call', () => {
    expect(profiles(1)).toEqual(profiles(1))
    expect(profiles(1, 2)).not.toEqual(profiles(1))
  })
})
