/** The file of `--json`: every single value, by row, series and round. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Machine } from './machine'
import type { Measured } from './rounds'

export interface RunFacts {
  readonly quick: boolean
  readonly rounds: number
  readonly machine: Machine
}

export function writeJsonReport(
  file: string,
  facts: RunFacts,
  measured: Readonly<Record<string, Measured>>,
): void {
  const rows = Object.fromEntries(
    Object.entries(measured).map(([name, series]) => [name, [...series.values()]]),
  )
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(
    file,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), ...facts, rows }, null, 2)}\n`,
  )
}
