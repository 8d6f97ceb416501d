/** Whole runs of `record` inside this process, over real sockets. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../src/cli/main'
import { parseArguments } from '../../src/cli/parse-arguments'
import { loadRecording } from '../../src/testing'
import { fakeHost } from './support/fake-host'

const directory = mkdtempSync(join(tmpdir(), 'cli-record-'))

afterAll(() => rmSync(directory, { recursive: true }))

describe('upbit-rx record', () => {
  it('records until its duration is over, with the account on stderr, and watch shows it again', async () => {
    const out = join(directory, 'run.jsonl.gz')
    const host = fakeHost()
    const args = ['record', 'KRW-BTC', '--simulate', '--types', 'ticker,trade', '--out', out]
    expect(await main([...args, '--duration', '0.6', '--json'], host)).toBe(0)
    const account = JSON.parse(host.stderr.lines.at(-1) ?? '') as Record<string, unknown>
    const { summary } = await loadRecording(out)
    expect(summary.frames).toBeGreaterThan(0)
    expect(summary).toMatchObject({ unreadable: 0, lost: 0 })
    expect(account).toMatchObject({ frames: account.received, lost: 0, files: [out], epochs: 1 })
    expect(host.stdout.text).toBe('')

    const again = fakeHost()
    expect(await main(['watch', '--replay', out, '--speed', '50', '--json'], again)).toBe(0)
    expect(JSON.parse(again.stderr.lines.at(-1) ?? '')).toMatchObject({ received: summary.frames })
  })

  it('ends at Ctrl-C, tells its progress, and rotates', async () => {
    const out = join(directory, 'set.jsonl')
    const host = fakeHost()
    host.stdout.isTTY = true
    const args = ['record', '--simulate', '--out', out, '--rotate', '20kB', '--format', 'SIMPLE']
    const running = main(args, host)
    while (!host.stdout.text.includes('frames')) await new Promise((resolve) => setImmediate(resolve))
    host.press()
    expect(await running).toBe(0)
    expect(host.stdout.text.split('\r\u001b[K')[1]).toMatch(/^[\d,]+ frames, [\d,]+ bytes, in /)
    expect(host.stderr.lines.at(-1)).toMatch(/^[\d,]+ frames, [\d,]+ bytes, in .*set-\d{6}\.jsonl\.$/)
    expect(readdirSync(directory).filter((name) => name.startsWith('set-')).length).toBeGreaterThan(1)
  })

  it('is a fault where the file cannot be opened or written', async () => {
    const absent = fakeHost()
    expect(await main(['record', '--simulate', '--out', join(directory, 'no', 'a.jsonl')], absent)).toBe(1)
    expect(absent.stderr.text).toMatch(/RECORDING_FAILED: .*a\.jsonl cannot be written: ENOENT\./)
    const full = fakeHost()
    expect(await main(['record', '--simulate', '--out', '/dev/full'], full)).toBe(1)
    expect(full.stderr.text).toContain('/dev/full cannot be written: ENOSPC.')
  })

  it.each([
    ['100MB', { bytes: 100_000_000 }],
    ['1.5kB', { bytes: 1_500 }],
    ['2gb', { bytes: 2_000_000_000 }],
    ['90s', { everyMs: 90_000 }],
    ['30m', { everyMs: 1_800_000 }],
    ['1h', { everyMs: 3_600_000 }],
    ['1d', { everyMs: 86_400_000 }],
  ])('takes --rotate %s', (limit, rotate) => {
    const args = ['record', 'KRW-BTC', '--out', 'a.gz', '--rotate', limit]
    expect(parseArguments(args)).toEqual({
      kind: 'record',
      codes: ['KRW-BTC'],
      types: [],
      source: { kind: 'live' },
      out: 'a.gz',
      rotate,
      json: false,
    })
  })

  it.each([
    ['record', 'Where to is missing; name a file, as in --out btc.jsonl.gz.'],
    ['record --out a --rotate 100', /^--rotate is '100'; give a size/],
    ['record --out a --rotate 0MB', /^--rotate is '0MB'; give a size/],
    ['record --out a --replay b', '--replay is an option of `upbit-rx watch`, not of `upbit-rx record`.'],
    ['record --out a --live --simulate', /both say where events come from/],
  ])('says what is wrong with %j', (command, message) => {
    expect(() => parseArguments(command.split(' '))).toThrow(message)
  })
})
