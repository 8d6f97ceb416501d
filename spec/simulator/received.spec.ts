import { remember } from '../../src/simulator/received'

describe('remember', () => {
  it('forgets the oldest beyond ten thousand', () => {
    const log: number[] = []
    for (let i = 0; i < 10_005; i++) remember(log, i)
    expect([log.length, log[0], log.at(-1)]).toEqual([10_000, 5, 10_004])
  })
})
