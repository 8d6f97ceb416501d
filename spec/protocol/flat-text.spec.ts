import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { flatText } from '../../src/protocol/flat-text'

const root = join(__dirname, '..', '..')

/** In a process of its own, where nothing else comes and goes: what the ends of 500 texts of 20 kB keep, in bytes. */
async function keptBytes(): Promise<{ readonly sliced: number; readonly flat: number }> {
  const program = `
    import { flatText } from '${join(root, 'src/protocol/flat-text')}'
    const kept = []
    const keptBytes = (cut) => {
      globalThis.gc()
      const before = process.memoryUsage().heapUsed
      for (let i = 0; i < 500; i++) kept.push(cut(('x'.repeat(20_000) + i).padEnd(20_100, '7')))
      globalThis.gc()
      return process.memoryUsage().heapUsed - before
    }
    const sliced = keptBytes((text) => text.slice(-100))
    const flat = keptBytes((text) => flatText(text.slice(-100)))
    console.log(JSON.stringify({ sliced, flat, kept: kept.length }))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: root, timeout: 20_000 },
  )
  return JSON.parse(stdout) as { readonly sliced: number; readonly flat: number }
}

describe('flatText', () => {
  it.each(['', '1', '17877285547970001', '9'.repeat(400)])('is the same text: %j', (text) => {
    expect(flatText(text)).toBe(text)
  })

  it('does not keep alive what it was cut from', async () => {
    const { sliced, flat } = await keptBytes()
    expect(sliced).toBeGreaterThan(9_000_000)
    expect(flat).toBeLessThan(2_000_000)
  }, 30_000)
})
