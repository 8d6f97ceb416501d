/** Figures that are made of what the two processes of a load counted. */
import type { ClientSide } from '../../../bench/load/measured-load'
import {
  cpuPercent,
  decodedPercent,
  heapBytesPerMinute,
  receivedPerSecond,
} from '../../../bench/load/measured-load'

describe('growth of the heap', () => {
  it('is the slope of all samples, so that one does not decide', () => {
    const samples = [100, 200, 300, 400].map((usedBytes, i) => ({ atMs: i * 20_000, usedBytes }))
    expect(heapBytesPerMinute(samples)).toBeCloseTo(300)
    const spiked = samples.map((sample, i) => (i === 1 ? { ...sample, usedBytes: 260 } : sample))
    expect(heapBytesPerMinute(spiked)).toBeCloseTo(282)
  })

  it('is none where nothing grows, and where there is one sample', () => {
    expect(heapBytesPerMinute([0, 1, 2].map((atMs) => ({ atMs, usedBytes: 5 })))).toBe(0)
    expect(heapBytesPerMinute([{ atMs: 0, usedBytes: 5 }])).toBe(0)
  })
})

describe('shares and rates', () => {
  const client = (window: ClientSide['window']): ClientSide =>
    ({ elapsedMs: 2000, cpuUs: 500_000, window }) as ClientSide

  it('are of the time that was measured', () => {
    expect(cpuPercent(client({}))).toBe(25)
    expect(receivedPerSecond(client({ frames: 600 }))).toBe(300)
  })

  it('tell frames that were read whole from those that were only looked into, where these are counted', () => {
    expect(decodedPercent(client({ frames: 400, decoded: 400 }))).toBe(100)
    expect(decodedPercent(client({ frames: 400, decoded: 400, skimmed: 300 }))).toBe(25)
  })
})
