/**
 * The shape of the built package: publint and attw, then what neither can see. Each entry loads in a plain Node as ES
 * module and as CommonJS, says the same names in both, and leaves nothing running; a name that two entries share is
 * one value; a bundle for a page needs nothing of Node and keeps the entry's platform; the command answers. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

const root = join(import.meta.dirname, '..')
const problems: string[] = []

tool('publint', ['--strict'])
// Node 10's resolution knows no `exports`; every Node that the package runs on does.
tool('attw', ['--pack', '.', '--profile', 'node16', '--no-definitely-typed', '--format', 'ascii'])
loads()
bundles()
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
  // No `process.exit`: an import that starts something keeps the process until the limit.
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

/**
 * As a user's bundler takes it. For a page everything must resolve without Node, nothing may make code at run time (a
 * page's security policy refuses it), and for both targets `sideEffects` must not cost the entry its platform.
 */
function bundles(): void {
  for (const platform of ['browser', 'node'] as const) {
    const code = "import { ticker$ } from 'upbit-rx'; globalThis.ticker$ = ticker$"
    const { outputFiles, metafile, errors } = buildSync({
      stdin: { contents: code, resolveDir: root },
      // Without the paths of this project's own settings, which lead to the sources.
      tsconfigRaw: '{}',
      bundle: true,
      write: false,
      metafile: true,
      logLevel: 'silent',
      format: 'esm',
      platform,
      conditions: platform === 'browser' ? ['browser'] : [],
    })
    for (const error of errors) problems.push(`bundle for ${platform}: ${error.text}`)
    const text = outputFiles[0]?.text ?? ''
    if (!/(?<!function )\binstallPlatform\(/.test(text))
      problems.push(`bundle for ${platform}: the entry's platform is gone, see "sideEffects" in package.json`)
    const inputs = Object.keys(metafile.inputs)
    if (platform === 'browser') {
      if (/\bnew Function\b|\beval\(/.test(text))
        problems.push('bundle for browser: it makes code at run time')
      if (inputs.some((input) => /node_modules\/ws\//.test(input)))
        problems.push('bundle for browser: it contains ws')
    }
    console.log(`bundle for ${platform}: ${inputs.length} files, ${Math.round(text.length / 1024)} KB`)
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
