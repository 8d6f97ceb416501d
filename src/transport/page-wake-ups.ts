/**
 * The moments at which a page may have slept, or been without a network, until just now. Timers of a hidden page are
 * slowed down and those of a frozen one stand still, so nothing else tells it so soon.
 */
import type { Observable } from 'rxjs'
import { defer, filter, fromEvent, map, merge, NEVER } from 'rxjs'

/** What this file uses of a page; a worker has no document, and a server that renders one has neither. */
export interface PageGlobals {
  readonly addEventListener?: EventTarget['addEventListener']
  readonly document?: EventTarget & Pick<Document, 'visibilityState'>
}

/**
 * Emits at `online`, at `pageshow`, and when the page becomes visible. Listens to the page only while it is subscribed
 * to. Never ends; never emits where there is no page.
 */
export function pageWakeUps$(page: PageGlobals = globalThis): Observable<void> {
  return defer(() => {
    const { document } = page
    const isPage = typeof page.addEventListener === 'function'
    const global$ = isPage
      ? merge(...['online', 'pageshow'].map((name) => fromEvent(page as EventTarget, name)))
      : NEVER
    const visible$ = document
      ? fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible'))
      : NEVER
    return merge(global$, visible$)
  }).pipe(map(() => undefined))
}
