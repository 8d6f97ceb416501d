/** The page on the fused reader shows what is generated today. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readerSource } from '../../src/protocol/fused/reader-source'
import { shapeOf } from '../../src/protocol/fused/shape'
import { aTrade } from '../../src/testing'
import { encodeEvent } from '../../src/simulator/encode'
import { defaultSwitches } from '../../src/simulator/switches'

/** Without what a formatter decides. */
const bare = (text: string): string => text.replaceAll(/[\s;"']/g, '')

describe('docs/fused-reader.md', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'fused-reader.md'), 'utf8')
  const excerpts = Array.from(page.matchAll(/```js(?: no-check)?\n([^`]*)```/g), (match) => match[1]!)

  it('quotes the reader of a trade as it is generated', () => {
    const element = JSON.parse(encodeEvent(aTrade(), 'DEFAULT', defaultSwitches))
    const source = bare(readerSource('trade', shapeOf('trade', 'full', element)!, false))
    expect(excerpts.length).toBeGreaterThanOrEqual(3)
    for (const excerpt of excerpts) expect(source).toContain(bare(excerpt).replace(/,$/, ''))
  })
})
