import { newReadCounts } from '../../src/protocol/read-counts'

describe('newReadCounts', () => {
  it('start at nothing, each for itself', () => {
    const counts = newReadCounts()
    expect(counts).toEqual({ fused: 0, guarded: 0, slow: 0, skimmed: 0, learned: 0, stoppedAt: {} })
    counts.fused++
    counts.stoppedAt['ticker (end)'] = 1
    expect(newReadCounts()).toEqual({ fused: 0, guarded: 0, slow: 0, skimmed: 0, learned: 0, stoppedAt: {} })
  })

  it('take any name from the network without touching a prototype', () => {
    const { stoppedAt } = newReadCounts()
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(stoppedAt[name]).toBeUndefined()
      stoppedAt[name] = 1
    }
    expect(Object.keys(stoppedAt)).toEqual(['constructor', '__proto__', 'toString'])
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })
})
