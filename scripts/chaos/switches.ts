/** How the exchange behaves where nobody knows: drawn by the seed, so that many runs see many exchanges. */
import { seededRandom } from '../../src/base/seeded-random'
import type { ExchangeSwitches } from '../../src/testing'

export function switchesOf(seed: number): Partial<ExchangeSwitches> {
  const random = seededRandom(`${seed}/switches`)
  const pick = <T>(...list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return {
    idleCloseMs: pick(60_000, 120_000),
    pingFrameIsActivity: pick(true, false),
    stragglers: pick<'seeded' | number>('seeded', 0, 2),
    stragglerFormat: pick('new', 'old'),
    controlFrames: pick('binary', 'text'),
    listAnswer: pick('object', 'list'),
    listCodes: pick('without-suffix', 'with-suffix'),
    numbers: pick('as-seen', 'plain'),
    unknownField: pick(false, true),
    dataAfterError: pick(false, true),
    limitViolation: pick('close', 'stay-open'),
    limitName: pick('TOO_MANY_REQUEST', 'Too Many Requests'),
    limitWindow: pick('fixed', 'sliding'),
  }
}
