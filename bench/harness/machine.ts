/** Where and on what the figures were measured. */
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'

export interface Machine {
  readonly upbitRx: string
  readonly node: string
  readonly platform: string
  readonly cpus: number
  readonly cpu: string
  /** Runnable processes, mean of the last minute, before anything was measured. */
  readonly load: number
}

export function machine(root: string): Machine {
  const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as { version: string }
  const all = cpus()
  return {
    upbitRx: manifest.version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: all.length,
    cpu: all[0]?.model.trim() ?? 'unknown',
    load: loadavg()[0] ?? 0,
  }
}

export function machineLine({ upbitRx, node, platform, cpus: count, cpu, load }: Machine): string {
  return `upbit-rx ${upbitRx} · node ${node} · ${platform} · ${count} × ${cpu} · load ${load.toFixed(1)}`
}
