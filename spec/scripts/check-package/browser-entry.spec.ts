import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { browserEntry } from '../../../scripts/check-package/browser-entry'

/** A package of the same name and conditions, which is as it should be. */
const good = {
  'package.json': JSON.stringify({
    name: 'upbit-rx',
    type: 'module',
    exports: {
      '.': {
        browser: { import: './dist/browser.js', require: './dist/browser.cjs' },
        import: './dist/index.js',
        require: './dist/index.cjs',
      },
    },
  }),
  'dist/index.js': "import 'node:fs'; export const a = 1",
  'dist/index.cjs': "require('node:fs'); exports.a = 1",
  'dist/browser.js': '/* no new Function here */ export { a } from "./shared.js"',
  'dist/browser.cjs': 'exports.a = require("./shared.cjs").a',
  'dist/shared.js': 'export const a = 1',
  'dist/shared.cjs': 'exports.a = 1',
  'node_modules/ws/index.js': 'export {}',
}

describe('the check of the entry for browsers', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'upbit-rx-spec-'))
    jest.spyOn(console, 'log').mockImplementation(() => undefined)
  })
  afterEach(() => {
    jest.restoreAllMocks()
    rmSync(root, { recursive: true, force: true })
  })

  const problemsOf = (changed: Partial<Record<keyof typeof good, string>>): Promise<readonly string[]> => {
    for (const [name, text] of Object.entries({ ...good, ...changed })) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
    return browserEntry(root)
  }

  it('finds nothing in a good one', async () => {
    expect(await problemsOf({})).toEqual([])
  })

  it.each<[string, Partial<Record<keyof typeof good, string>>, RegExp]>([
    [
      'a module of Node',
      { 'dist/shared.cjs': "require('node:fs'); exports.a = 1" },
      /^dist\/shared\.cjs:1: .*node:fs/,
    ],
    ['ws', { 'dist/shared.js': "import 'ws'; export const a = 1" }, /^dist\/shared\.js: imports ws\//],
    [
      'code from text',
      { 'dist/shared.js': 'export const a = new Function("return 1")()' },
      /^dist\/shared\.js: makes code at run time: new Function/,
    ],
    [
      'a global of Node',
      { 'dist/shared.cjs': 'exports.a = process.env.A' },
      /^dist\/shared\.cjs: reads a global of Node, which no page has: process\.env$/,
    ],
    [
      'an entry that prints',
      { 'dist/browser.js': 'console.log("hello"); export const a = 1' },
      /^dist\/browser\.js: does not load:\nit prints:\nhello\n$/,
    ],
    [
      'an entry that ends the process',
      { 'dist/browser.cjs': 'process.exit(0)' },
      /^dist\/browser\.cjs: does not load:\nit ended the process:\n$/,
    ],
    ['a name that is missing', { 'dist/browser.cjs': '' }, /^dist\/browser\.cjs: differs .* in a$/],
    [
      'a condition that is missing',
      { 'package.json': good['package.json'].replace('"browser":', '"page":') },
      /^package\.json "exports": the browser condition leads to dist\/index\.js/,
    ],
  ])('names file and cause: %s', async (_what, changed, problem) => {
    expect(await problemsOf(changed)).toContainEqual(expect.stringMatching(problem))
  })
})
