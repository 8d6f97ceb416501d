/** What a run leaves behind: handles that hold the process, and heap, after everything that can be collected has been. */
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface Leftovers {
  readonly heapBytes: number
  /** Kinds of handles, one entry each. */
  readonly handles: readonly string[]
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** After a moment in which sockets close and weak things go. */
export async function settled(): Promise<Leftovers> {
  for (let round = 0; round < 3; round++) {
    await wait(30)
    collect()
  }
  return { heapBytes: process.memoryUsage().heapUsed, handles: process.getActiveResourcesInfo().sort() }
}

/** The kinds of which there are more than before, by name and number. */
export function leftovers(before: Leftovers, after: Leftovers): readonly string[] {
  const count = (handles: readonly string[], kind: string): number =>
    handles.filter((handle) => handle === kind).length
  return [...new Set(after.handles)].flatMap((kind) => {
    const more = count(after.handles, kind) - count(before.handles, kind)
    return more > 0 ? [`${more} × ${kind}`] : []
  })
}
