/**
 * A signal that ends something, for as long as that something lives. One listener a signal, however many things it ends:
 * Node warns of a leak at the eleventh.
 */
import { rethrowLater } from '../operators/rethrow-later'

type Work = () => void

const worksOf = new WeakMap<AbortSignal, Set<Work>>()

/** Calls `work` when `signal` aborts, at once when it has; returns what stops listening. */
export function onAbort(signal: AbortSignal | undefined, work: Work): () => void {
  if (signal === undefined) return () => {}
  if (signal.aborted) {
    work()
    return () => {}
  }
  // A thing of its own, so that the same function can be given twice.
  const own: Work = () => work()
  const works = worksOf.get(signal) ?? listenTo(signal)
  works.add(own)
  return () => {
    works.delete(own)
    if (works.size > 0 || worksOf.get(signal) !== works) return
    worksOf.delete(signal)
    signal.removeEventListener('abort', aborted)
  }
}

function listenTo(signal: AbortSignal): Set<Work> {
  const works = new Set<Work>()
  worksOf.set(signal, works)
  signal.addEventListener('abort', aborted, { once: true })
  return works
}

/** One for all signals; each has a `this` of its own. Who leaves from inside another one's work is not called any more. */
function aborted(this: AbortSignal): void {
  const works = worksOf.get(this) ?? []
  worksOf.delete(this)
  for (const work of works) {
    try {
      work()
    } catch (error) {
      // As if it had listened by itself: the others are called.
      rethrowLater(error)
    }
  }
}
