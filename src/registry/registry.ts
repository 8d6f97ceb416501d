/**
 * What a connection is wanted for: commands in, one desired state out, by `scan`. Counting goes on whether or not a
 * connection listens, so that the first connect and every reconnect read the same truth.
 */
import type { Observable } from 'rxjs'
import { filter, scan, share, Subject } from 'rxjs'
import type { Command, DesiredState } from './desired-state'
import { emptyDesiredState, foldCommand } from './desired-state'
import type { StreamKey } from './stream-key'

export interface Registry {
  add(keys: readonly StreamKey[]): void
  remove(keys: readonly StreamKey[]): void
  /** The present state; always the same object. */
  readonly desired: DesiredState
  /** Emits the state after each command that made an entry come or go; not the present state. Never ends. */
  readonly changes$: Observable<DesiredState>
}

export function createRegistry(): Registry {
  const commandSubject = new Subject<Command>()
  const desired = emptyDesiredState()
  const changes$ = commandSubject.pipe(
    scan(foldCommand, desired),
    filter(({ change }) => change !== 'none'),
    share(),
  )
  // Keeps the fold running while no session listens; ends with the registry itself, which nothing else holds.
  changes$.subscribe()
  return {
    add: (keys) => commandSubject.next({ kind: 'add', keys }),
    remove: (keys) => commandSubject.next({ kind: 'remove', keys }),
    desired,
    changes$,
  }
}
