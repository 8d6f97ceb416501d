/** What the two processes of a load answer with. */

export interface ServerSide {
  readonly written: number
  readonly elapsedMs: number
  /** The most that waited in the server's process for a client that had not read yet. */
  readonly mostBytes: number
  /** The longest that a market waited for its next frame. */
  readonly longestWaitMs: number
  /** Turns in which too much waited to write more. */
  readonly held: number
  /** The client went away before the end. */
  readonly left: boolean
}

export interface Percentiles {
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
  readonly count: number
}

export interface HeapSample {
  readonly atMs: number
  readonly usedBytes: number
}

export type Counts = Readonly<Record<string, number>>

export interface ClientSide {
  readonly elapsedMs: number
  readonly cpuUs: number
  readonly heap: readonly HeapSample[]
  /** From the server's write to the callback. */
  readonly latencyUs: Percentiles
  readonly lagMs: Percentiles
  /** The longest between two deliveries of a market. */
  readonly longestSilenceMs: number
  /** The account's growth while it was measured. */
  readonly window: Counts
  /** The account at the end. */
  readonly total: Counts
  readonly byType: Counts
  readonly drift: Counts
  /** The accounts of the consumers, group by group. */
  readonly groups: Readonly<Record<string, Counts>>
  /** By group, of the fast consumers: how often their callbacks were called, as these count it. */
  readonly calls: Counts
  /** From the server's last write to our last frame. */
  readonly drainedMs: number
}

export interface MeasuredLoad {
  readonly seconds: number
  readonly server: ServerSide
  readonly client: ClientSide
}

/** Slope of the used heap over the samples, by least squares: bytes a minute. */
export function heapBytesPerMinute(heap: readonly HeapSample[]): number {
  const meanAt = mean(heap.map(({ atMs }) => atMs))
  const meanBytes = mean(heap.map(({ usedBytes }) => usedBytes))
  let [covariance, variance] = [0, 0]
  for (const { atMs, usedBytes } of heap) {
    covariance += (atMs - meanAt) * (usedBytes - meanBytes)
    variance += (atMs - meanAt) ** 2
  }
  return variance === 0 ? 0 : (60_000 * covariance) / variance
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function cpuPercent({ cpuUs, elapsedMs }: ClientSide): number {
  return (100 * cpuUs) / (1000 * elapsedMs)
}

/** Of the frames that came while it was measured, in a hundred, those that were read whole. */
export function decodedPercent({ window }: ClientSide): number {
  // Frames that were only looked into are counted where the package knows the difference.
  return (100 * ((window.decoded ?? 0) - (window.skimmed ?? 0))) / (window.frames ?? NaN)
}

export function receivedPerSecond({ window, elapsedMs }: ClientSide): number {
  return (1000 * (window.frames ?? NaN)) / elapsedMs
}
