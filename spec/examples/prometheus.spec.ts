/**
 * The scrape of `examples/12-prometheus.ts`, run as a user runs it, is in Prometheus's text format, and has what the
 * dashboard shows.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { instruments } from '../../src/observe/instruments'

const root = join(__dirname, '..', '..')

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Throws at a line that is none of the format (prometheus.io, `exposition_formats`, read 2026-11). */
function parse(text: string): {
  readonly samples: readonly Sample[]
  readonly types: ReadonlyMap<string, string>
} {
  const types = new Map<string, string>()
  const samples = text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const type = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped)$/.exec(line)
      if (type !== null) types.set(type[1]!, type[2]!)
      if (line.startsWith('#')) return []
      const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (-?(?:[\d.]+(?:e[+-]?\d+)?)|NaN|[+-]Inf)$/.exec(line)
      if (sample === null) throw new Error(`no line of the format: ${line}`)
      const [, name = '', inner = '', value = ''] = sample
      const labels = [...inner.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)",?/g)]
      expect(labels.map(([all]) => all).join('')).toBe(inner)
      return [
        {
          name,
          labels: Object.fromEntries(labels.map(([, key = '', is = '']) => [key, is])),
          value: Number(value),
        },
      ]
    })
  return { samples, types }
}

/** The name that Prometheus has for an instrument. */
const prometheusName = (name: string): string => {
  const kind = instruments.find((each) => each.name === name)?.kind
  return `${name.replace(/\./g, '_')}${kind === 'counter' ? '_total' : ''}`
}

const dashboard = readFileSync(join(root, 'examples', '12-prometheus', 'grafana-dashboard.json'), 'utf8')
const shown = [...new Set([...dashboard.matchAll(/upbit_\w+/g)].map(([name]) => name))]

describe('the scrape of examples/12-prometheus.ts', () => {
  let scrape: ReturnType<typeof parse>

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', join(root, 'scripts', 'example.ts'), '12'],
      { cwd: root, timeout: 30_000 },
    )
    expect(stdout).toMatch(/^# serving http:\/\/127\.0\.0\.1:\d+\/metrics$/m)
    scrape = parse(stdout)
  }, 40_000)

  it('is of what was received', () => {
    const of = (name: string, labels: object): number | undefined =>
      scrape.samples.find(
        (each) => each.name === name && Object.entries(labels).every(([key, is]) => each.labels[key] === is),
      )?.value
    expect(of('upbit_events_total', { type: 'ticker' })).toBeGreaterThanOrEqual(20)
    expect(of('upbit_sessions_total', { connection: 'public' })).toBe(1)
    expect(of('upbit_consumer_delivered_total', { consumer: 'saver' })).toBeGreaterThan(0)
    expect(of('upbit_lag', { type: 'ticker', quantile: '0.99' })).toBeGreaterThanOrEqual(0)
    expect(of('upbit_health', {})).toBe(0)
    expect(scrape.types.get('upbit_frames_total')).toBe('counter')
  })

  it('has every series that the dashboard shows, but for limits that nothing waited for', () => {
    const there = new Set(scrape.samples.map(({ name }) => name))
    const known = new Set([...instruments.map(({ name }) => prometheusName(name)), 'upbit_health'])
    expect(shown.length).toBeGreaterThan(20)
    expect(shown.filter((name) => !known.has(name))).toEqual([])
    const missing = shown.filter((name) => !there.has(name) && !name.startsWith('upbit_limit_'))
    expect(missing).toEqual([])
  })
})

describe('grafana-dashboard.json', () => {
  it('has panels that do not overlap, each with a title and a query of its data source', () => {
    const { panels } = JSON.parse(dashboard) as {
      panels: readonly {
        id: number
        title: string
        gridPos: { x: number; y: number; w: number; h: number }
        targets: readonly { expr: string }[]
      }[]
    }
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
    )
    expect(new Set(cells).size).toBe(cells.length)
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    for (const { title, targets } of panels) {
      expect(title).not.toBe('')
      for (const { expr } of targets) expect(expr).toMatch(/upbit_\w+/)
    }
  })
})
