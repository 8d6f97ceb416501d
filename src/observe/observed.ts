/** What of a manager is looked at. */
import type { Environment } from '../base/environment'
import type { Hub } from '../channels/hub'
import type { Budget } from '../rate-limit/budget'
import type { Figures } from './figures'
import type { HandlerFailures } from './handler-failures'
import type { HealthThresholds } from './health-options'
import type { RecentErrors } from './recent-errors'
import type { SecondCounts } from './second-counts'

export interface Observed {
  readonly environment: Environment
  readonly hub: Hub
  readonly figures: Figures
  readonly thresholds: HealthThresholds
  readonly errors: RecentErrors
  readonly failures: HandlerFailures
  /** Gaps of connections whose events stay missing. */
  readonly abandoned: SecondCounts
  /** Whether it was shut down. */
  readonly isClosed: () => boolean
  /** Gaps that opened. */
  readonly gaps: () => number
  /** What is left of the exchange's limits. */
  readonly budgets: () => readonly Budget[]
  /** Memory of the process, where that can be told. */
  readonly memory?: (() => MemoryUse) | undefined
}

export interface MemoryUse {
  readonly memory_bytes: number
  readonly heap_bytes: number
}
