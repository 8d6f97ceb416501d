/** What came of a chaos: what was broken, and how much there was to break. */
import type { AccountReport } from './account/account-report'
import type { PlannedFault } from './fault-plan'
import type { ServerCounts } from './judge-limits'
import type { TradeJudgement } from './judge-trades'
import type { Violation } from './violations'
import type { Visits } from './visitors'

export interface ChaosReport {
  readonly violations: readonly Violation[]
  readonly violationCount: number
  /** What was done and when, in the world's time: the calm between rounds, which no plan knows, is in it. */
  readonly inflicted: readonly PlannedFault[]
  /** Of everything that was delivered, in order. */
  readonly digest: string
  readonly delivered: number
  readonly executed: number
  readonly trades: TradeJudgement
  readonly account: AccountReport
  /** Entries of a subscription that the exchange lost, by how they came back. */
  readonly forgotten: Readonly<Record<string, number>>
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
