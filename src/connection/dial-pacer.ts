/**
 * Keeps the dials of the whole process, of both builds together, below the exchange's limits, host by host (C11.2): at
 * most 5 in any second and 6 in any ten, whatever servers do. The small part that the process-wide limiter will replace.
 * Source: docs.upbit.com `rate-limits`, read 2026-11: 5 connects a second per address.
 *
 * Dials stand in line, and a place is only an estimate until its turn: a block that comes meanwhile holds it back.
 */
import { realEnvironment, type Environment } from '../base/environment'
import { realmSlot } from '../base/realm'
import { steadyClock } from './steady-clock'

const mostDials = 6
const longestPeriodMs = 10_200
// A little longer than the periods: dials are counted where they arrive, and the network stretches and squeezes.
const windows = [
  { periodMs: 1100, dials: 5 },
  { periodMs: longestPeriodMs, dials: mostDials },
] as const

/** Without a stated time, for the first block in a row; each further one is twice as long, up to an hour. */
const firstBlockMs = 60_000
const longestBlockMs = 3_600_000

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
    this.prune()
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
    const nowMs = this.now()
    // The answers to dials that were under way together are one block.
    if (nowMs >= line.blockedUntilMs || line.blocks === 0) line.blocks++
    // A stated time of nothing is none: taken at its word, every answer would be followed by the next dial.
    const isStated = statedMs !== undefined && statedMs > 0
    const blockMs = isStated ? statedMs : Math.min(firstBlockMs * 2 ** (line.blocks - 1), longestBlockMs)
    line.blockedUntilMs = Math.max(line.blockedUntilMs, nowMs + blockMs)
    return line.blockedUntilMs - nowMs
  }

  /** A dial of `host` opened: blocks start over. */
  opened(host: string): void {
    const line = this.lines.get(host)
    if (line !== undefined) line.blocks = 0
  }

  /** How many hosts are remembered: those in line, those blocked, and those that were dialed a moment ago. */
  get hosts(): number {
    return this.lines.size
  }

  /** Forgets the lines that have no say any more, so that ever new hosts take no memory. */
  private prune(): void {
    const nowMs = this.now()
    for (const [host, { places, dialedAtMs, blockedUntilMs, blocks }] of this.lines) {
      // Blocks in a row are remembered as long as the longest of them would be.
      const blockedAtMs = blockedUntilMs + (blocks === 0 ? 0 : longestBlockMs)
      const lastAtMs = (dialedAtMs[dialedAtMs.length - 1] ?? -Infinity) + longestPeriodMs
      if (places.length === 0 && Math.max(blockedAtMs, lastAtMs) <= nowMs) this.lines.delete(host)
    }
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

/**
 * The one pacer of a clock: a virtual clock has its own, the real one serves the whole process. Kept by the realm,
 * since the exchange counts an address and not a build; each copy of the package has a real clock of its own.
 */
export function dialPacerOf(environment: Environment): DialPacer {
  if (environment === realEnvironment) return realmSlot('dial pacer', () => new DialPacer(environment))
  const pacers = realmSlot('dial pacers', () => new WeakMap<Environment, DialPacer>())
  let pacer = pacers.get(environment)
  if (pacer === undefined) pacers.set(environment, (pacer = new DialPacer(environment)))
  return pacer
}
