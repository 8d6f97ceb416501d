import { Gate } from '../../src/rate-limit/gate'

/** Blocks, and again when that is over, so often. */
function blocks(gate: Gate, times: number, statedMs?: number): number[] {
  let nowMs = 0
  return Array.from({ length: times }, () => {
    const blockMs = gate.block(statedMs, nowMs)
    nowMs += blockMs
    return blockMs
  })
}

describe('Gate', () => {
  it('C10.2 blocks for 60 s where no time is stated, doubling, for an hour at most', () => {
    expect(blocks(new Gate(), 8)).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600].map((s) => s * 1000))
  })

  it('C10.2 blocks for as long as is stated', () => {
    expect(blocks(new Gate(), 2, 7_200_000)).toEqual([7_200_000, 7_200_000])
  })

  it('C10.2 takes a stated time of nothing for none, since each answer would be followed by the next call', () => {
    expect(blocks(new Gate(), 2, 0)).toEqual([60_000, 120_000])
  })

  it('C10.2 doubles once for a block, however many calls under way it is told to', () => {
    const gate = new Gate()
    for (let call = 0; call < 5; call++) expect(gate.block(undefined, 10 * call)).toBe(60_000)
    expect(gate.block(undefined, 100_000)).toBe(120_000)
  })

  it('lets a short block shorten no longer one', () => {
    const gate = new Gate()
    gate.block(60_000, 0)
    expect(gate.block(1000, 0)).toBe(60_000)
  })

  it('C10.2 starts over once something went after the block and was let in', () => {
    const gate = new Gate()
    gate.block(undefined, 0)
    // Under way when the block came.
    gate.passed(0)
    expect(gate.block(undefined, 60_000)).toBe(120_000)
    gate.passed(180_000)
    expect(gate.block(undefined, 200_000)).toBe(60_000)
  })

  it('is idle when its row is as old as the longest block', () => {
    const gate = new Gate()
    expect(gate.isIdle(0)).toBe(true)
    gate.block(1000, 0)
    expect(gate.isIdle(3_600_999)).toBe(false)
    expect(gate.isIdle(3_601_000)).toBe(true)
    gate.passed(1000)
    expect(gate.isIdle(1000)).toBe(true)
  })
})
