/** A chaos from its beginning to the last delivery, on whatever time its runner has. */
import type { ChaosRun } from './chaos-run'
import { overAtMs } from './inflict'
import type { Round } from './rounds'

/** Lets so much of the world's time pass, or less when something has come true. */
export type Pass = (ms: number, until?: () => boolean) => Promise<void>

/** Backoff, a block and a hung dial in a row. */
const recoveryMs = 240_000
/** The same again, with polls that wait long after failures, and a call of trading. */
const defaultSettleMs = 240_000
const calmMs = 15_000
const readyMs = 20_000

export async function playRounds(
  run: ChaosRun,
  rounds: readonly Round[],
  pass: Pass,
  settleMs = defaultSettleMs,
): Promise<void> {
  run.begin()
  await pass(readyMs, () => run.account.isReady)
  if (!run.account.isReady) run.violations.add('C12', `the account is not known after ${readyMs / 1000} s`)
  for (const round of rounds) {
    run.storm(round)
    await pass(Math.max(round.durationMs, overAtMs(round.plan) + 500))
    run.heal()
    await pass(recoveryMs, () => run.isWell)
    if (!run.isWell) {
      run.violations.add(
        'C4',
        run.silent.length === 0
          ? `what the exchange had lost was not asked for again within ${recoveryMs / 1000} s after the last fault`
          : `${run.silent.join(', ')}: nothing came within ${recoveryMs / 1000} s after the last fault`,
      )
    }
    await pass(calmMs)
    run.account.rest()
    await pass(settleMs, () => run.account.isSettled)
    run.judge(round)
  }
}
