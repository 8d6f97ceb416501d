/** What every row is given, and what it gives back. */
import type { Progress } from './progress'
import type { Contender, Measured } from './rounds'
import type { Workspace } from './workspace'
import type { Server } from './server'

export interface Bench {
  readonly quick: boolean
  readonly rounds: number
  /** Whether others are measured too. */
  readonly peers: boolean
  readonly workspace: Workspace
  readonly server: Server
  /** Why peers cannot be measured, if so. */
  readonly peersMissing: string | undefined
  readonly progress: Progress
}

export interface RowReport {
  /** What is printed. */
  readonly text: string
  /** What `--json` writes. */
  readonly measured: Measured
}

export interface Row {
  readonly name: string
  readonly withPeers?: boolean
  /** Who competes with whom, for whoever wants some of them again. */
  groups?(bench: Bench): readonly (readonly Contender[])[]
  measure(bench: Bench): Promise<RowReport>
}
