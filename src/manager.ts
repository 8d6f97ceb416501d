/**
 * One per process, target and account: owns the connections, their consumers and their account. Every client, proxy
 * and top-level function of the same target works through it, so that nobody's subscription replaces another's.
 */
import type { Observable } from 'rxjs'
import { Subject } from 'rxjs'
import type { Environment } from './base/environment'
import type { UpbitError } from './base/errors'
import { realmSlot } from './base/realm'
import type { ConsumePorts } from './channels/consume'
import type { GapEvent } from './channels/gap-event'
import type { ConsumerConfig, Membership } from './channels/consumer-config'
import type { ConsumerAccount, Counted } from './channels/hub'
import { Hub } from './channels/hub'
import type { Owner } from './channels/owner'
import type { ConnectionStatus } from './connection/status'
import type { Accounting } from './observe/accounting'
import { accountingOf } from './observe/accounting'
import type { Tally } from './operators/delivery'
import type { Reporter } from './observe/reporter'
import { createReporter } from './observe/reporter'
import type { ResolvedOptions, UpbitOptions } from './options'
import { alreadyConfigured, differingOption, isSameAccount, resolveOptions } from './options'
import { platform } from './platform'
import type { PromiseOptions } from './promise-options'
import { checkPromiseOptions, toPromise } from './promise-options'

/** One for all clients of a host and account; isolated ones are not in it. */
const managers = (): Set<GlobalWebSocketManager> =>
  realmSlot('managers', () => new Set<GlobalWebSocketManager>())

interface SharedSlot {
  /** What `configureUpbit` was given: a function, so that no inspector of `globalThis` shows the keys in it (C8.3). */
  configured: () => UpbitOptions
  /** The shared one, from its first use on. */
  manager: GlobalWebSocketManager | undefined
}

const sharedSlot = (): SharedSlot =>
  realmSlot('shared', (): SharedSlot => ({ configured: () => ({}), manager: undefined }))

/**
 * The one owner of a target's connections in this process: every client and every top-level function of that target
 * works through it. What it tells is of all of them; `Upbit` has the same for what one client needs.
 *
 * @example
 * ```ts
 * import { GlobalWebSocketManager, ticker$ } from 'upbit-rx'
 *
 * const manager = GlobalWebSocketManager.shared()
 * manager.errors$.subscribe(({ code, message }) => console.error(code, message))
 * const subscription = ticker$('KRW-BTC').subscribe()
 * console.log(manager.consumers(), manager.accounting().events)
 * subscription.unsubscribe()
 * await manager.shutdown()
 * ```
 */
export class GlobalWebSocketManager {
  /** Every loss and its end (C7). Never errors, never completes. */
  readonly gaps$: Observable<GapEvent>
  /** Every problem at run time (C8). Never errors, never completes. */
  readonly errors$: Observable<UpbitError>

  /** @internal How many clients hold it; the last one closes it. */
  clients = 0

