/** The command as a whole: what it answers in this process, and what a shell sees of it as a process of its own. */
import { mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build } from 'esbuild'
import { version } from '../../package.json'
import { helpText } from '../../src/cli/help'
import { main } from '../../src/cli/main'
import type { Summary } from '../../src/cli/summary'
import type { ExchangeServer } from '../../src/testing'
import { aTrade, startExchange, virtualStartMs } from '../../src/testing'
import { fakeHost } from './support/fake-host'

const root = join(__dirname, '..', '..')
mkdirSync(join(root, 'temp'), { recursive: true })
/** Inside the project, so that the command finds its packages. */
const folder = mkdtempSync(join(root, 'temp', 'cli-'))
const program = join(folder, 'main.mjs')
/** Built once, as a user has it: to compile it at each start took longer than what it does. */
beforeAll(() =>
  build({
    entryPoints: [join(root, 'src', 'cli', 'main.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'silent',
  }),
)
afterAll(() => rmSync(folder, { recursive: true }))

describe('main', () => {
  it.each([
    ['--help', helpText()],
    ['watch --help', helpText('watch')],
    ['help simulate', helpText('simulate')],
    ['--version', `${version}\n`],
  ])('C13 answers `upbit-rx %s` on stdout with exit code 0', async (line, text) => {
    const host = fakeHost()
    expect(await main(line.split(' '), host)).toBe(0)
    expect(host.stdout.text).toBe(text)
    expect(host.stderr.text).toBe('')
  })

  it.each([
    ['watch --sped 3', 'upbit-rx: --sped is no option of `upbit-rx watch`; did you mean --speed?'],
    ['watch krw-btc', "upbit-rx: 'krw-btc' is no market code; did you mean KRW-BTC?"],
    [
      'watch a\u001b[2J',
      "upbit-rx: 'a [2J' is no market code; write quote and base currency, as in KRW-BTC.",
    ],
  ])(
    'C13 answers wrong usage, `upbit-rx %s`, with one sentence on stderr and exit code 2',
    async (line, text) => {
      const host = fakeHost()
      expect(await main(line.split(' '), host)).toBe(2)
      expect(host.stdout.text).toBe('')
      expect(host.stderr.lines).toEqual([text])
    },
  )

  it('C13 answers a fault that nothing can mend with one sentence on stderr and exit code 1', async () => {
    const host = fakeHost()
    expect(await main(['watch', '--replay', join(root, 'none.jsonl')], host)).toBe(1)
    expect(host.stderr.lines).toEqual([
      `upbit-rx: ${join(root, 'none.jsonl')} cannot be replayed: it does not exist.`,
    ])
  })

  it('runs simulate until it is interrupted', async () => {
    const host = fakeHost()
    const running = main(['simulate', '--markets', '3'], host)
    while (host.stdout.lines.length === 0) await new Promise((resolve) => setImmediate(resolve))
    host.press()
    expect(await running).toBe(0)
  })

  it('answers a wrong environment variable as wrong usage', async () => {
    const before = process.env.UPBIT_REGION
    process.env.UPBIT_REGION = 'mars'
    const host = fakeHost()
    try {
      expect(await main(['watch'], host)).toBe(2)
    } finally {
      if (before === undefined) delete process.env.UPBIT_REGION
      else process.env.UPBIT_REGION = before
    }
    expect(host.stderr.lines).toHaveLength(1)
    expect(host.stderr.text).toContain("'mars'")
  })

  it('says that its stdout cannot be written', async () => {
    const host = fakeHost()
    host.stdout.block()
    const running = main(['--help'], host)
    host.stdout.breakPipe('ENOSPC')
    expect(await running).toBe(1)
    expect(host.stderr.lines).toEqual(['upbit-rx: The output cannot be written: write ENOSPC.'])
  })
})

interface Outcome {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** The command as a process; `read: false` leaves its stdout to itself. */
function command(args: readonly string[], { file = program, read = true } = {}) {
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, file, ...args], { cwd: root })
  children.push(child)
  let stdout = ''
  let stderr = ''
  const { stdout: out, stderr: err } = child
  if (read) out.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
  err.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
  const ended = new Promise<Outcome>((resolve) => {
    // 'exit' where stdout is left to itself: it is never closed then.
    child.on(read ? 'close' : 'exit', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    async until(isThere: () => boolean): Promise<void> {
      while (!isThere()) await new Promise((resolve) => setTimeout(resolve, 10))
    },
  }
}

/** A process of its own may need long to start on a busy machine. */
const startLimit = { timeoutMs: 20_000 }

const summaryIn = (stderr: string): Summary =>
  JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '') as Summary
const linesOf = (text: string): string[] => text.split('\n').slice(0, -1)

describe('the command as a process', () => {
  jest.setTimeout(30_000)

  it('C13 exits with 0 as asked, with the last line on stderr the account of every line on stdout', async () => {
    const { code, stdout, stderr } = await command(['watch', '--simulate', '--json', '--duration', '1']).ended
    expect(code).toBe(0)
    expect(linesOf(stdout).length).toBeGreaterThan(0)
    expect(summaryIn(stderr).delivered).toBe(linesOf(stdout).length)
    expect(linesOf(stderr)).toHaveLength(1)
  })

  it('C13 exits with 2 on wrong usage', async () => {
    const { code, stdout, stderr } = await command(['watch', '--duraton', '1']).ended
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'upbit-rx: --duraton is no option of `upbit-rx watch`; did you mean --duration?\n',
    })
  })

  it('is the same under the name that a package manager links to it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'upbit-rx-'))
    try {
      symlinkSync(program, join(folder, 'upbit-rx'))
      const { code, stdout } = await command(['--version'], { file: join(folder, 'upbit-rx') }).ended
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${version}\n` })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'C13 ends orderly at %s, with 0 and the summary',
    async (signal) => {
      const run = command(['watch', '--simulate', '--json'])
      await run.until(() => linesOf(run.stdout()).length > 5)
      run.child.kill(signal)
      // The terminal and a starter may both pass the same press on.
      run.child.kill(signal)
      const { code, stdout, stderr } = await run.ended
      expect(code).toBe(0)
      expect(summaryIn(stderr).delivered).toBe(linesOf(stdout).length)
    },
  )

  it('C13 ends quietly with 0 when its reader goes away', async () => {
    const run = command(['watch', '--simulate', '--json'])
    await run.until(() => linesOf(run.stdout()).length > 5)
    run.child.stdout.destroy()
    const { code, stderr } = await run.ended
    expect(code).toBe(0)
    expect(linesOf(stderr)).toHaveLength(1)
    expect(summaryIn(stderr).delivered).toBeGreaterThan(5)
  })

  it('C13 exits with 1 when its reader stops reading, says so, and does not wait for it', async () => {
    await using exchange = await startExchange({ market: false })
    const run = command(['watch', '--url', exchange.url, '--types', 'trade', '--json'], { read: false })
    await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'), startLimit)
    for (let i = 0; i < 15_000; i++) exchange.emit(aTrade({ trade_timestamp: virtualStartMs + i }))
    const { code, stderr } = await run.ended
    expect(code).toBe(1)
    expect(linesOf(stderr)).toHaveLength(2)
    expect(stderr).toMatch(/^upbit-rx: The reader of stdout fell 10,000 events behind/)
    const { events, delivered, dropped, discarded } = summaryIn(stderr)
    expect(dropped).toBeGreaterThan(0)
    expect(delivered + dropped + discarded).toBe(events)
  })

  describe('with a reader that is behind at Ctrl-C', () => {
    /** A run whose stdout nobody reads, with more than a pipe holds on its way there. */
    async function behind(exchange: ExchangeServer) {
      const run = command(['watch', '--url', exchange.url, '--types', 'trade', '--json'], { read: false })
      await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'), startLimit)
      for (let i = 0; i < 5000; i++) exchange.emit(aTrade({ trade_timestamp: virtualStartMs + i }))
      await exchange.idle(startLimit)
      return run
    }

    it('C13 waits for it to read every line', async () => {
      await using exchange = await startExchange({ market: false })
      const { child, ended } = await behind(exchange)
      child.kill('SIGINT')
      // The sign that it has taken the press: it has left its streams, and their connection's linger has passed.
      await exchange.until(() => exchange.connections === 0, startLimit)
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      const closed = new Promise((resolve) => child.on('close', resolve))
      const { code, stderr } = await ended
      await closed
      expect(code).toBe(0)
      // More than a pipe holds: a process that had not waited would have taken the rest with it.
      expect(text.length).toBeGreaterThan(1_000_000)
      expect(linesOf(text)).toHaveLength(summaryIn(stderr).delivered)
      expect(summaryIn(stderr)).toMatchObject({ dropped: 0, discarded: 0 })
    })

    it('C13 ends at once at a second Ctrl-C', async () => {
      await using exchange = await startExchange({ market: false })
      const { child, ended } = await behind(exchange)
      // Pressed on and on: the first presses are one, and without a wait for the reader it would end with 0.
      const presses = setInterval(() => child.kill('SIGINT'), 50)
      const { code } = await ended.finally(() => clearInterval(presses))
      expect(code).toBe(130)
    })
  })

  it('C13 exits with 1 when its file system is full', async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, ['--import', 'tsx', program, 'watch', '--simulate', '--json'], {
      cwd: root,
      stdio: ['ignore', full, 'pipe'],
    })
    children.push(child)
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1)
    expect(stderr).toContain('The output cannot be written: ENOSPC')
  })

  it('C13 simulate prints its url as the first line, serves, and ends with 0', async () => {
    const run = command(['simulate', '--rate', '20'])
    await run.until(() => linesOf(run.stdout()).length > 0)
    const [url = ''] = linesOf(run.stdout())
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    const watching = await command(['watch', '--url', url, '--json', '--duration', '1']).ended
    expect(watching.code).toBe(0)
    expect(summaryIn(watching.stderr).events).toBeGreaterThan(0)
    run.child.kill('SIGINT')
    expect((await run.ended).code).toBe(0)
    expect(linesOf(run.stdout())).toEqual([url])
  })
})

describe('npm start', () => {
  jest.setTimeout(30_000)
  const file = join(root, 'scripts', 'start.ts')

  it('C13 shows the embedded exchange', async () => {
    const { code, stdout } = await command(['--duration', '1'], { file }).ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^SIMULATED embedded exchange at 127\.0\.0\.1:\d+: KRW-BTC, KRW-ETH, KRW-XRP\n/)
  })

  it.each([
    [['--replay', 'none.jsonl'], /none\.jsonl cannot be replayed/],
    [['--replay=none.jsonl'], /none\.jsonl cannot be replayed/],
    [['--live', '--url', 'ws://a'], /--live and --url both say/],
  ])('C13 leaves the source alone where one is named: %j', async (args, words) => {
    expect((await command(args, { file }).ended).stderr).toMatch(words)
  })
})
