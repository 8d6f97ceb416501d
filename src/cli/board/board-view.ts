/** All that a board shows at one moment, as data: rendering is a function of it and of the window's size. */
import type { ConnectionStatus } from '../../connection/status'
import type { ReplayProgress } from '../../simulator/replay-feed'
import type { MarketView } from './markets'

export interface BoardView {
  readonly nowMs: number
  readonly startedMs: number
  /** `SIMULATED`, `REPLAY`. */
  readonly badges: readonly string[]
  /** What is watched: a host, or in words what stands in its place. */
  readonly title: string
  readonly status: ConnectionStatus
  readonly markets: readonly MarketView[]
  /** Whether anything tells a price: all but order books do. */
  readonly hasPrices: boolean
  /** Whether trades are told, by tickers or one by one. */
  readonly hasTrades: boolean
  readonly hasBooks: boolean
  readonly counts: BoardCounts
  readonly problem?: { readonly text: string; readonly atMs: number }
  /** The last board, which stays: nothing is left to be ended. */
  readonly isOver?: boolean
  /** `wanted`: how many of the recording's frames are of the markets and types that are watched. */
  readonly replay?: ReplayProgress & { readonly speed: number; readonly wanted: number }
}

export interface BoardCounts {
  readonly events: number
  readonly perSecond: number
  /** From stamp to receipt; `undefined` where stamps say nothing of the present. */
  readonly lagMs: number | undefined
  /** Events that wait for the board. */
  readonly queue: number
  readonly dropped: number
  readonly gaps: number
  readonly errors: number
}

export interface WindowSize {
  readonly columns: number
  readonly rows: number
}
