import { nodeGlobals } from '../../../scripts/check-package/node-globals'

describe('the globals of Node in a module', () => {
  it.each([
    ['export const a = Buffer.from("a")', 'Buffer.from'],
    ['export const a = process.env.A', 'process.env'],
    ['process?.env', 'process?.env'],
    ['setImmediate(() => {})', 'setImmediate(()=>{})'],
    ['const { A } = process.env', 'process.env'],
    ['globalThis.process.env', 'globalThis.process.env'],
    ['new globalThis.Buffer(1)', 'new globalThis.Buffer(1)'],
    ['typeof Buffer === "undefined" ? 1 : process.pid', 'process.pid'],
    ['const a = typeof process; process.exit()', 'process.exit'],
  ])('are told: %s', async (code, use) => {
    expect(await nodeGlobals(code)).toEqual([use])
  })

  it.each([
    'const process = { env: {} }; export const a = process.env',
    'function process() {} process()',
    'export const a = { process: 1, Buffer: 2 }; a.process; a.Buffer',
    '// process.env\nexport const a = "process.env"',
    'export const a = typeof process === "undefined" ? {} : process.env',
    'if (typeof process !== "undefined") process.exit()',
    'typeof setImmediate === "function" && setImmediate(() => {})',
    'globalThis.process?.env',
    'export const a = globalThis.Buffer',
  ])('are none, or asked for: %s', async (code) => {
    expect(await nodeGlobals(code)).toEqual([])
  })
})
