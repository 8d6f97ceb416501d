/** `bench/recorded.json`: the figures that later runs are compared with, and where they were measured. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Machine } from '../harness/machine'
import type { Figures } from './compare'

const decimals = 3

/** No figures where nothing is recorded yet. */
export function readRecord(file: string): Figures {
  if (!existsSync(file)) return {}
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly figures: Figures }).figures
}

/** Figures that were not measured this time stay as they are, but for those that nobody guards any more. */
export function writeRecord(
  file: string,
  facts: { readonly machine: Machine },
  measured: Figures,
  guardedNames: readonly string[],
): void {
  const rounded = Object.entries(measured)
    .filter(([, value]) => Number.isFinite(value))
    .map(([name, value]) => [name, Number(value.toFixed(decimals))] as const)
  const { load: _, ...machine } = facts.machine
  const known = { ...readRecord(file), ...Object.fromEntries(rounded) }
  const figures = Object.fromEntries(Object.entries(known).filter(([name]) => guardedNames.includes(name)))
  writeFileSync(file, `${JSON.stringify({ machine, figures }, null, 2)}\n`)
}
