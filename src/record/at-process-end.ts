/** The last moment of a process that ends by itself: nothing is left to do, and something may still be begun. */

/** Calls `work` then, once; returns what takes that back. */
export function atProcessEnd(work: () => void): () => void {
  process.once('beforeExit', work)
  return () => void process.off('beforeExit', work)
}
