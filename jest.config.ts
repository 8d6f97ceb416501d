/** @jest-config-loader esbuild-register */
/**
 * The test runner: every `spec/**\/*.spec.ts`, compiled by swc, with the coverage of `src/` as a gate on `npm run coverage`.
 * Nothing forces the process to end: a spec that leaves a socket or a timer behind must show.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from 'jest'

const config: Config = {
  testEnvironment: 'node',
  // `src` is a root too: coverage counts a file that no spec imports only where jest has seen it.
  roots: ['<rootDir>/src', '<rootDir>/spec'],
  testMatch: ['<rootDir>/spec/**/*.spec.ts'],
  moduleNameMapper: {
    '^upbit-rx$': '<rootDir>/src/index.ts',
    '^upbit-rx/(opentelemetry|operators|record|testing)$': '<rootDir>/src/$1.ts',
  },
  transform: {
    '^.+\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esModulePackages().join('|')})/)`],
  testTimeout: 10_000,
  collectCoverageFrom: ['src/**/*.ts'],
  coverageReporters: ['text-summary', 'lcovonly', 'json-summary'],
  coverageThreshold: { global: { lines: 95, branches: 90 } },
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.mjs'],
}

export default config

/**
 * The names of the installed packages that ship ES modules. Jest runs CommonJS, so these are compiled too; found by
 * looking, because a terminal library brings a dozen of them and the list would be out of date at every upgrade.
 */
function esModulePackages(folder = join(__dirname, 'node_modules'), found = new Set<string>()): string[] {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.name.startsWith('@')) {
      for (const name of readdirSync(path)) visit(`${entry.name}/${name}`, join(path, name))
    } else {
      visit(entry.name, path)
    }
  }
  return [...found].sort()

  function visit(name: string, path: string): void {
    const manifest = join(path, 'package.json')
    if (!existsSync(manifest)) return
    if ((JSON.parse(readFileSync(manifest, 'utf8')) as { type?: string }).type === 'module') found.add(name)
    esModulePackages(join(path, 'node_modules'), found)
  }
}
