/** Which way the frames of a connection were read, and why not the quickest one. */
export interface ReadCounts {
  /** Frames that the fused reader recognised by their bytes. */
  fused: number
  /** Frames that `JSON.parse` and the guard read. */
  guarded: number
  /** Frames that went the slow way: control frames, lists of several, drift, and all that is rejected. */
  slow: number
  /** Frames of which no more was read than whose they are: nobody wanted them, or a newer one came before their turn. */
  skimmed: number
  /** How often a fused reader was made, the first time included. */
  learned: number
  /** Where fused readers gave up, by field: `ticker.market_state`. */
  readonly stoppedAt: Record<string, number>
}

export function newReadCounts(): ReadCounts {
  // No prototype: a new field's name comes from the network.
  return {
    fused: 0,
    guarded: 0,
    slow: 0,
    skimmed: 0,
    learned: 0,
    stoppedAt: Object.create(null) as Record<string, number>,
  }
}
