import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokenLinks } from '../../scripts/markdown-links'

describe('the links of a page', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'upbit-rx-spec-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const problemsOf = (...lines: string[]): readonly string[] => {
    writeFileSync(join(root, 'b.md'), '# One `two`\n\n## 가나\n\n~~~text\n# no heading\n~~~\n\n## 가나\n')
    writeFileSync(join(root, 'a.md'), lines.join('\n'))
    return brokenLinks(root, 'a.md')
  }

  it('lead to files, to headings, and out of the project', () => {
    expect(
      problemsOf(
        '# A',
        '[b](b.md#one-two) ![c](b.md) [d](#a) <https://e.example> [f](https://f.example/x.md)',
        '[g](b.md#가나) [h](b.md#가나-1) <a id="own" href="b.md">i</a> [j](#own)',
      ),
    ).toEqual([])
  })

  it.each<[string, string[], string]>([
    ['a file', ['a', '[b](gone.md)'], 'a.md:2 leads nowhere: gone.md'],
    ['a heading', ['[b](b.md#no-heading)'], 'a.md:1 has no such heading: b.md#no-heading'],
    ['a picture in a table', ['| a |', '| - |', '| ![b](gone.png) |'], 'a.md:3 leads nowhere: gone.png'],
    ['by reference', ['[b][c]', '', '[c]: gone.md'], 'a.md:1 leads nowhere: gone.md'],
    ['of HTML', ['<img src="gone.png">'], 'a.md:1 leads nowhere: gone.png'],
    ['the project', ['[b](../gone.md)'], 'a.md:1 leaves the project: ../gone.md'],
  ])('that lead nowhere are told: %s', (_what, lines, problem) => {
    expect(problemsOf(...lines)).toEqual([problem])
  })

  it('are none in code', () => {
    expect(problemsOf('`[a](gone.md)`', '', '~~~text', '[a](gone.md)', '~~~')).toEqual([])
  })
})
