import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Rotation } from '../../src/record/rotation'
import * as recordingFiles from '../../src/recording/recording-files'

// A module of its own, whose functions can be replaced.
jest.mock('../../src/recording/recording-files', () => ({
  ...jest.requireActual<typeof recordingFiles>('../../src/recording/recording-files'),
}))

const directory = mkdtempSync(join(tmpdir(), 'rotation-'))

afterAll(() => rmSync(directory, { recursive: true }))

describe('Rotation', () => {
  it('takes the next free number where another process made a file after it had looked', async () => {
    const file = join(directory, 'a.jsonl')
    const other = new Rotation(file, { bytes: 1 }).open()
    // What it saw before the other made its own.
    const looked = jest.spyOn(recordingFiles, 'numbersOf').mockReturnValueOnce([])
    const own = new Rotation(file, { bytes: 1 }).open()
    looked.mockRestore()
    expect([other, own].map(({ path }) => basename(path))).toEqual(['a-000001.jsonl', 'a-000002.jsonl'])
    await Promise.all([other.close(), own.close()])
  })

  it('gives a file back once, however often it is closed: its descriptor may be another file by then', async () => {
    for (const extension of ['.jsonl', '.jsonl.gz']) {
      const file = new Rotation(join(directory, `once${extension}`), undefined).open()
      await file.close()
      const next = new Rotation(join(directory, `next${extension}`), undefined).open()
      await file.close()
      await next.write(Buffer.from('still open'))
      await next.close()
      expect(next.size).toBeGreaterThan(0)
    }
  })
})
