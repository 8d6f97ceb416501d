/**
 * What a connection is wanted for: commands in, one desired state out, by `scan`. Counting goes on whether or not a
 * connection listens, so that the first connect and every reconnect read the same truth.
 */
import type { Observable } from 'rxjs'
import { connectable, filter, scan, Subject } from 'rxjs'
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
  const changes$ = connectable(
    commandSubject.pipe(
      scan(foldCommand, desired),
      filter(({ change }) => change !== 'none'),
    ),
  )
  // For good: the fold runs while no session listens, and ends with the registry, which nothing else holds.
  changes$.connect()
  return {
    add: (keys) => commandSubject.next({ kind: 'add', keys }),
    remove: (keys) => commandSubject.next({ kind: 'remove', keys }),
    desired,
    changes$,
  }
}
