/**
 * What the pages show is so: their programs run and print what the page says, and their tests pass, as they stand there.
 * A translation has the same programs (`npm run check:docs`), so only those of the original are run.
 */
import { rmSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'
import { hasPrinted } from './support/output-shape'
import { misspelt, pages, programsOf, specsOf } from './support/page-blocks'
import { buildPrograms, makeFolder, runProgram } from './support/run-programs'

const limitMs = 20_000
/** As many as the machines of continuous integration have cores. */
const atOnce = 2

it('every word on a fence of a page means something', () => {
  expect(pages.flatMap(misspelt)).toEqual([])
})

describe('the programs of the pages', () => {
  const programs = pages.filter((page) => !page.endsWith('.ko.md')).flatMap(programsOf)
  const folder = makeFolder()
  let exchange: ExchangeServer
  let files: readonly string[]

  beforeAll(async () => {
    exchange = await startExchange({ seed: 1, limits: false })
    files = await buildPrograms(folder, programs)
  })

  afterAll(async () => {
    // One that was begun ahead and not asked for.
    await Promise.all(runs.values())
    await exchange.close()
    rmSync(folder, { recursive: true })
  })

  it('each endless one says what it prints', () => {
    expect(programs.filter((one) => one.isEndless && one.expected === undefined)).toEqual([])
  })

  // Jest runs one test after another, so the programs that come next are begun ahead.
  const runs = new Map<number, ReturnType<typeof runProgram>>()
  const runOf = (index: number): ReturnType<typeof runProgram> => {
    programs.slice(index, index + atOnce).forEach((program, offset) => {
      const file = files[index + offset]
      if (file === undefined || runs.has(index + offset)) return
      runs.set(index + offset, runProgram(file, program, exchange.url, limitMs))
    })
    return runs.get(index) ?? Promise.reject(new Error(`no program ${index}`))
  }

  it.each(programs.map((program, index) => ({ ...program, index })))(
    '$where',
    async ({ index, isEndless, expected }) => {
      const { code, output, errors } = await runOf(index)
      expect({ code, errors }).toEqual({ code: isEndless ? null : 0, errors: '' })
      if (expected !== undefined && !hasPrinted(output, expected)) expect(output).toBe(expected.text)
    },
    limitMs + 5_000,
  )
})

describe('the tests of the pages', () => {
  for (const { where, code, modules } of pages.flatMap(specsOf)) {
    describe(where, () => {
      evaluate(code, modules)
    })
  }
})

/** A module as jest makes one, so that it gets the same library. */
function evaluate(code: string, modules: ReadonlyMap<string, string>): unknown {
  const compiled = transformSync(code, { loader: 'ts', format: 'cjs', target: 'node20' }).code
  const requireHere = (name: string): unknown => {
    const ofPage = name.startsWith('./') ? modules.get(`${name.slice(2)}.ts`) : undefined
    return ofPage === undefined ? jest.requireActual<object>(name) : evaluate(ofPage, modules)
  }
  const module = { exports: {} }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page is the source
  const run = new Function('jest', 'require', 'module', 'exports', compiled) as (...parts: unknown[]) => void
  run(jest, requireHere, module, module.exports)
  return module.exports
}
