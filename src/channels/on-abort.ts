/** A signal that ends something, for as long as that something lives. */

/** Calls `work` when `signal` aborts, at once when it has; returns what stops listening. */
export function onAbort(signal: AbortSignal | undefined, work: () => void): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    work()
    return () => {}
  }
  const listener = (): void => work()
  signal.addEventListener('abort', listener, { once: true })
  return () => signal.removeEventListener('abort', listener)
}
