/**
 * Do the project's own rules bite? A rule that was switched off by accident passes every file, so each is shown a line
 * that it must refuse, as if it stood in `src/`, and the same line where it is allowed. The table of layers is shown a
 * small tree of files with one forbidden import each.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ESLint } from 'eslint'

interface Case {
  readonly rule: string
  readonly code: string
}

const root = join(import.meta.dirname, '..')
const eslint = new ESLint({ cwd: root })

/** C14.1: nothing but the environment reads a clock, starts a timer, draws a random number or makes an id. */
const timeAndChance: readonly Case[] = [
  { rule: 'no-restricted-properties', code: 'export const atMs = Date.now()' },
  { rule: 'no-restricted-properties', code: 'export const atMs = globalThis.performance.now()' },
  { rule: 'no-restricted-properties', code: 'export const dice = Math.random()' },
  { rule: 'no-restricted-properties', code: 'export const id = crypto.randomUUID()' },
  { rule: 'no-restricted-properties', code: 'globalThis.setTimeout(() => undefined, 1)' },
  { rule: 'no-restricted-globals', code: 'setTimeout(() => undefined, 1)' },
  { rule: 'no-restricted-globals', code: 'setInterval(() => undefined, 1)' },
  { rule: 'no-restricted-globals', code: 'setImmediate(() => undefined)' },
  { rule: 'no-restricted-globals', code: 'export const atMs = performance.now()' },
  { rule: 'no-restricted-syntax', code: 'export const at = new Date()' },
  { rule: 'no-restricted-syntax', code: 'export const at = Date()' },
  ...[
    'timer',
    'interval',
    'delay',
    'debounceTime',
    'bufferTime',
    'timeout',
    'asyncScheduler',
    'asapScheduler',
  ].map((name) => ({ rule: 'no-restricted-imports', code: `export { ${name} } from 'rxjs'` })),
  { rule: 'no-restricted-imports', code: "export { setTimeout } from 'node:timers/promises'" },
  { rule: 'no-restricted-imports', code: "export { randomUUID } from 'node:crypto'" },
  {
    rule: 'no-restricted-syntax',
    code: "import { NEVER, retry } from 'rxjs'\nexport const again$ = NEVER.pipe(retry({ delay: 1000 }))",
  },
  {
    rule: 'no-restricted-syntax',
    code: "import { ReplaySubject } from 'rxjs'\nexport const lastSubject = new ReplaySubject<number>(1, 1000)",
  },
]

const others: readonly Case[] = [
  { rule: 'no-console', code: "console.log('hello')" },
  { rule: '@typescript-eslint/no-explicit-any', code: 'export const value: any = 1' },
  { rule: 'rxjs-x/finnish', code: "import { of } from 'rxjs'\nexport const numbers = of(1)" },
  { rule: 'rxjs-x/no-internal', code: "import 'rxjs/internal/Observable'" },
  {
    rule: 'rxjs-x/ban-operators',
    code: "import { NEVER, retryWhen } from 'rxjs'\nexport const again$ = NEVER.pipe(retryWhen((errors$) => errors$))",
  },
  {
    rule: '@eslint-community/eslint-comments/require-description',
    code: '// eslint-disable-next-line no-console\nconsole.log(1)',
  },
]

/** In a spec: each of these leaves a promise unproven, or all but one. */
const idleSpecs: readonly Case[] = [
  ...['it.only', 'it.skip', 'it.failing', 'test.skip', 'describe.only', 'describe.skip'].map((call) => ({
    rule: 'no-restricted-properties',
    code: `${call}('a', () => undefined)`,
  })),
  { rule: 'no-restricted-properties', code: "it.todo('a')" },
  { rule: 'no-restricted-properties', code: "it['skip']('a', () => undefined)" },
  { rule: 'no-restricted-properties', code: "it.skip.each([1])('a', () => undefined)" },
  { rule: 'no-restricted-syntax', code: "it.concurrent.skip('a', async () => undefined)" },
  ...['fit', 'xit', 'xtest', 'fdescribe', 'xdescribe'].map((name) => ({
    rule: 'no-restricted-globals',
    code: `${name}('a', () => undefined)`,
  })),
]

