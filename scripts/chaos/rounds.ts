/**
 * The rounds of a chaos: some in which everything breaks, one in which only the account's side does, one in which only the
 * public side does. A pure function of the seed, the number of faults, the kinds and the length, as the plans in it are.
 */
import type { FaultKind } from './fault-kinds'
import type { PlannedFault, PlanOptions } from './fault-plan'
import { faultPlan } from './fault-plan'

/** What is broken; the other side must not notice. */
export type Side = 'both' | 'public' | 'account'

export interface Round {
  readonly side: Side
  readonly durationMs: number
  /** Times are since the round began. */
  readonly plan: readonly PlannedFault[]
}

/** For each fault of the rest, so many of the account beside. */
const accountShare = 0.4
/** An account's connection is what its promises are about: it breaks more often. */
const accountBreakingShare = 0.3
/** What is shorter is one round: after each there is calm, which takes its time. */
const shortestOfSeveralMs = 120_000
const shares: readonly (readonly [Side, number])[] = [
  ['both', 0.3],
  ['account', 0.2],
  ['public', 0.2],
  ['both', 0.3],
]

export function roundsOf({ seed, faults, durationMs, kinds }: PlanOptions): readonly Round[] {
  const ofAccount = kinds.filter(({ where }) => where === 'account')
  const others = kinds.filter(({ where }) => where !== 'account')
  if (ofAccount.length === 0 || others.length === 0) {
    const side = others.some(isOfBoth) ? 'both' : ofAccount.length === 0 ? 'public' : 'account'
    return [{ side, durationMs, plan: faultPlan({ seed, faults, durationMs, kinds }) }]
  }
  const rounds = durationMs < shortestOfSeveralMs ? ([['both', 1]] as const) : shares
  const whole = (side: Side): number =>
    rounds.reduce((sum, [of, share]) => sum + (of === 'both' || of === side ? share : 0), 0)
  const planOf = (
    round: number,
    side: Side,
    of: readonly FaultKind[],
    count: number,
  ): readonly PlannedFault[] => {
    const [broken, share] = rounds[round] as readonly [Side, number]
    if (broken !== 'both' && broken !== side) return []
    return faultPlan({
      seed: `${seed}/${side}/${round}`,
      faults: Math.max(1, Math.round((count * share) / whole(side))),
      durationMs: Math.floor(durationMs * share),
      kinds: broken === 'both' ? of : of.filter((kind) => !isOfBoth(kind)),
      ...(side === 'account' ? { breakingShare: accountBreakingShare } : {}),
    })
  }
  return rounds.map(([side, share], round) => ({
    side,
    durationMs: Math.floor(durationMs * share),
    plan: [
      ...planOf(round, 'public', others, faults),
      ...planOf(round, 'account', ofAccount, faults * accountShare),
    ].sort((one, other) => one.atMs - other.atMs),
  }))
}

/** What is between the two carries both connections. */
function isOfBoth({ where }: FaultKind): boolean {
  return where === 'network' || where === 'link'
}

/** All faults in one list, as if no time passed between the rounds. */
export function wholePlan(rounds: readonly Round[]): readonly PlannedFault[] {
  let beganMs = 0
  return rounds.flatMap(({ plan, durationMs }) => {
    const fromMs = beganMs
    beganMs += durationMs
    return plan.map((fault) => ({ ...fault, atMs: fromMs + fault.atMs }))
  })
}
