/** The guard of a quick run: its figures against those on record, a second look at what is worse, and a table. */
import type { Bench, Row } from '../harness/bench'
import type { Measured } from '../harness/rounds'
import { measureRounds } from '../harness/rounds'
import { table } from '../harness/table'
import type { Compared, Figures } from './compare'
import { afterSecondLook, allowedShare, compare, faults, suspects } from './compare'
import type { Guarded } from './guarded'
import { figureOf, guarded } from './guarded'

/** Of the second look, and of what is put on record. */
const manyRounds = 9

export interface GuardReport {
  readonly text: string
  readonly failed: boolean
}

export async function guardRun(
  bench: Bench,
  rows: readonly Row[],
  measured: Readonly<Record<string, Measured>>,
  recorded: Figures,
): Promise<GuardReport> {
  const watched = watchedIn(rows)
  const now = figures(watched, measured)
  const first = compare(watched, recorded, now)
  const again = watched.filter(({ name }) => suspects(first).includes(name))
  const second = compare(again, recorded, await measureAgain(bench, rows, again), true)
  const compared = afterSecondLook(first, second)
  const bad = faults(compared)
  return { text: guardText(compared, now, bad.length), failed: bad.length > 0 }
}

/** The figures to put on record: of many rounds, since what is measured later is compared with them. */
export function recordRun(bench: Bench, rows: readonly Row[]): Promise<Figures> {
  return measureAgain(bench, rows, watchedIn(rows))
}

function watchedIn(rows: readonly Row[]): readonly Guarded[] {
  return guarded.filter(({ row }) => rows.some(({ name }) => name === row))
}

function figures(watched: readonly Guarded[], measured: Readonly<Record<string, Measured>>): Figures {
  return Object.fromEntries(
    watched.map((item) => [item.name, figureOf(item, measured[item.row] ?? new Map())]),
  )
}

async function measureAgain(
  bench: Bench,
  rows: readonly Row[],
  wanted: readonly Guarded[],
): Promise<Figures> {
  const measured: Record<string, Measured> = {}
  for (const row of rows) {
    const ids = wanted.filter((item) => item.row === row.name).flatMap(({ contenders }) => contenders)
    if (ids.length === 0) continue
    const groups = (row.groups?.(bench) ?? [])
      .map((group) => group.filter(({ id }) => ids.includes(id)))
      .filter((group) => group.length > 0)
    measured[row.name] = await measureRounds(`${row.name}, again`, groups, manyRounds, bench.progress)
  }
  return figures(wanted, measured)
}

function guardText(compared: readonly Compared[], first: Figures, bad: number): string {
  const rows = compared.map(({ name, now, recorded, change, judgement, again }) => [
    name,
    again ? `${figure(now)} (${figure(first[name])})` : figure(now),
    figure(recorded),
    change === undefined ? '' : `${change < 0 ? '−' : '+'}${Math.abs(100 * change).toFixed(0)} %`,
    verdict(judgement, again),
  ])
  const percent = 100 * allowedShare
  return [
    `guard: figures of this run against those on record; more than ${percent} % above one, twice, is a regression.`,
    '',
    table(['', 'now', 'recorded', 'change', 'verdict'], rows),
    '',
    bad === 0 ? '  nothing is worse' : `  ${bad} of ${compared.length} not as they must be`,
  ].join('\n')
}

function verdict(judgement: Compared['judgement'], again: boolean): string {
  if (judgement === 'worse') return 'REGRESSION'
  if (judgement === 'as recorded') return again ? 'ok at the second look' : 'ok'
  if (judgement === 'better') return 'better: record it'
  return `${judgement.toUpperCase()}${judgement === 'not recorded' ? ': run with --record' : ''}`
}

function figure(value = NaN): string {
  if (!Number.isFinite(value)) return '–'
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(2)
}