  readonly #options: ResolvedOptions
  readonly #gapSubject = new Subject<GapEvent>()
  readonly #reporter: Reporter
  readonly #hub: Hub
  readonly #lost = (gap: GapEvent): void => {
    // The second notice of a gap is no second gap; losses of one consumer have one notice only.
    if (gap.phase === 'opened' || !['disconnect', 'rejected'].includes(gap.cause)) this.#gaps++
    this.#gapSubject.next(gap)
  }
  #gaps = 0
  #isClosed = false

  /** @internal Use `GlobalWebSocketManager.shared()` or `createUpbit()`. */
  constructor(options: ResolvedOptions) {
    const { environment, logger } = options
    this.#options = options
    this.#reporter = createReporter({ environment, logger, warn: platform().warn })
    this.errors$ = this.#reporter.errors$
    this.gaps$ = this.#gapSubject.asObservable()
    this.#hub = new Hub({
      ...options,
      createReader: options.codeGeneration ? platform().createReader : undefined,
      error: this.#reporter.report,
      gap: this.#lost,
    })
  }

  /**
   * The one behind `ticker$` and its siblings, in this process, whichever build of the package asks. Asking is a use:
   * from here on `configureUpbit` accepts no other options, until it has been shut down.
   */
  static shared(): GlobalWebSocketManager {
    const shared = sharedSlot()
    if (shared.manager === undefined || shared.manager.isClosed) {
      shared.manager = GlobalWebSocketManager.of(shared.configured())
    }
    return shared.manager
  }

  /** @internal Whether it has been used, and not shut down since. */
  static get isSharedInUse(): boolean {
    return sharedSlot().manager?.isClosed === false
  }

  /** @internal What the shared one has, or would have if it were used now. No use of it. */
  static sharedOptions(): ResolvedOptions {
    const { manager, configured } = sharedSlot()
    return manager?.isClosed === false ? manager.options : resolveOptions(configured())
  }

  /** @internal Options for the shared one; throws where the one in use has others. */
  static configure(options: UpbitOptions): void {
    const shared = sharedSlot()
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
    const configured: UpbitOptions = { ...shared.configured(), ...given }
    const isUsed = GlobalWebSocketManager.isSharedInUse
    // Not used yet, but another client's connection may stand where it will look for one.
    const existing = isUsed ? shared.manager : standing(configured, resolveOptions(configured))
    throwIfDiffering(isUsed ? options : configured, existing)
    shared.configured = () => configured
  }

  /** @internal Forgets the shared one and its options; ends it where no client does. */
  static async forgetShared(): Promise<void> {
    const shared = sharedSlot()
    const { manager } = shared
    shared.manager = undefined
    shared.configured = () => ({})
    if (manager?.clients === 0) await manager.shutdown()
  }

  /** @internal The process's manager of the target that `options` name, or one of its own when they say so. */
  static of(options: UpbitOptions): GlobalWebSocketManager {
    const resolved = resolveOptions(options)
    if (options.isolated === true) return new GlobalWebSocketManager(resolved)
    const existing = standing(options, resolved)
    throwIfDiffering(options, existing)
    if (existing !== undefined) return existing
    const manager = new GlobalWebSocketManager(resolved)
    managers().add(manager)
    return manager
  }

  /** The public connection's status; emits the present one first, then each change. Never errors, never completes. */
  get status$(): Observable<ConnectionStatus> {
    return this.#hub.status$
  }

  /** The public connection's status now. */
  get status(): ConnectionStatus {
    return this.#hub.status
  }

  /** Whether it was shut down; whoever asks for its target afterwards gets another one. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The sums over connections and consumers, past ones included. */
  accounting(): Accounting {
    return accountingOf(this.#hub, this.#gaps)
  }

  /** The consumers that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.#hub.consumers
  }

  /**
   * Completes the streams and ends the handlers of all its clients, and closes its connections. Resolves when no socket
   * of it is left. A later subscription, of whichever client, starts afresh.
   *
   * @throws UpbitError rejects with `TIMEOUT` after `timeoutMs`, with `ABORTED` when `signal` aborts.
   */
  async shutdown(options: PromiseOptions = {}): Promise<void> {
    checkPromiseOptions(options)
    // First: what subscribes again from inside its completion must find another one.
    this.#isClosed = true
    managers().delete(this)
    this.#hub.end()
    await toPromise(this.#hub.close$(), 'shutdown', this, options)
  }

  /** @internal One client less: its consumers end, and the last client shuts it down. */
  async release(client: Owner, options: PromiseOptions): Promise<void> {
    if (--this.clients > 0) this.#hub.end(client)
    else await this.shutdown(options)
  }

  /** @internal Completes the streams and ends the handlers of one owner. */
  end(owner: Owner): void {
    this.#hub.end(owner)
  }

  /** @internal The consumers of one owner that are there now. */
  consumersOf(owner: Owner): readonly Counted[] {
    return this.#hub.of(owner)
  }

  /** @internal The account of one owner's own consumers, past ones included. */
  totalOf(owner: Owner): Tally {
    return this.#hub.totalOf(owner)
  }

  /** What it was made with. A getter, so that an inspector does not show a url that holds a token (C8.3). */
  get options(): ResolvedOptions {
    return this.#options
  }

  /** @internal */
  get environment(): Environment {
    return this.#options.environment
  }

  /** @internal Whether a client with these options is of the same host and account. */
  isTargetOf(options: UpbitOptions, { url }: ResolvedOptions): boolean {
    return hostOf(url) === hostOf(this.#options.url) && isSameAccount(this.#options, options)
  }

  /** @internal The first of the given options that differs from its own. */
  differingOption(options: UpbitOptions): keyof UpbitOptions | undefined {
    return differingOption(options, this.#options)
  }

  /** @internal */
  report(error: UpbitError): void {
    this.#reporter.report(error)
  }

  /** @internal */
  enrol(consumer: ConsumerConfig): Membership {
    return this.#hub.enrol(consumer)
  }

  /** @internal What `consume` needs: a name, a place in the account, and where to tell. */
  consumePorts(owner: Owner): ConsumePorts {
    return {
      environment: this.environment,
      error: this.#reporter.report,
      lost: this.#lost,
      nextName: () => this.#hub.nameOf(owner, 'consume'),
      count: (counted, end) => this.#hub.count(counted, { owner, end }),
    }
  }
}

/** The one that a client with these options shares, if it is there. */
function standing(options: UpbitOptions, resolved: ResolvedOptions): GlobalWebSocketManager | undefined {
  return [...managers()].find((manager) => manager.isTargetOf(options, resolved))
}

function hostOf(url: string): string {
  return new URL(url).host
}

function throwIfDiffering(options: UpbitOptions, existing: GlobalWebSocketManager | undefined): void {
  const differing = existing?.differingOption(options)
  if (differing !== undefined) throw alreadyConfigured(differing)
}
