/**
 * Contenders in paired rounds: in each round everyone of a group runs once, one after the other, beginning with another
 * one each time. What disturbs the machine for a while disturbs a whole round, and the round's ratios stay.
 */
import type { Values } from './child'
import type { Progress } from './progress'

export interface Contender {
  readonly id: string
  /** Not ours: may be missing, which is said and not an error. */
  readonly peer?: boolean
  run(): Promise<Values>
}

export interface Series {
  readonly id: string
  readonly peer: boolean
  /** Values by round; empty when it failed. */
  readonly rounds: readonly Values[]
  /** Why there is no figure. */
  readonly failure?: string
}

export type Measured = ReadonlyMap<string, Series>

export async function measureRounds(
  row: string,
  groups: readonly (readonly Contender[])[],
  rounds: number,
  progress: Progress,
): Promise<Measured> {
  const values = new Map<string, Values[]>()
  const failures = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    progress.round(`${row}: round ${round + 1} of ${rounds}`)
    for (const group of groups) {
      for (const { id, run } of rotated(group, round)) {
        // Once failed it would fail again, and a series with holes has no pairs.
        if (failures.has(id)) continue
        progress.step(id)
        try {
          const ofContender = values.get(id) ?? []
          values.set(id, ofContender)
          ofContender.push(await run())
        } catch (error) {
          failures.set(id, firstLine(error))
        }
      }
    }
  }
  progress.done()
  return new Map(
    groups.flat().map(({ id, peer = false }): [string, Series] => {
      const failure = failures.get(id)
      return [
        id,
        failure === undefined
          ? { id, peer, rounds: values.get(id) ?? [] }
          : { id, peer, rounds: [], failure },
      ]
    }),
  )
}

/** The values of one name, round by round; empty when the contender failed. */
export function valuesOf(measured: Measured, id: string, name = 'cpuUs'): readonly number[] {
  return measured.get(id)?.rounds.map((values) => values[name] ?? NaN) ?? []
}

/** One line for each contender without figures. */
export function failuresOf(measured: Measured): readonly string[] {
  return [...measured.values()].flatMap(({ id, failure }) =>
    failure === undefined ? [] : [`  ${id} not measured: ${failure}`],
  )
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 200) ?? 'no reason given'
  )
}
