import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { summarizeRecording } from '../../src/simulator/recording'
import { keysOf, loadRecording } from '../../src/testing'

const directory = mkdtempSync(join(tmpdir(), 'recording-'))
const write = (name: string, text: string): string => {
  const file = join(directory, name)
  writeFileSync(file, text)
  return file
}

afterAll(() => rmSync(directory, { recursive: true }))

const book = '{"ty":"orderbook","cd":"KRW-BTC","tas":1.0E-4,"obu":[{"ap":41.0}],"st":"REALTIME"}'

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
      others: 0,
      lost: 0,
      unreadable: 2,
      cut: 1,
      startMs: 10,
      durationMs: 20,
      keys: [
        { type: 'orderbook', code: 'KRW-BTC', frames: 3 },
        { type: 'trade', code: 'KRW-BTC', frames: 1 },
      ],
    })
    expect(await keysOf(file)).toHaveLength(2)
  })

  it('tells frames of no stream from those that cannot be read, and what the recorder had lost', async () => {
    const lines = [
      '{"t":1,"begin":{"version":1}}',
      '{"t":1,"frame":{"status":"UP"}}',
      `{"t":2,"frame":${book}}`,
      '{"t":3,"lost":{"frames":7,"fromMs":2}}',
      '{"t":4,"text":"no JSON"}',
    ]
    const { summary } = await loadRecording(write('mixed.jsonl', lines.join('\n')))
    expect(summary).toMatchObject({ frames: 1, others: 2, lost: 7, unreadable: 0, startMs: 2 })
  })

  it('loads every line that can be read, for virtual time', async () => {
    const file = write('load.jsonl', `{"t":1,"frame":${book}}\ndamaged\n${book}`)
    const { lines, summary } = await loadRecording(file)
    expect(lines.map((line) => line.kind === 'frame' && line.text)).toEqual([book, book])
    expect(summary).toMatchObject({ frames: 2, unreadable: 1, cut: 0 })
  })

  it('takes bare frames as ten milliseconds apart, and an empty file as nothing', async () => {
    expect(await summarizeRecording(write('bare.jsonl', `${book}\n${book}\n${book}\n`))).toMatchObject({
      durationMs: 20,
    })
    expect(await summarizeRecording(write('empty.jsonl', ''))).toEqual({
      frames: 0,
      others: 0,
      lost: 0,
      unreadable: 0,
      cut: 0,
      durationMs: 0,
      keys: [],
    })
  })

  it('rejects when there is no such file', async () => {
    await expect(keysOf(join(directory, 'absent.jsonl'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
