/**
 * The build that is measured: the settings of the package's own, without declarations and CommonJS, and with the
 * parts of `internals.ts` as one entry more. It goes where `BENCH_BUILD` says, so that a build of the package that
 * somebody starts during a run does not change what is measured.
 */
import { defineConfig } from 'tsdown'
import packageConfig from '../tsdown.config'

export default defineConfig({
  ...packageConfig,
  entry: { index: 'src/index.ts', testing: 'src/testing.ts', internals: 'bench/internals.ts' },
  format: 'esm',
  dts: false,
  outDir: process.env.BENCH_BUILD ?? 'temp/bench/build',
  cwd: new URL('..', import.meta.url).pathname,
})
