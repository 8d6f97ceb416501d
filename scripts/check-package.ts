/**
 * The shape of the built package: publint and attw, then what neither can see. Each entry loads in a plain Node as ES
 * module and as CommonJS, says the same names in both, and leaves nothing running; a name that two entries share is
 * one value; the browser entry reaches no module of Node; the command answers. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
const problems: string[] = []

tool('publint', ['--strict'])
// Node 10's resolution knows no `exports`; every Node that the package runs on does.
tool('attw', ['--pack', '.', '--profile', 'node16', '--no-definitely-typed', '--format', 'ascii'])
loads()
browserGraph()
command()

for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'package: as it should be' : `package: ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

function tool(name: string, args: readonly string[]): void {
  const bin = join(root, 'node_modules', '.bin', name)
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: root, encoding: 'utf8' })
  if (status === 0) console.log(`${name}: no errors`)
  else problems.push(`${name}:\n${stdout}${stderr}`)
}

/** In a process of its own, through the package's name and its `exports`, as a user's code does it. */
function loads(): void {
  const esm = names('import', `const load = (name) => import(name)`)
  const cjs = names(
    'require',
    `const load = (name) => import('node:module').then((m) => m.createRequire(ROOT)(name))`,
  )
  for (const [entry, list] of Object.entries(esm)) {
    if (list.length === 0) problems.push(`${entry}: exports nothing`)
    if (list.join() !== cjs[entry]?.join())
      problems.push(
        `${entry}: import gives ${list.join(', ')}; require gives ${cjs[entry]?.join(', ') ?? 'nothing'}`,
      )
  }
}

function names(way: string, load: string): Record<string, string[]> {
  const script = `
    const ROOT = ${JSON.stringify(join(root, 'package.json'))}
    ${load}
    const seen = new Map()
    const result = {}
    for (const entry of ['upbit-rx', 'upbit-rx/operators', 'upbit-rx/testing']) {
      const module = await load(entry)
      result[entry] = Object.keys(module).filter((name) => name !== 'default').sort()
      for (const name of result[entry]) {
        if (seen.has(name) && seen.get(name) !== module[name]) throw new Error(name + ' exists twice, again in ' + entry)
        seen.set(name, module[name])
      }
    }
    process.stdout.write(JSON.stringify(result))`
  // No \`process.exit\`: an import that starts something keeps the process until the limit.
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (run.status !== 0) {
    problems.push(`${way} under plain Node failed or did not end:\n${run.stderr}`)
    return {}
  }
  console.log(`${way}: every entry loads in a plain Node and leaves nothing running`)
  return JSON.parse(run.stdout) as Record<string, string[]>
}

/** A bundler follows every import, used or not; `new Function` is refused by a page's security policy. */
function browserGraph(): void {
  const files = new Set<string>()
  const packages = new Set<string>()
  visit(join(root, 'dist/browser.js'))
  for (const name of packages) {
    if (name.startsWith('node:') || builtinModules.includes(name) || name === 'ws')
      problems.push(`the browser entry imports ${name}`)
  }
  console.log(`browser: ${files.size} files, importing ${[...packages].sort().join(', ')}`)

  function visit(file: string): void {
    if (files.has(file)) return
    files.add(file)
    const code = readFileSync(file, 'utf8')
    if (/\bnew Function\b|\beval\(/.test(code))
      problems.push(`${relative(root, file)} makes code, and the browser gets it`)
    for (const [, name] of code.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n]*?["']([^"'\n]+)["']/g)) {
      if (name === undefined) continue
      if (name.startsWith('.')) visit(join(dirname(file), name))
      else packages.add(name)
    }
  }
}

function command(): void {
  const run = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), '--help'], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (run.status !== 0 || !run.stdout.includes('upbit-rx'))
    problems.push(`upbit-rx --help: exit ${String(run.status)}\n${run.stdout}${run.stderr}`)
  else console.log('command: --help answers')
}
