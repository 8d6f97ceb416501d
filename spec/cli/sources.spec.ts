import { join } from 'node:path'
import { realEnvironment } from '../../src/base/environment'
import { Fatal } from '../../src/cli/fatal'
import type { Source } from '../../src/cli/sources'
import { openSource } from '../../src/cli/sources'
import type { SourceArguments } from '../../src/cli/watch-arguments'
import { aTrade } from '../../src/testing'
import { recordingFolder, wireText } from './support/recording-file'

const { path: folder, file } = recordingFolder()
const opened: Source[] = []

async function open(source: SourceArguments): Promise<Source> {
  const made = await openSource(source, realEnvironment)
  opened.push(made)
  return made
}

afterEach(async () => {
  for (const source of opened.splice(0)) await source.close()
})

describe('openSource', () => {
  it('leaves the exchange to the client, and wears no badge', async () => {
    expect(await open({ kind: 'live' })).toMatchObject({ badges: [] })
    expect(await open({ kind: 'live' })).not.toHaveProperty('url')
    expect(await open({ kind: 'url', url: 'ws://a' })).toMatchObject({ url: 'ws://a', badges: [] })
  })

  it('C13 serves an invented market on this machine, and says SIMULATED', async () => {
    const source = await open({ kind: 'simulate' })
    expect(source).toMatchObject({ badges: ['SIMULATED'], title: 'embedded exchange' })
    expect(source.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
  })

  it('C13 serves a recording on this machine, and says REPLAY', async () => {
    const path = file('시세\u001b.jsonl', `${wireText(aTrade())}\n`)
    const source = await open({ kind: 'replay', file: path, speed: 20 })
    expect(source).toMatchObject({ badges: ['REPLAY'], title: '시세 .jsonl' })
    expect(source.replay).toMatchObject({ speed: 20, summary: { frames: 1 } })
  })

  it.each<[string, () => string, RegExp]>([
    ['a missing file', () => join(folder, 'none'), /none cannot be replayed: it does not exist\.$/],
    ['a folder', () => folder, /cannot be replayed: it is a folder\.$/],
    ['an empty file', () => file('empty', ''), /empty cannot be replayed: no line of it holds a frame\.$/],
    [
      'another kind of file',
      () => file('text', 'hello\n'),
      /cannot be replayed: no line of it holds a frame\.$/,
    ],
  ])('says why %s cannot be replayed', async (_, path, sentence) => {
    const opening = open({ kind: 'replay', file: path(), speed: 1 })
    await expect(opening).rejects.toThrow(sentence)
    await expect(opening).rejects.toBeInstanceOf(Fatal)
  })
})
