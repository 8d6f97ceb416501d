import { fenceProblems } from '../../../scripts/check-docs/fence-problems'

const command = (line: string): string[] => (line.startsWith('bad') ? [`no ${line}`] : [])
const problemsOf = (...lines: string[]): string[] =>
  fenceProblems('p.md', lines.join('\n'), true, { command })

describe('fenceProblems', () => {
  it('ts is left to the compiler, text is no code', () => {
    expect(problemsOf('```ts', 'not even (', '```', '', '```text like', 'a', '```')).toEqual([])
  })

  it('every line of sh is a command, a comment or nothing', () => {
    expect(problemsOf('```sh', 'good', '', '# bad', 'bad one', '```')).toEqual(['p.md:5 no bad one'])
    expect(problemsOf('```bash', 'bad \\', '  one', '```')).toEqual(['p.md:2 no bad   one'])
  })

  it('js parses, json is JSON', () => {
    expect(problemsOf('```js', 'const a = await b', '```', '', '```json', '[1]', '```')).toEqual([])
    expect(problemsOf('```js', 'ok()', 'const a', 'b c', '```')).toEqual([expect.stringMatching(/^p\.md:4 /)])
    expect(problemsOf('```json', '[1,]', '```')).toEqual([expect.stringMatching(/^p\.md:2 is no JSON: /)])
  })

  it('no block passes unseen: without a language, of an unknown one, by indentation alone', () => {
    expect(problemsOf('```', 'a', '```')).toEqual([
      'p.md:1 is a block without a language: `text` where it is no code',
    ])
    expect(problemsOf('- a', '', '  ~~~cobol', '  a', '  ~~~')).toEqual([
      'p.md:3 is a block that nothing checks: cobol',
    ])
    expect(problemsOf('a', '', '    code')).toEqual([
      'p.md:3 is code by indentation alone: fence it with its language',
    ])
  })

  it('what is not checked says why, with an empty line between or without', () => {
    expect(problemsOf('```js no-check', '(', '```')).toEqual([
      'p.md:1 is not checked: say why above it, <!-- no-check: … -->',
    ])
    expect(problemsOf('<!-- no-check: an excerpt -->', '```js no-check', '(', '```')).toEqual([])
    expect(problemsOf('<!-- no-check: an excerpt -->', '', '```python no-check', '(', '```')).toEqual([])
    expect(problemsOf('<!-- no-check: -->', '', '```js no-check', '(', '```')).toHaveLength(1)
  })

  it('ts that is not compiled says why as well, in a quotation too', () => {
    expect(problemsOf('```ts no-check', '(', '```')).toEqual([
      'p.md:1 is not checked: say why above it, <!-- no-check: … -->',
    ])
    expect(problemsOf('> <!-- no-check: an excerpt -->', '>', '> ~~~ts no-check', '> (', '> ~~~')).toEqual([])
  })

  it('what follows a program is compared', () => {
    const output = (tag: string): string[] =>
      problemsOf('```ts run', 'a()', '```', '', `\`\`\`text${tag}`, '1', '```')
    expect(output('')).toEqual(['p.md:5 follows a program and is not compared: `text prints` or `text like`'])
    expect(output(' prints')).toEqual([])
    expect(problemsOf('```ts', 'a()', '```', '', '```text', '1', '```')).toEqual([])
  })

  it('HTML swallows no block, and a comment hides none', () => {
    expect(problemsOf('<details>', '```ts', 'a()', '```', '</details>')).toEqual([
      'p.md:1 is HTML that swallows a block: set an empty line between them',
    ])
    expect(problemsOf('<details>', '', '```sh', 'bad one', '```', '', '</details>')).toEqual([
      'p.md:4 no bad one',
    ])
    expect(problemsOf('a', '', '<!--', '```sh', 'bad one', '```', '-->')).toEqual(['p.md:5 no bad one'])
  })

  it('a command in a table is told with its row', () => {
    expect(
      fenceProblems('p.md', '| a |\n| - |\n| b |\n| `npm run c` |', true, { command: () => ['no'] }),
    ).toEqual(['p.md:4 no'])
  })

  it('commands in a sentence exist, forms to fill in are none', () => {
    const commandInText = (line: string): string[] => [`no ${line}`]
    const inText = (text: string): string[] => fenceProblems('p.md', text, true, { command: commandInText })
    expect(inText('Run `npm run lint`.')).toEqual(['p.md:1 no npm run lint'])
    expect(inText('Run `npm start -- --replay FILE`.')).toEqual([])
  })

  it('in the comments of a source indentation is only that', () => {
    expect(fenceProblems('a.ts', 'a\n\n    not code', false, { command })).toEqual([])
  })
})
