/**
 * One per process, target and account: owns the connections, their consumers and their account. Every client, proxy
 * and top-level function of the same target works through it, so that nobody's subscription replaces another's.
 */
import type { Observable } from 'rxjs'
import { Subject } from 'rxjs'
import type { UpbitError } from './base/errors'
import type { GapEvent } from './channels/gap-event'
import type { ConsumerAccount, Membership, NewConsumer } from './channels/hub'
import { Hub } from './channels/hub'
import type { ConnectionStatus } from './connection/status'
import type { Accounting } from './observe/accounting'
import { accountingOf } from './observe/accounting'
import type { Reporter } from './observe/reporter'
import { createReporter } from './observe/reporter'
import type { ResolvedOptions, UpbitOptions } from './options'
import { alreadyConfigured, differingOption, resolveOptions } from './options'
import { platform } from './platform'
import { realmSlot } from './realm'

/** By host; isolated ones are not in it. */
const sharedManagers = (): Map<string, GlobalWebSocketManager> => realmSlot('managers', () => new Map())

/** What `configureUpbit` was given. */
export const configured = (): { options: UpbitOptions } => realmSlot('configured', () => ({ options: {} }))

export class GlobalWebSocketManager {
  /** Every loss and its end (C7). Never errors. */
  readonly gaps$: Observable<GapEvent>
  /** Every problem at run time (C8). Never errors. */
  readonly errors$: Observable<UpbitError>

  /** @internal How many clients use it; the last one closes it. */
  clients = 0

  private readonly gapSubject = new Subject<GapEvent>()
  private readonly reporter: Reporter
  private readonly hub: Hub
  private gaps = 0

  /** @internal Use `GlobalWebSocketManager.shared()` or `createUpbit()`. */
  constructor(readonly options: ResolvedOptions) {
    const { environment, logger } = options
    this.reporter = createReporter({ environment, logger, warn: platform().warn })
    this.errors$ = this.reporter.errors$
    this.gaps$ = this.gapSubject.asObservable()
    this.hub = new Hub({
      ...options,
      error: (error) => this.report(error),
      gap: (gap) => {
        // The second notice of a gap is no second gap; losses of one consumer have one notice only.
        if (gap.phase === 'opened' || !['disconnect', 'rejected'].includes(gap.cause)) this.gaps++
        this.gapSubject.next(gap)
      },
    })
  }

  /** The one behind `ticker$` and its siblings, in this process, whichever build of the package asks. */
  static shared(): GlobalWebSocketManager {
    return GlobalWebSocketManager.of(configured().options)
  }

  /** @internal The process's manager of the target that `options` name, or one of its own when they say so. */
  static of(options: UpbitOptions): GlobalWebSocketManager {
    const resolved = resolveOptions(options)
    const managers = sharedManagers()
    const target = targetOf(resolved)
    const existing = options.isolated === true ? undefined : managers.get(target)
    if (existing !== undefined) {
      const differing = differingOption(options, existing.options)
      if (differing !== undefined) throw alreadyConfigured(differing)
      return existing
    }
    const manager = new GlobalWebSocketManager(resolved)
    if (options.isolated !== true) managers.set(target, manager)
    return manager
  }

  /** The public connection's status; emits the present one first. */
  get status$(): Observable<ConnectionStatus> {
    return this.hub.status$
  }

  /** The public connection's status now. */
  get status(): ConnectionStatus {
    return this.hub.status
  }

  /** The sums over connections and consumers, past ones included. */
  accounting(): Accounting {
    return accountingOf(this.hub, this.gaps)
  }

  /** The consumers that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.hub.consumers
  }

  /** @internal */
  report(error: UpbitError): void {
    this.reporter.report(error)
  }

  /** @internal */
  join(consumer: NewConsumer): Membership {
    return this.hub.join(consumer)
  }

  /** @internal Closes it for good: whoever asks for the target afterwards gets another one. */
  close$(): Observable<void> {
    const managers = sharedManagers()
    const target = targetOf(this.options)
    if (managers.get(target) === this) managers.delete(target)
    return this.hub.close$()
  }
}

/** What is shared: the host of the url. The account joins it with the private connection. */
function targetOf({ url }: ResolvedOptions): string {
  return new URL(url).host
}
