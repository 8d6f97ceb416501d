/**
 * Keeps the dials of the whole process below the exchange's limits, host by host (C11.2): at most 5 in any second and
 * 6 in any ten, whatever servers do. The small part that the process-wide limiter will replace.
 * Source: docs.upbit.com `rate-limits`, read 2026-11: 5 connects a second per address.
 *
 * Dials stand in line, and a place is only an estimate until its turn: a block that comes meanwhile holds it back.
 */
import type { Environment } from '../base/environment'
import { steadyClock } from './steady-clock'

// A little longer than the periods: dials are counted where they arrive, and the network stretches and squeezes.
const windows = [
  { periodMs: 1100, dials: 5 },
  { periodMs: 10_200, dials: 6 },
] as const
const mostDials = 6

/** Without a stated time, for the first block in a row; each further one is twice as long. */
const firstBlockMs = 60_000

export interface DialWait {
  /** 0 when the dial may go now. */
  readonly delayMs: number
  readonly reason: 'connect-limit' | 'blocked'
}

/** One dial that stands in line. */
export interface DialPlace {
  /** How long it still has to wait, as things stand. */
  wait(): DialWait
  /** The dial goes now. */
  go(): void
  /** Leaves the line; without effect once it went. */
  leave(): void
}

interface Line {
  readonly places: DialPlace[]
  /** When the last dials went, oldest first. */
  dialedAtMs: readonly number[]
  blockedUntilMs: number
  /** Blocks in a row. */
  blocks: number
}

export class DialPacer {
  private readonly lines = new Map<string, Line>()
  private readonly now: () => number

  constructor(environment: Environment) {
    this.now = steadyClock(environment)
  }

  /** Stands at the end of the line of `host`. */
  join(host: string): DialPlace {
    const line = this.lineOf(host)
    const leave = (): void => {
      const index = line.places.indexOf(place)
      if (index !== -1) line.places.splice(index, 1)
    }
    const place: DialPlace = {
      wait: () => this.waitOf(line, place),
      go: () => {
        leave()
        line.dialedAtMs = [...line.dialedAtMs, this.now()].slice(-mostDials)
      },
      leave,
    }
    line.places.push(place)
    return place
  }

  /** No dial of `host` before `statedMs` have passed, or what doubling says; returns the time it took. */
  block(host: string, statedMs: number | undefined): number {
    const line = this.lineOf(host)
    const blockMs = statedMs ?? firstBlockMs * 2 ** line.blocks
    line.blocks++
    line.blockedUntilMs = Math.max(line.blockedUntilMs, this.now() + blockMs)
    return line.blockedUntilMs - this.now()
  }

  /** A dial of `host` opened: blocks start over. */
  opened(host: string): void {
    this.lineOf(host).blocks = 0
  }

  private waitOf({ places, dialedAtMs, blockedUntilMs }: Line, place: DialPlace): DialWait {
    const nowMs = this.now()
    const earliestMs = Math.max(nowMs, blockedUntilMs)
    const atMs = [...dialedAtMs]
    // As if all who are ahead went as soon as they may.
    for (let ahead = places.indexOf(place); ahead >= 0; ahead--) atMs.push(nextAtMs(atMs, earliestMs))
    const reason = blockedUntilMs > nowMs ? 'blocked' : 'connect-limit'
    return { delayMs: (atMs[atMs.length - 1] as number) - nowMs, reason }
  }

  private lineOf(host: string): Line {
    let line = this.lines.get(host)
    if (line === undefined) {
      line = { places: [], dialedAtMs: [], blockedUntilMs: 0, blocks: 0 }
      this.lines.set(host, line)
    }
    return line
  }
}

/** When a dial may go after these, which are in order. */
function nextAtMs(dialedAtMs: readonly number[], earliestMs: number): number {
  return Math.max(
    earliestMs,
    ...windows.map(({ periodMs, dials }) => (dialedAtMs[dialedAtMs.length - dials] ?? -Infinity) + periodMs),
  )
}

const pacers = new WeakMap<Environment, DialPacer>()

/** The one pacer of a clock: a virtual clock has its own, the real one serves the whole build. */
export function dialPacerOf(environment: Environment): DialPacer {
  let pacer = pacers.get(environment)
  if (pacer === undefined) pacers.set(environment, (pacer = new DialPacer(environment)))
  return pacer
}
