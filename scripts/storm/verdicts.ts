/** What is asked of upbit-rx in a storm (C11.2), and what the server counted. */
import type { StormClient } from './clients'
import { mostInAnyWindow } from '../chaos/windows'
import type { Trial } from './trial'

/** One client's three trials; of a peer that is not here, why. */
export interface Outcome {
  readonly client: StormClient
  readonly trials: readonly Trial[]
  readonly missing: string | undefined
}

const perTenSeconds = 6
const perSecond = 5

/** The bars that upbit-rx missed, a sentence each; of a peer nothing is asked. */
export function missedBars({ client, trials }: Outcome): readonly string[] {
  if (client.peer) return []
  return trials.flatMap(({ treatment, dialsAtMs, failure }) => {
    const where = `${client.name} in ${treatment}`
    if (failure !== undefined) return [`${where}: not counted, ${failure}`]
    const inTen = mostInAnyWindow(dialsAtMs, 10_000)
    const inOne = mostInAnyWindow(dialsAtMs, 1000)
    return [
      ...(inTen > perTenSeconds ? [`${where}: ${inTen} dials in ten seconds, at most ${perTenSeconds}`] : []),
      ...(inOne > perSecond ? [`${where}: ${inOne} dials in a second, at most ${perSecond}`] : []),
    ]
  })
}
