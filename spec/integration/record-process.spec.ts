/** What becomes of a recording when its process ends: by itself, or at once. Each program is a process of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadRecording, startExchange } from '../../src/testing'

const root = join(__dirname, '..', '..')
const directory = mkdtempSync(join(tmpdir(), 'record-process-'))

afterAll(() => rmSync(directory, { recursive: true }))

function run(body: string, url: string): Promise<number | string | null | undefined> {
  const source = `
    import { createUpbit } from '${join(root, 'src/index.ts')}'
    import { record } from '${join(root, 'src/record.ts')}'
    ${body}`
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', source],
      { cwd: root, env: { ...process.env, UPBIT_URL: url }, timeout: 20_000 },
      (error) => resolve(error === null ? 0 : (error.signal ?? error.code)),
    )
    child.stdin?.end()
  })
}

it('C1.6 a script that comes to its end ends at once, and its recording is whole', async () => {
  await using exchange = await startExchange({ seed: 1, markets: 5, rate: 20 })
  const file = join(directory, 'end.jsonl.gz')
  const body = `
    const upbit = createUpbit()
    record(upbit, '${file}')
    let left = 3
    const subscription = upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe(() => --left === 0 && subscription.unsubscribe())`
  expect(await run(body, exchange.url)).toBe(0)
  const text = gunzipSync(readFileSync(file)).toString()
  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^\{"t":\d+,"end":\{"frames":\d+,"lost":0\}\}$/)
  expect((await loadRecording(file)).summary).toMatchObject({ unreadable: 0 })
})

it('one that is killed leaves a recording that reads up to its last flush', async () => {
  await using exchange = await startExchange({ seed: 1, markets: 5, rate: 50 })
  const file = join(directory, 'killed.jsonl.gz')
  const body = `
    import { statSync } from 'node:fs'
    const upbit = createUpbit()
    record(upbit, '${file}')
    upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe(() => {
      if (statSync('${file}').size > 200) process.kill(process.pid, 'SIGKILL')
    })`
  expect(await run(body, exchange.url)).toBe('SIGKILL')
  const { summary } = await loadRecording(file)
  expect(summary.frames).toBeGreaterThan(0)
  expect(summary.lost).toBe(0)
})
