/** `docs/guides/observing.md` and its translation have the same figures, units, conditions and thresholds as the code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { healthCodes, healthThresholds } from '../../src/observe/health-options'
import { instruments, unitOf } from '../../src/observe/instruments'
import { metricTable } from '../../src/observe/metric-table'
import { aTrade } from '../../src/testing'
import { world } from '../support/world'

const folder = join(__dirname, '..', '..', 'docs', 'guides')
const bare = (cell = ''): string => cell.replaceAll('`', '')

/** The rows of the tables of a page, by the number of the table. */
function tablesOf(name: string): readonly (readonly (readonly string[])[])[] {
  const lines = readFileSync(join(folder, name), 'utf8').split('\n')
  const tables: string[][][] = []
  lines.forEach((line, at) => {
    if (!line.startsWith('|')) return
    if (lines[at - 1]?.startsWith('|') !== true) tables.push([])
    const cells = line.split('|').slice(1, -1)
    tables.at(-1)?.push(cells.map((cell) => cell.trim()))
  })
  return tables.map((rows) => rows.slice(2))
}

describe.each(['observing.md', 'observing.ko.md'])('docs/guides/%s', (page) => {
  const [conditions = [], thresholds = [], figures = [], telemetry = []] = tablesOf(page)

  it('has a row for each condition of health, in the order of the set', () => {
    const codes = conditions.map(([code]) => bare(code)).filter((code) => code !== '')
    expect(codes).toEqual([...healthCodes])
    for (const [, status, condition = ''] of conditions) {
      expect(['degraded', 'critical']).toContain(status)
      expect(condition.length).toBeGreaterThan(5)
    }
  })

  it('has every threshold with its default', () => {
    const told = Object.fromEntries(thresholds.map(([name, value = '']) => [bare(name), JSON.parse(value)]))
    expect(told).toEqual(healthThresholds())
  })

  it('has every figure with its unit, its window and of what there is one', () => {
    const told = figures.map(([name, unit, window, of]) => [bare(name), unit, window, of])
    const known = Object.entries(metricTable).map(([name, { unit, window, of }]) => [
      name,
      unit,
      window,
      of.join(', '),
    ])
    expect(told).toEqual(known)
  })

  it('has every instrument with its kind, unit and figure', () => {
    const told = telemetry.map(([name, kind, unit, figure]) => [name, kind, unit, figure].map(bare))
    const known = instruments.map((each) => [each.name, each.kind, unitOf(each), each.metric])
    expect(told).toEqual([...known, ['upbit.health', 'gauge', '1', 'status']])
  })
})

describe('the figures themselves', () => {
  it('are those of the table, where the table says', () => {
    const { upbit, exchange, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    pass(40_000)
    exchange.emit(aTrade())
    const { connections, types, consumers, limits: _, ...all } = upbit.getPerformanceMetrics()
    // What is absent while nothing has been observed, and what names a row.
    const sometimes = ['average_latency_ms', 'slowest_ms', 'clock_offset_ms']
    const names = ['at_ms', 'connection', 'state', 'type', 'consumer', 'receives']
    for (const [scope, row] of [
      ['all', all],
      ['connection', connections[0]],
      ['type', types[0]],
      ['consumer', consumers[0]],
    ] as const) {
      const known = Object.entries(metricTable)
        .filter(([name, { of }]) => of.some((each) => each === scope) && !sometimes.includes(name))
        .map(([name]) => name)
      const there = Object.keys(row ?? {}).filter((name) => ![...sometimes, ...names].includes(name))
      expect([scope, ...there.sort()]).toEqual([scope, ...known.sort()])
    }
  })
})
