/**
 * What a run needs on disk: a build of its own of the package, and the frames. Both are made anew in a directory of the
 * run's own and go with it, so that neither an old build nor one that is made meanwhile is measured.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { pathToFileURL } from 'node:url'
import { makeFrames } from './frames'

const run = promisify(execFile)

export interface Workspace {
  /** The package as URLs of its built entries. */
  readonly build: { readonly build: string; readonly testing: string; readonly internals: string }
  readonly frameDirectory: string
  remove(): void
}

export async function createWorkspace(root: string): Promise<Workspace> {
  const directory = `${root}/temp/bench-${process.pid}`
  const remove = (): void => rmSync(directory, { recursive: true, force: true })
  try {
    await buildPackage(root, `${directory}/build`)
    const entry = (name: string): string => pathToFileURL(`${directory}/build/${name}.js`).href
    const build = { build: entry('index'), testing: entry('testing'), internals: entry('internals') }
    const frameDirectory = `${directory}/frames`
    mkdirSync(frameDirectory, { recursive: true })
    await makeFrames(build.testing, frameDirectory)
    return { build, frameDirectory, remove }
  } catch (error) {
    remove()
    throw error
  }
}

async function buildPackage(root: string, outDirectory: string): Promise<void> {
  const tsdown = createRequire(`${root}/package.json`).resolve('tsdown/run')
  await run(process.execPath, [tsdown, '--config', 'bench/tsdown.config.ts'], {
    cwd: root,
    env: { ...process.env, BENCH_BUILD: outDirectory },
    timeout: 120_000,
  })
}
