import { onGrid, supportedLevels, tickDown, tickSize, tickUp } from '../../../src/simulator/market/tick'

describe('tick', () => {
  it.each([
    [109_847_000, 1_000],
    [1_000_000, 1_000],
    [999_500, 500],
    [100_000, 100],
    [50_000, 50],
    [10_000, 10],
    [5_000, 5],
    [3_093, 1],
    [100, 1],
    [99.9, 0.1],
    [1, 0.01],
    [0.1, 0.001],
    [0.01, 0.0001],
    [0.001, 0.00001],
    [0.0001, 0.000001],
    [0.00001, 0.0000001],
    [0.000001, 0.00000001],
  ])('steps KRW prices at %d by %d, the table of 2025-07-31', (price, step) => {
    expect(tickSize('KRW', price)).toBe(step)
  })

  it('knows the tables of the other currencies', () => {
    expect(tickSize('BTC', 0.03)).toBe(1e-8)
    expect([75_000, 9.9, 0.5, 0.05, 0.005, 0.0005, 0.00005].map((price) => tickSize('USDT', price))).toEqual([
      0.01, 0.001, 0.0001, 0.00001, 0.000001, 0.0000001, 0.00000001,
    ])
  })

  it('steps over the edges of the table by the step of the side it goes to', () => {
    expect([tickUp('KRW', 9_995), tickDown('KRW', 10_000), tickUp('KRW', 10_000)]).toEqual([
      10_000, 9_995, 10_010,
    ])
    expect([tickDown('KRW', 1_000_000), tickDown('KRW', 100), tickUp('KRW', 99.9)]).toEqual([
      999_500, 99.9, 100,
    ])
    expect(tickDown('BTC', 1e-8)).toBe(0)
  })

  it('makes prices that print as decimals', () => {
    let price = 0.0995
    for (let i = 0; i < 50; i++) {
      price = tickUp('KRW', price)
      expect(String(price)).toMatch(/^\d\.\d{1,4}$/)
    }
    expect(onGrid('KRW', 41.234)).toBe(41.2)
  })

  it('28 groups KRW books by powers of ten of the step, and no others', () => {
    expect(supportedLevels('KRW', 109_847_000)).toEqual([
      0, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ])
    expect(supportedLevels('KRW', 41.2)).toEqual([0, 1, 10, 100, 1_000, 10_000])
    expect(supportedLevels('BTC', 0.03)).toEqual([0])
  })
})
