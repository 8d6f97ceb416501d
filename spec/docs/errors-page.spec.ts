/** `docs/errors.md` has a row for every code, and says all three things of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCodes } from '../../src/base/errors'

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'errors.md'), 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, code = '']) => /^`[A-Z_]+`$/.test(code))

describe('docs/errors.md', () => {
  it('C8.1 has one row for every code, in the order of the set, and no other', () => {
    expect(rows.map(([, code = '']) => code.replaceAll('`', ''))).toEqual([...errorCodes])
  })

  it.each(rows.map((cells) => [cells[1] ?? '', cells] as const))(
    'C8.1 %s: cause, effect and what to do',
    (_, cells) => {
      expect(cells).toHaveLength(6)
      for (const cell of cells.slice(2, 5)) expect(cell.length).toBeGreaterThan(5)
      // How it reaches the program is the first thing to know.
      expect(cells[3]).toMatch(/^(thrown|to the stream|to every stream|on `errors\$`|rejects)/)
    },
  )
})
