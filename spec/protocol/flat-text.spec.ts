import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { flatText } from '../../src/protocol/flat-text'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

describe('flatText', () => {
  it.each(['', '1', '17877285547970001', '9'.repeat(400)])('is the same text: %j', (text) => {
    expect(flatText(text)).toBe(text)
  })

  it('does not keep alive what it was cut from', () => {
    const keptBytes = (cut: (frame: string) => string): number => {
      collectGarbage()
      const before = process.memoryUsage().heapUsed
      const kept = Array.from({ length: 500 }, (_, i) => cut(`${'x'.repeat(20_000)}${i}`.padEnd(20_100, '7')))
      collectGarbage()
      const grownBytes = process.memoryUsage().heapUsed - before
      expect(kept).toHaveLength(500)
      return grownBytes
    }
    // 500 frames of 20 kB each are 10 MB; the ends of them are 50 kB.
    expect(keptBytes((frame) => frame.slice(-100))).toBeGreaterThan(9_000_000)
    expect(keptBytes((frame) => flatText(frame.slice(-100)))).toBeLessThan(2_000_000)
  })
})
