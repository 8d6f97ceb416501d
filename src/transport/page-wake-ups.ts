/**
 * The moments at which a page may have slept, or been without a network, until just now. Timers of a hidden page are
 * slowed down and those of a frozen one stand still, so nothing else tells it so soon.
 */
import type { Observable } from 'rxjs'
import { catchError, defer, filter, fromEvent, map, merge, NEVER } from 'rxjs'

/**
 * What this file uses of a page; a worker has no document, and a server that renders one has neither. What only stands in for
 * one, as in tests and in apps without a page, may have a document that nobody can listen to.
 */
export interface PageGlobals extends Partial<Listened> {
  readonly document?: Partial<Listened> & Partial<Pick<Document, 'visibilityState'>>
}

type Listened = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>

/**
 * Emits at `online`, at `pageshow`, and when the page becomes visible. Listens to the page only while it is subscribed
 * to. Never ends; never emits where there is no page.
 */
export function pageWakeUps$(page: PageGlobals = globalThis): Observable<void> {
  return defer(() => {
    const { document } = page
    const visible$ = eventOf$(document, 'visibilitychange')
    return merge(
      eventOf$(page, 'online'),
      eventOf$(page, 'pageshow'),
      visible$.pipe(filter(() => document?.visibilityState === 'visible')),
    )
  }).pipe(
    map(() => undefined),
    // What stands in for a page may throw wherever it is touched.
    catchError(() => NEVER),
  )
}

function eventOf$(target: Partial<Listened> | undefined, name: string): Observable<unknown> {
  const canListen =
    typeof target?.addEventListener === 'function' && typeof target.removeEventListener === 'function'
  return canListen ? fromEvent(target as Listened as EventTarget, name) : NEVER
}
