/**
 * `npm run size`: what a page pays for the package, and for what. The first lines are of the built package, as
 * `check:package` guards them; the tables are of the same code bundled from `src/`, where each file is its own. Needs
 * `npm run build`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildOptions, BuildResult } from 'esbuild'
import { build } from 'esbuild'
import { bytesOf, pageBytes, pageOptions, tickerAlone, wholeEntry } from './check-package/page-bytes'

const root = join(import.meta.dirname, '..')

for (const [what, code] of [
  ['whole entry', wholeEntry],
  ['ticker$ alone', tickerAlone],
  ['upbit-rx/operators', "export * from 'upbit-rx/operators'"],
] as const) {
  const { gzip, minified } = await pageBytes(root, code)
  row(what, minified, gzip)
}

const whole = await fromSources()
const text = textOf(whole)
console.log('\nby folder, minified')
let largest = { file: '', bytes: 0 }
const folders = new Map<string, { files: number; bytes: number }>()
for (const [file, { bytesInOutput }] of Object.entries(
  Object.values(whole.metafile.outputs)[0]?.inputs ?? {},
)) {
  const folder = folderOf(file)
  if (file.startsWith('src/') && bytesInOutput > largest.bytes) largest = { file, bytes: bytesInOutput }
  const { files, bytes } = folders.get(folder) ?? { files: 0, bytes: 0 }
  if (bytesInOutput > 0) folders.set(folder, { files: files + 1, bytes: bytes + bytesInOutput })
}
for (const [folder, { files, bytes }] of [...folders].sort(([, a], [, b]) => b.bytes - a.bytes))
  console.log(`  ${folder.padEnd(38)} ${String(bytes).padStart(7)}  in ${files} files`)
console.log(`  the largest of them: ${largest.file}, ${largest.bytes}`)

console.log('\nwhat was tried, from the sources')
const texts = (text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`/g) ?? []).join('')
row('as it is', bytesOf(text).minified, bytesOf(text).gzip)
row('all its texts alone', bytesOf(texts).minified, bytesOf(texts).gzip)
await tried('names of TypeScript-private members', { mangleProps: privateNames() })
await tried('every member’s name (does not run)', { mangleProps: /./ })
await tried('without io-ts and fp-ts (does not run)', without(/node_modules[/\\](io-ts|fp-ts)[/\\]/))
for (const folder of ['observe', 'registry', 'operators', 'channels'])
  await tried(
    `without src/${folder} (does not run)`,
    without(new RegExp(`[/\\\\]src[/\\\\]${folder}[/\\\\]`)),
  )

function fromSources(options: BuildOptions = {}): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [join(root, 'src/browser.ts')],
    absWorkingDir: root,
    tsconfigRaw: '{}',
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    ...pageOptions(options),
    write: false,
    metafile: true,
  })
}

async function tried(what: string, options: BuildOptions): Promise<void> {
  const { minified, gzip } = bytesOf(textOf(await fromSources(options)))
  row(what, minified, gzip)
}

/** Empties files, and with them whatever they alone import: how much is gone then is the most that they can cost. */
function without(files: RegExp): BuildOptions {
  return {
    plugins: [
      {
        name: 'without',
        setup: (builder) => {
          builder.onLoad({ filter: files }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
        },
      },
    ],
  }
}

/** Those that the sources declare `private`; a name that is public elsewhere is left as it is. */
function privateNames(): RegExp {
  const sources = Object.keys(whole.metafile.inputs)
    .filter((file) => file.startsWith('src/'))
    .map((file) => readFileSync(join(root, file), 'utf8'))
  const names = sources.flatMap((source) =>
    [...source.matchAll(/\bprivate (?:readonly |static |async |get )*(\w+)/g)].map(([, name]) =>
      String(name),
    ),
  )
  return new RegExp(`^(${[...new Set(names)].join('|')})$`)
}

function textOf(result: BuildResult<{ write: false }>): string {
  return result.outputFiles[0]?.text ?? ''
}

function folderOf(file: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? []
  return name ?? /^src\/[^/]+\//.exec(file)?.[0] ?? 'src/'
}

function row(what: string, minified: number, gzip: number): void {
  console.log(`${what.padEnd(40)} ${String(minified).padStart(7)} minified ${String(gzip).padStart(7)} gzip`)
}
