import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copiesOf } from '../../../scripts/consumers/copies-of'

describe('copies of a package', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'upbit-rx-spec-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('are found at the top and in packages, scoped ones too, and nothing else is', () => {
    for (const path of [
      'rxjs/operators',
      'a/node_modules/rxjs',
      '@b/c/node_modules/d/node_modules/rxjs',
      'rxjs-more',
      'e/src/rxjs',
      '.bin/rxjs',
    ])
      mkdirSync(join(folder, path), { recursive: true })
    expect([...copiesOf('rxjs', folder)].sort()).toEqual(
      ['@b/c/node_modules/d/node_modules/rxjs', 'a/node_modules/rxjs', 'rxjs'].map((path) =>
        join(folder, path),
      ),
    )
    expect(copiesOf('rxjs', join(folder, 'none'))).toEqual([])
  })
})
