/** What a connection does to the process that it runs in: scripts of their own, against an exchange in this one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ExchangeServer } from '../../src/testing'
import { aTicker, startExchange } from '../../src/testing'

interface Run {
  readonly output: string
  readonly warnings: string
  readonly exitCode: number | null
  /** From its first output to its exit. */
  readonly endedAfterMs: number
}

let exchange: ExchangeServer

beforeEach(async () => {
  exchange = await startExchange({ market: false })
  exchange.snapshot(aTicker())
})

afterEach(async () => {
  await exchange.close()
})

async function run(script: string, ...args: readonly string[]): Promise<Run> {
  const path = join(__dirname, 'scripts', `${script}.ts`)
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    env: { ...process.env, UPBIT_URL: exchange.url },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // Tells a script that waits for it that its dial has come; a script that reads nothing is not held by the pipe.
  void exchange.until(() => exchange.dials.length > 0).then(() => child.stdin.end('the dial has come\n'))
  child.stdin.on('error', () => {})
  let output = ''
  let warnings = ''
  let firstOutputAtMs = NaN
  child.stdout.on('data', (text: Buffer) => {
    if (output === '') firstOutputAtMs = performance.now()
    output += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => (warnings += text.toString()))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { output, warnings, exitCode, endedAfterMs: performance.now() - firstOutputAtMs }
}

describe('a process with a connection', () => {
  it('C1.6 ends at once after its last subscription, without waiting for the linger', async () => {
    const { output, exitCode, endedAfterMs } = await run('first-value')
    expect(output).toBe('KRW-BTC in epoch 1\n')
    expect(exitCode).toBe(0)
    expect(endedAfterMs).toBeLessThan(2000)
    await exchange.until(() => exchange.connections === 0)
  }, 30_000)

  it('lives on while a subscription waits for the next dial', async () => {
    exchange.refuse(503, { times: 1 })
    const { output, exitCode } = await run('first-value')
    expect(output).toBe('KRW-BTC in epoch 1\n')
    expect(exitCode).toBe(0)
    expect(exchange.dials.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted'])
  }, 30_000)

  it('C1.6 lives on until its shutdown is over', async () => {
    const { output, warnings, exitCode } = await run('shutdown')
    expect({ output, exitCode }).toEqual({ output: 'KRW-BTC\nshut down\n', exitCode: 0 })
    expect(warnings).not.toContain('unsettled')
  }, 30_000)

  it('C1.6 ends at once where a dial that nobody waits for any more gets no answer', async () => {
    exchange.refuse('hang')
    const { output, exitCode, endedAfterMs } = await run('give-up', 'connecting')
    expect({ output, exitCode }).toEqual({ output: 'left\n', exitCode: 0 })
    expect(exchange.dials.map(({ outcome }) => outcome)).toEqual(['hung'])
    expect(endedAfterMs).toBeLessThan(2000)
  }, 30_000)

  it('C1.6 ends at once where nobody waits for the next dial any more', async () => {
    exchange.refuse(418, { retryAfterMs: 60_000 })
    const { output, exitCode, endedAfterMs } = await run('give-up', 'waiting')
    expect({ output, exitCode }).toEqual({ output: 'left\n', exitCode: 0 })
    expect(exchange.dials.map(({ outcome }) => outcome)).toEqual(['refused'])
    expect(endedAfterMs).toBeLessThan(2000)
  }, 30_000)
})
