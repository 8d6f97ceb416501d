/** What came of a chaos: what was broken, and how much there was to break. */
import type { AccountReport } from './account/account-report'
import type { ServerCounts } from './judge-limits'
import type { TradeJudgement } from './judge-trades'
import type { Violation } from './violations'
import type { Visits } from './visitors'

export interface ChaosReport {
  readonly violations: readonly Violation[]
  readonly violationCount: number
  /** Of everything that was delivered, in order. */
  readonly digest: string
  readonly delivered: number
  readonly executed: number
  readonly trades: TradeJudgement
  readonly account: AccountReport
  readonly gaps: Readonly<Record<string, number>>
  readonly errors: Readonly<Record<string, number>>
  readonly epochs: number
  readonly lives: number
  readonly visits: Visits
  readonly server: ServerCounts
  readonly samples: number
  /** How many of them found the connection live. */
  readonly live: number
}
