/** The tarball as `npm publish` would send it, made once for all consumers; built first where nothing is built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command'
import type { Progress } from './progress'
import { lastLines } from './last-lines'

/** @throws Error with the end of the log, when the package cannot be built or packed. */
export async function packPackage(
  root: string,
  folder: string,
  build: boolean,
  progress: Progress,
): Promise<string> {
  progress.begin('package')
  const log = join(folder, 'package.log')
  const run = async (what: string, argv: readonly [string, ...string[]]): Promise<void> => {
    progress.step(what)
    const wrong = await runCommand({ argv, cwd: root, log, limitSeconds: 180 })
    if (wrong === undefined) return
    progress.end(false, `${what}: ${wrong}`)
    throw new Error(`${lastLines(log)}\nThe package could not be packed: npm run build && npm pack --dry-run`)
  }
  const built = join(root, 'dist/index.js')
  if (build || !existsSync(built)) await run('build', ['npm', 'run', 'build'])
  await run('pack', ['npm', 'pack', '--pack-destination', folder])
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (file === undefined) throw new Error(`npm pack wrote no tarball:\n${lastLines(log)}`)
  const tarball = join(folder, file)
  const isOld = newestMs(join(root, 'src')) > statSync(built).mtimeMs
  const kilobytes = Math.round(statSync(tarball).size / 1000)
  progress.end(
    true,
    `${file}, ${kilobytes} kB${isOld ? '; dist/ is older than src/, --build makes it anew' : ''}`,
  )
  return tarball
}

function newestMs(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Math.max(...entries.map((name) => statSync(join(folder, name)).mtimeMs))
}
