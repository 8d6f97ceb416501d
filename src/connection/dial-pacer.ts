/**
 * Keeps the dials of the whole process below the exchange's limits, host by host (C11.2): at most 5 in any second and
 * 6 in any ten, whatever servers do. The small part that the process-wide limiter will replace.
 * Source: docs.upbit.com `rate-limits`, read 2026-11: 5 connects a second per address.
 */
import type { Environment } from '../base/environment'

// A little longer than the periods: dials are counted where they arrive, and the network stretches and squeezes.
const windows = [
  { periodMs: 1100, dials: 5 },
  { periodMs: 10_200, dials: 6 },
]

interface HostLog {
  /** Times of past and promised dials, oldest first. */
  dialedAtMs: number[]
  blockedUntilMs: number
  /** Blocks in a row, for doubling when the exchange states no time. */
  blocks: number
}

export interface DialPermit {
  readonly atMs: number
  readonly reason: 'connect-limit' | 'blocked'
}

export class DialPacer {
  private readonly hosts = new Map<string, HostLog>()

  /** Takes the next free place of `host` in line; the dial goes at its time, which is `nowMs` when one is free. */
  take(host: string, nowMs: number): DialPermit {
    const log = this.logOf(host)
    let atMs = Math.max(nowMs, log.blockedUntilMs)
    const reason = log.blockedUntilMs > nowMs ? 'blocked' : 'connect-limit'
    for (const { periodMs, dials } of windows) {
      const before = log.dialedAtMs[log.dialedAtMs.length - dials]
      if (before !== undefined) atMs = Math.max(atMs, before + periodMs)
    }
    log.dialedAtMs.push(atMs)
    log.dialedAtMs = log.dialedAtMs.slice(-6)
    return { atMs, reason }
  }

  /** Gives a place back that was not used. */
  release(host: string, permit: DialPermit): void {
    const { dialedAtMs } = this.logOf(host)
    const at = dialedAtMs.lastIndexOf(permit.atMs)
    if (at !== -1) dialedAtMs.splice(at, 1)
  }

  /** No dial of `host` before `blockMs` have passed; without a time 60 s, doubling with every block in a row. */
  block(host: string, nowMs: number, blockMs: number | undefined): number {
    const log = this.logOf(host)
    log.blocks++
    log.blockedUntilMs = nowMs + (blockMs ?? 60_000 * 2 ** (log.blocks - 1))
    return log.blockedUntilMs
  }

  /** A dial of `host` opened: blocks start over. */
  opened(host: string): void {
    this.logOf(host).blocks = 0
  }

  private logOf(host: string): HostLog {
    let log = this.hosts.get(host)
    if (log === undefined) {
      log = { dialedAtMs: [], blockedUntilMs: 0, blocks: 0 }
      this.hosts.set(host, log)
    }
    return log
  }
}

const pacers = new WeakMap<Environment, DialPacer>()

/** The one pacer of a clock: a virtual clock has its own, the real one serves the whole build. */
export function dialPacerOf(environment: Environment): DialPacer {
  let pacer = pacers.get(environment)
  if (pacer === undefined) pacers.set(environment, (pacer = new DialPacer()))
  return pacer
}
