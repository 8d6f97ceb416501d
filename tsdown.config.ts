/**
 * The build: ES modules and CommonJS with their declarations, one file an entry point and shared chunks between them.
 * Shared, because an error class or a client made by `upbit-rx` must be the one that `upbit-rx/testing` sees; the two
 * formats are two copies by nature, which meet on `globalThis` (C1.5).
 */
import { defineConfig } from 'tsdown'

const entries = {
  index: 'src/index.ts',
  browser: 'src/browser.ts',
  operators: 'src/operators.ts',
  record: 'src/record.ts',
  opentelemetry: 'src/opentelemetry.ts',
  testing: 'src/testing.ts',
}

export default defineConfig({
  tsconfig: 'tsconfig.build.json',
  entry: entries,
  format: {
    esm: { entry: { ...entries, 'cli/main': 'src/cli/main.ts' } },
    // Without the command line: it is a program, which nothing requires.
    cjs: {},
  },
  platform: 'node',
  // `.js` is ESM by the package's `type`.
  fixedExtension: false,
  // Nothing of `node_modules` is bundled: rxjs must be the copy that the user's schedulers move, the rest is declared.
  deps: { skipNodeModulesBundle: true },
  // The maps lead an editor from a name to its source, which the package ships.
  dts: { sourcemap: true },
  // A `using` of the test kit needs the types of ES2026 disposal; a user's `lib` need not name them.
  banner: { dts: '/// <reference lib="esnext.disposable" />\n' },
  sourcemap: true,
  // The bundler's own helpers in a file of their own; they would otherwise be exported by whichever entry needs them.
  outputOptions: (options) => ({
    ...options,
    codeSplitting: { groups: [{ name: 'rolldown-runtime', test: /rolldown.runtime/ }] },
  }),
  // Names without a hash: a declaration's report and a stack trace stay comparable between builds.
  hash: false,
  // CommonJS is asked for: whoever still requires is served (C1.5).
  checks: { legacyCjs: false },
  failOnWarn: true,
})