/** A file, what it imports, and the rule that says no. */
const layers: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['src/base/a.ts', '../protocol/b', 'layer-base'],
  ['src/protocol/a.ts', '../operators/b', 'layer-protocol'],
  ['src/operators/a.ts', '../protocol/b', 'layer-operators'],
  ['src/transport/a.ts', '../registry/b', 'layer-transport'],
  ['src/registry/a.ts', '../connection/b', 'layer-registry'],
  ['src/connection/a.ts', '../channels/b', 'layer-connection'],
  ['src/channels/a.ts', '../observe/b', 'layer-channels'],
  ['src/observe/a.ts', '../index', 'layer-observe'],
  ['src/recording/a.ts', '../transport/b', 'layer-recording'],
  ['src/record/a.ts', '../simulator/b', 'layer-record'],
  ['src/simulator/a.ts', '../channels/b', 'layer-simulator'],
  ['src/simulator/d.ts', '../record/b', 'layer-simulator'],
  ['src/simulator/c.ts', '../transport/ws-socket', 'simulator-port-only'],
  ['src/cli/a.ts', '../manager', 'layer-cli'],
  ['src/private/ledger/a.ts', '../supply/b', 'layer-private-ledger'],
  ['src/private/supply/a.ts', '../private-lane', 'layer-private-supply'],
  ['src/private/refill/a.ts', '../line/b', 'layer-private-refill'],
  ['src/unheard-of/a.ts', '../base/b', 'layer-unknown'],
  ['src/browser.ts', './transport/ws-socket', 'browser-stays-portable'],
  ['src/browser.ts', './protocol/fused/generate-reader', 'browser-stays-portable'],
  ['src/browser.ts', './recording/read-recording', 'browser-stays-portable'],
  ['src/browser.ts', './rest/trading/placement', 'browser-stays-portable'],
  ['src/browser.ts', './create-account-lane', 'browser-stays-portable'],
  ['src/browser.ts', './private/private-lane', 'browser-stays-portable'],
  ['src/browser.ts', './auth/jwt-signer', 'browser-stays-portable'],
  ['src/channels/c.ts', 'node:fs', 'node-modules-of-node-at-the-edges'],
  ['src/channels/d.ts', '../../spec/b', 'sources-alone'],
  ['src/manager.ts', './manager', 'no-cycle'],
]

const problems: string[] = []
for (const { rule, code } of [...timeAndChance, ...others]) {
  if (!(await refusals(code, 'src/base/errors.ts')).has(rule)) problems.push(`${rule} lets pass: ${code}`)
}
for (const { rule, code } of idleSpecs) {
  if (!(await refusals(code, 'spec/shared.spec.ts')).has(rule)) problems.push(`${rule} lets pass: ${code}`)
}
for (const { rule, code } of timeAndChance) {
  if ((await refusals(code, 'src/base/environment.ts')).has(rule))
    problems.push(`${rule} refuses the environment: ${code}`)
}
const refused = refusedImports()
for (const [file, imports, rule] of layers) {
  if (!refused.has(`${file} ${targetOf(file, imports)} ${rule}`))
    problems.push(`${rule} lets pass: ${file} imports ${imports}`)
}

for (const problem of problems) console.error(problem)
console.log(
  `rules: ${timeAndChance.length + others.length + idleSpecs.length + layers.length} lines shown, ${problems.length} judged wrongly`,
)
process.exitCode = problems.length === 0 ? 0 : 1

/** The rules that refuse this code in the place of that file. */
async function refusals(code: string, file: string): Promise<Set<string | null>> {
  const results = await eslint.lintText(`${code}\n`, { filePath: join(root, file) })
  return new Set(results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId)))
}

/** The file that an import leads to; a module of Node is none. */
function targetOf(file: string, imports: string): string {
  return imports.startsWith('.') ? join(dirname(file), `${imports}.ts`) : imports.replace(/^node:/, '')
}

/** The file, the target and the rule of every import in the tree of `layers` that dependency-cruiser refuses. */
function refusedImports(): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), 'upbit-rx-layers-'))
  try {
    writeFileSync(join(folder, 'tsconfig.json'), '{}')
    for (const [file, imports] of layers) {
      const target = targetOf(file, imports)
      if (imports.startsWith('.') && !layers.some(([other]) => other === target)) write(target, 'export {}\n')
      const own = layers.filter(([other]) => other === file)
      write(file, own.map(([, each]) => `import '${each}'\n`).join(''))
    }
    const { stdout, stderr } = spawnSync(
      join(root, 'node_modules/.bin/depcruise'),
      ['src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json'],
      { cwd: folder, encoding: 'utf8' },
    )
    if (stdout === '') throw new Error(stderr)
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: readonly { from: string; to: string; rule: { name: string } }[] }
    }
    return new Set(summary.violations.map(({ from, to, rule }) => `${from} ${to} ${rule.name}`))
  } finally {
    rmSync(folder, { recursive: true })
  }

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}
