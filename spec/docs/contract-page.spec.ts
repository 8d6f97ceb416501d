/** `docs/contract.md` and the specs' titles know the same lines. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(__dirname, '..', '..')

interface Line {
  readonly number: string
  readonly text: string
}

/** The lines of the page: `C4.1` for a numbered one, `C7` for a section without numbers. */
function pageLines(): Line[] {
  const sections = readFileSync(join(root, 'docs', 'contract.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
  return sections.flatMap((section) => {
    const name = /^C\d+/.exec(section)?.[0] ?? ''
    const numbered = [...section.matchAll(/^(\d+)\. ([^]*?)(?=^\d+\. |(?![^]))/gm)]
    if (numbered.length === 0) return [{ number: name, text: section }]
    return numbered.map(([, number = '', text = '']) => ({ number: `${name}.${number}`, text }))
  })
}

/** The numbers that titles of specs begin with, and those that the comments of type-level specs name. */
function titleNumbers(): Set<string> {
  const names = readdirSync(join(root, 'spec'), { recursive: true, encoding: 'utf8' })
  const found = (end: string, pattern: RegExp): string[] =>
    names
      .filter((name) => name.endsWith(end))
      .flatMap((name) => [...readFileSync(join(root, 'spec', name), 'utf8').matchAll(pattern)])
      .map(([, number = '']) => number)
  return new Set([
    ...found('.spec.ts', /['"`](C\d+(?:\.\d+)?) /g),
    ...found('.spec-d.ts', /^\/\/ (C\d+\.\d+) /gm),
  ])
}

/** What is left of a line when what is not built is taken away. */
const built = ({ text }: Line): string => text.replace(/_Not yet[^]*?\._/g, '')

describe('docs/contract.md', () => {
  const lines = pageLines()
  const titles = titleNumbers()

  it('has the fourteen sections, numbered without a hole', () => {
    const sections = [...new Set(lines.map(({ number }) => number.split('.')[0]))]
    expect(sections).toEqual(Array.from({ length: 14 }, (_, index) => `C${index + 1}`))
    for (const section of sections) {
      const numbers = lines.map(({ number }) => number).filter((number) => number.startsWith(`${section}.`))
      expect(numbers).toEqual(numbers.map((_, index) => `${section}.${index + 1}`))
    }
  })

  it('every number that a title begins with is a line of the page, or a section', () => {
    const known = new Set([
      ...lines.map(({ number }) => number),
      ...lines.map(({ number }) => number.split('.')[0]),
    ])
    expect([...titles].filter((number) => !known.has(number))).toEqual([])
  })

  it('every line of public data that is built has a spec', () => {
    const promised = lines.filter(
      (line) => /^C[1-9](\.|$)/.test(line.number) && built(line).replace(/\s+/g, '').length > 20,
    )
    expect(promised.map(({ number }) => number).filter((number) => !titles.has(number))).toEqual([])
  })
})
