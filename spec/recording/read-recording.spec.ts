import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readRecording } from '../../src/record'
import type { ReadRecordingOptions, RecordingLine } from '../../src/record'
import { itWithRecordings, readRecording as readTexts, recordingPath } from '../support/recordings'

const directory = mkdtempSync(join(tmpdir(), 'read-recording-'))
const write = (name: string, data: string | Uint8Array): string => {
  const file = join(directory, name)
  writeFileSync(file, data)
  return file
}

async function read(
  file: string | readonly string[],
  options?: ReadRecordingOptions,
): Promise<readonly RecordingLine[]> {
  const lines: RecordingLine[] = []
  for await (const line of readRecording(file, options)) lines.push(line)
  return lines
}

const textsOf = (lines: readonly RecordingLine[]): readonly string[] =>
  lines.flatMap((line) => (line.kind === 'frame' ? [line.text] : []))

const begin = '{"t":1,"begin":{"version":1}}'
const frame = (n: number): string => `{"type":"trade","code":"KRW-가","n":${n}}`
const line = (n: number): string => `{"t":${n},"frame":${frame(n)}}`
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)

afterAll(() => rmSync(directory, { recursive: true }))

describe('readRecording', () => {
  it('reads plain and gzip by the content, whatever the name', async () => {
    const text = `${begin}\n${line(1)}\n\n${line(2)}\n`
    for (const file of [write('a.jsonl', text), write('b.gz', text), write('c.jsonl', gzipSync(text))]) {
      expect(textsOf(await read(file))).toEqual([frame(1), frame(2)])
    }
  })

  it('reads a plain file that was cut at any byte up to its last whole line', async () => {
    const whole = Buffer.from(`${numbers(4).map(line).join('\n')}\n`)
    for (let length = 0; length <= whole.length; length++) {
      const cut = whole.subarray(0, length)
      const texts = textsOf(await read(write('cut.jsonl', cut)))
      const lines = cut
        .toString()
        .split('\n')
        .filter((each) => each.endsWith('}}'))
      expect(texts).toEqual(numbers(lines.length).map(frame))
    }
  })

  it('reads a gzip that was cut at any byte as a beginning of what it held', async () => {
    const all = numbers(40).map(frame)
    const whole = gzipSync(`${numbers(40).map(line).join('\n')}\n`)
    let most = 0
    for (let length = 0; length <= whole.length; length++) {
      const texts = textsOf(await read(write('cut.gz', whole.subarray(0, length))))
      expect(texts).toEqual(all.slice(0, texts.length))
      expect(texts.length).toBeGreaterThanOrEqual(most)
      most = texts.length
    }
    expect(most).toBe(40)
  })

  it.each([
    ['plain', Buffer.from(`${line(1)}\n${line(2).slice(0, 20)}`), Buffer.from(`\n${begin}\n${line(3)}\n`)],
    ['gzip cut behind its first byte', Buffer.from([0x1f]), gzipSync(`${line(1)}\n${line(3)}\n`)],
    ['gzip', gzipSync(`${line(1)}\n${line(2)}`).subarray(0, -9), gzipSync(`\n${begin}\n${line(3)}\n`)],
  ])('reads on behind the cut where a recording went on after a crash: %s', async (name, before, after) => {
    const file = write(`again-${name}`, Buffer.concat([before, after]))
    const texts = textsOf(await read(file))
    expect(texts[0]).toBe(frame(1))
    expect(texts.at(-1)).toBe(frame(3))
  })

  it('names file and line of one that is damaged, or leaves it out', async () => {
    const file = write('damaged.jsonl', `${line(1)}\n\n${line(2).slice(0, 20)}\n${line(3)}\n`)
    await expect(read(file)).rejects.toMatchObject({
      code: 'RECORDING_DAMAGED',
      path: `${file}:3`,
      message: `Line 3 of ${file} is no line of a recording.`,
    })
    expect(textsOf(await read(file, { damaged: 'skip' }))).toEqual([frame(1), frame(3)])
  })

  it('does not take a damaged last line for one that was cut, when it has its end', async () => {
    const file = write('ended.jsonl', `${line(1)}\ndamaged\n`)
    await expect(read(file)).rejects.toMatchObject({ path: `${file}:2` })
  })

  it('says so where compressed data is damaged, which is no cut', async () => {
    const whole = gzipSync(`${numbers(2000).map(line).join('\n')}\n`)
    const middle = Math.floor(whole.length / 2)
    whole.fill(0xff, middle, middle + 40)
    await expect(read(write('damaged.gz', whole))).rejects.toMatchObject({ code: 'RECORDING_DAMAGED' })
  })

  it('reads a rotated set in order by the name that it was given, and any list of files', async () => {
    const second = write('set-000002.jsonl', line(2))
    const first = write('set-000001.jsonl', `${line(1)}\n`)
    const tenth = write('set-000010.jsonl', line(10))
    write('set-extra.jsonl', line(99))
    const texts = [frame(1), frame(2), frame(10)]
    expect(textsOf(await read(join(directory, 'set.jsonl')))).toEqual(texts)
    expect(textsOf(await read([first, second, tenth]))).toEqual(texts)
    write('set.jsonl', line(0))
    expect(textsOf(await read(join(directory, 'set.jsonl')))).toEqual([frame(0), ...texts])
  })

  it.each([
    ['ENOENT', () => join(directory, 'absent.jsonl')],
    ['ENOENT', () => join(directory, 'absent', 'absent.jsonl')],
    ['EISDIR', () => directory],
  ])("rejects with the system's %s", async (code, file) => {
    await expect(read(file())).rejects.toMatchObject({ code })
  })

  it('reads lines that are longer than many chunks', async () => {
    const long = `{"type":"trade","code":"KRW-가","pad":"${'한'.repeat(300_000)}"}`
    expect(textsOf(await read(write('long.jsonl', `${long}\n${frame(1)}`)))).toEqual([long, frame(1)])
  })

  itWithRecordings('reads the recording of 2021-04-05, every frame untouched', async () => {
    const name = 'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl'
    const texts = textsOf(await read(recordingPath(name)))
    expect(texts).toHaveLength(1_733)
    expect(texts).toEqual(readTexts(name).map(({ text }) => text))
  })
})
