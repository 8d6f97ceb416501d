/** A bundle of the built package as a user's bundler makes it: through the package's name, without Node for a page. */
import type { BuildOptions, BuildResult } from 'esbuild'
import { build } from 'esbuild'

export type Bundle = BuildResult<{ write: false; metafile: true }>

export function bundle(root: string, contents: string, options: BuildOptions = {}): Promise<Bundle> {
  const isPage = (options.platform ?? 'browser') === 'browser'
  return build({
    // Paths in results are relative to it.
    absWorkingDir: root,
    stdin: { contents, resolveDir: root, sourcefile: 'user.js' },
    // Without the paths of this project's own settings, which lead to the sources.
    tsconfigRaw: '{}',
    bundle: true,
    logLevel: 'silent',
    format: 'esm',
    platform: 'browser',
    conditions: isPage ? ['browser'] : [],
    ...options,
    write: false,
    metafile: true,
  })
}
