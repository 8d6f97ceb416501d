import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseLine, readRecording, summarizeRecording } from '../../src/simulator/recording'
import { keysOf } from '../../src/testing'

const directory = mkdtempSync(join(tmpdir(), 'recording-'))
const write = (name: string, text: string): string => {
  const file = join(directory, name)
  writeFileSync(file, text)
  return file
}

afterAll(() => rmSync(directory, { recursive: true }))

const book = '{"ty":"orderbook","cd":"KRW-BTC","tas":1.0E-4,"obu":[{"ap":41.0}],"st":"REALTIME"}'

describe('parseLine', () => {
  it('cuts the frame out of a timed line without touching its text', () => {
    expect(parseLine(`{"t":1617646620849.474,"frame":${book}}`)).toEqual({
      type: 'orderbook',
      code: 'KRW-BTC',
      atMs: 1_617_646_620_849.474,
      text: book,
    })
    expect(parseLine(`{ "t" : 5 , "frame" : ${book} } `)).toMatchObject({ atMs: 5, text: book })
  })

  it('takes any other line as the bare frame, in full or short keys, in a list or not', () => {
    expect(parseLine(`  ${book}\r`)).toEqual({ type: 'orderbook', code: 'KRW-BTC', text: book })
    const full = '[{"type":"trade","code":"BTC-ETH","sequential_id":17877285602620001}]'
    expect(parseLine(full)).toEqual({ type: 'trade', code: 'BTC-ETH', text: full })
  })

  it.each([
    '',
    'x',
    '5',
    'null',
    '[]',
    '{"status":"UP"}',
    `{"t":1,"frame":${book}`,
    book.slice(0, 30),
    '{"type":1,"code":2}',
  ])('finds no frame in %j', (line) => {
    expect(parseLine(line)).toBeUndefined()
  })
})

describe('summarizeRecording', () => {
  it('counts frames, keys and what is unreadable, of a file that was cut off in its last line', async () => {
    const timed = [10, 30, 20].map((t) => `{"t":${t},"frame":${book}}`)
    const trade = '{"t":25,"frame":{"ty":"trade","cd":"KRW-BTC"}}'
    const file = write(
      'cut.jsonl',
      [...timed, '', trade, 'damaged', `{"t":40,"frame":${book.slice(0, 40)}`].join('\n'),
    )
    expect(await summarizeRecording(file)).toEqual({
      frames: 4,
      unreadable: 2,
      durationMs: 20,
      keys: [
        { type: 'orderbook', code: 'KRW-BTC', frames: 3 },
        { type: 'trade', code: 'KRW-BTC', frames: 1 },
      ],
    })
    expect(await keysOf(file)).toHaveLength(2)
  })

  it('reads lines that are longer than a chunk, and a last line without its end', async () => {
    const long = `{"type":"trade","code":"KRW-가","pad":"${'한'.repeat(100_000)}"}`
    const texts: (string | undefined)[] = []
    for await (const frame of readRecording(write('long.jsonl', `${long}\n${book}`))) texts.push(frame?.text)
    expect(texts).toEqual([long, book])
  })

  it('takes bare frames as ten milliseconds apart, and an empty file as nothing', async () => {
    expect(await summarizeRecording(write('bare.jsonl', `${book}\n${book}\n${book}\n`))).toMatchObject({
      durationMs: 20,
    })
    expect(await summarizeRecording(write('empty.jsonl', ''))).toEqual({
      frames: 0,
      unreadable: 0,
      durationMs: 0,
      keys: [],
    })
  })

  it('rejects when there is no such file', async () => {
    await expect(keysOf(join(directory, 'absent.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
