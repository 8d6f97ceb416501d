/**
 * The manager that a client works through. After a shutdown the closed one, until a new use takes another: what a client
 * tells goes on from one to the next.
 */
import { BehaviorSubject, Observable, switchMap } from 'rxjs'
import type { Environment } from './base/environment'
import type { Owner } from './channels/owner'
import type { GlobalWebSocketManager } from './manager'
import type { PromiseOptions } from './promise-options'
import type { RestCalls } from './rest/rest-calls'

export class HeldManager {
  readonly #acquire: () => GlobalWebSocketManager
  readonly #managerSubject: BehaviorSubject<GlobalWebSocketManager>
  /** The manager that counts this client. */
  #held: GlobalWebSocketManager | undefined
  /** Those of the present manager. */
  #calls: RestCalls | undefined

  constructor(
    acquire: () => GlobalWebSocketManager,
    private readonly owner: Owner,
  ) {
    this.#acquire = acquire
    this.#managerSubject = new BehaviorSubject(this.#take())
  }

  /** The present one, which may be closed. No use of it. */
  get present(): GlobalWebSocketManager {
    return this.#managerSubject.value
  }

  /** The one to work through: after a shutdown another one. */
  use(): GlobalWebSocketManager {
    if (this.#held?.isClosed === false) return this.#held
    const manager = this.#take()
    if (manager !== this.present) this.#managerSubject.next(manager)
    return manager
  }

  /** The REST calls of this client, on the manager to work through. */
  useRest(): { readonly calls: RestCalls; readonly environment: Environment } {
    const manager = this.use()
    return { calls: (this.#calls ??= manager.callsOf(this.owner)), environment: manager.environment }
  }

  /** What `select$` has of each manager in turn. */
  of$<T>(select$: (manager: GlobalWebSocketManager) => Observable<T>): Observable<T> {
    return this.#managerSubject.pipe(switchMap(select$))
  }

  /** What `begin` does to each manager in turn; returns what ends that. */
  with(begin: (manager: GlobalWebSocketManager) => () => void): () => void {
    const going = this.of$((manager) => new Observable<never>(() => begin(manager))).subscribe()
    return () => going.unsubscribe()
  }

  /** Lets go of it: resolves when what it had of this client has ended. */
  async release(options: PromiseOptions): Promise<void> {
    const held = this.#held
    this.#held = undefined
    if (held?.isClosed === false) await held.release(this.owner, options)
    // Another call, or the manager itself, is closing it: wait for that.
    else if (this.present.isClosed) await this.present.shutdown(options)
  }

  #take(): GlobalWebSocketManager {
    const manager = this.#acquire()
    manager.clients++
    this.#held = manager
    this.#calls = undefined
    return manager
  }
}
