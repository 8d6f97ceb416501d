/**
 * What goes wrong and when: a pure function of the seed, the number of faults, the kinds and the length. Faults that
 * break connections come in spells with calm between, since a client that is never let in has nothing to lose.
 */
import { createHash } from 'node:crypto'
import { seededRandom } from '../../src/base/seeded-random'
import type { Draw, FaultKind, Parameters } from './fault-kinds'

export interface PlannedFault {
  /** Since the storm began, ms. */
  readonly atMs: number
  readonly kind: string
  readonly parameters: Parameters
}

export interface PlanOptions {
  readonly seed: number | string
  readonly faults: number
  readonly durationMs: number
  readonly kinds: readonly FaultKind[]
  /** The share of faults that break connections, where both sorts are among the kinds. Default 0.1. */
  readonly breakingShare?: number
}

const defaultBreakingShare = 0.1
/** A spell, and the calm after it: longer than the ten seconds after which a session counts as stable (C10.1). */
const spellMs = 3_000
const calmMs = 27_000

export function faultPlan({
  seed,
  faults,
  durationMs,
  kinds,
  breakingShare = defaultBreakingShare,
}: PlanOptions): readonly PlannedFault[] {
  const random = seededRandom(`${seed}/plan`)
  const draw: Draw = {
    whole: (from, to) => from + Math.floor(random() * (to - from + 1)),
    pick: (list) => list[Math.floor(random() * list.length)] as (typeof list)[number],
  }
  const breaking = kinds.filter((kind) => kind.breaks)
  const others = kinds.filter((kind) => !kind.breaks)
  return (
    Array.from({ length: faults }, (): PlannedFault => {
      const isBreaking = others.length === 0 || (breaking.length > 0 && random() < breakingShare)
      const kind = weighted(isBreaking ? breaking : others, random())
      const atMs = Math.floor(random() * durationMs)
      return {
        atMs: isBreaking ? intoSpell(atMs, durationMs) : atMs,
        kind: kind.name,
        parameters: kind.draw(draw),
      }
    })
      // Sorting is stable: faults of one millisecond keep the order in which they were drawn.
      .sort((one, other) => one.atMs - other.atMs)
  )
}

/** The plan as a short text that another run of the same seed must print too. */
export function planDigest(plan: readonly PlannedFault[]): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 16)
}

/** The same share of the time, squeezed into the spells; a plan shorter than one is one spell. */
function intoSpell(atMs: number, durationMs: number): number {
  const cycleMs = spellMs + calmMs
  if (durationMs <= cycleMs) return Math.floor((atMs * spellMs) / cycleMs)
  const cycle = Math.floor(atMs / cycleMs)
  return cycle * cycleMs + Math.floor(((atMs - cycle * cycleMs) * spellMs) / cycleMs)
}

function weighted(kinds: readonly FaultKind[], at: number): FaultKind {
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0)
  let left = at * total
  for (const kind of kinds) {
    left -= kind.weight
    if (left < 0) return kind
  }
  return kinds[kinds.length - 1] as FaultKind
}
