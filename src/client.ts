/** A client: streams and handlers of one target, on the manager that the process shares for it. */
import type { Observable } from 'rxjs'
import { defer } from 'rxjs'
import type { UpbitError } from './base/errors'
import type { Channels } from './channels/channels'
import { createChannels } from './channels/channels'
import type { ConsumeOptions } from './channels/consume'
import { consumeStream } from './channels/consume'
import type { GapEvent } from './channels/gap-event'
import type { UpbitSubscription } from './channels/handle'
import type { ConsumerAccount, Membership, NewConsumer } from './channels/hub'
import type { ConnectionStatus } from './connection/status'
import { GlobalWebSocketManager } from './manager'
import type { Accounting } from './observe/accounting'
import type { UpbitOptions } from './options'
import type { PromiseOptions } from './promise-options'
import { toPromise } from './promise-options'
import type { StreamKey } from './registry/stream-key'

export class Upbit implements Channels {
  readonly ticker$: Channels['ticker$']
  readonly trade$: Channels['trade$']
  readonly orderbook$: Channels['orderbook$']
  readonly candle$: Channels['candle$']
  readonly subscribeTicker: Channels['subscribeTicker']
  readonly subscribeTrade: Channels['subscribeTrade']
  readonly subscribeOrderbook: Channels['subscribeOrderbook']
  readonly subscribeCandle: Channels['subscribeCandle']

  private readonly members = new Map<Membership, NewConsumer>()
  private acquired: GlobalWebSocketManager | undefined
  private names = 0

  /** @internal Use `createUpbit`. */
  constructor(private readonly options: UpbitOptions) {
    this.acquired = acquire(options)
    const channels = createChannels({
      join: (consumer) => this.join(consumer),
      nameOf: (keys) => this.nameOf(keys),
      error: (error) => this.manager.report(error),
    })
    this.ticker$ = channels.ticker$
    this.trade$ = channels.trade$
    this.orderbook$ = channels.orderbook$
    this.candle$ = channels.candle$
    this.subscribeTicker = channels.subscribeTicker
    this.subscribeTrade = channels.subscribeTrade
    this.subscribeOrderbook = channels.subscribeOrderbook
    this.subscribeCandle = channels.subscribeCandle
  }

  /** The manager that this client shares with others of its target; after a shutdown a new one. */
  get manager(): GlobalWebSocketManager {
    return (this.acquired ??= acquire(this.options))
  }

  /** The public connection's status: emits the present one, then each change. Completes never. */
  get status$(): Observable<ConnectionStatus> {
    return defer(() => this.manager.status$)
  }

  /** Every problem at run time (`docs/errors.md`). Never errors. */
  get errors$(): Observable<UpbitError> {
    return defer(() => this.manager.errors$)
  }

  /** Every loss and its end. Never errors. */
  get gaps$(): Observable<GapEvent> {
    return defer(() => this.manager.gaps$)
  }

  /**
   * Any composed stream with the treatment of a handler: one value at a time, a bounded buffer, failures reported on
   * `errors$` and survived. The stream's own error ends it and is reported.
   *
   * @throws UpbitError `INVALID_OPTION` for an option out of range.
   */
  consume<T>(
    stream$: Observable<T>,
    handler: (value: T) => unknown,
    options: ConsumeOptions<T> = {},
  ): UpbitSubscription {
    const { manager } = this
    return consumeStream(
      {
        environment: manager.options.environment,
        error: (error) => manager.report(error),
        nextName: () => `consume #${++this.names}`,
      },
      stream$,
      handler,
      options,
    )
  }

  /** The sums over the connections and consumers of this target. */
  accounting(): Accounting {
    return this.manager.accounting()
  }

  /** The consumers of this target that are there now, each with its account. */
  consumers(): readonly ConsumerAccount[] {
    return this.manager.consumers()
  }

  /**
   * Completes this client's streams and ends its handlers; the last client of a target closes its connections.
   * Resolves when nothing of that is left. A later subscription starts afresh.
   *
   * @throws UpbitError rejects with `TIMEOUT` after `timeoutMs`, with `ABORTED` when `signal` aborts.
   */
  async shutdown(options: PromiseOptions = {}): Promise<void> {
    const manager = this.acquired
    if (manager === undefined) return
    this.acquired = undefined
    for (const [membership, consumer] of [...this.members]) {
      membership.leave()
      consumer.target.complete()
    }
    if (--manager.clients > 0) return
    await toPromise(manager.close$(), 'shutdown', manager, options)
  }

  /** @internal */
  join(consumer: NewConsumer): Membership {
    const joined = this.manager.join(consumer)
    const membership: Membership = {
      consumer: joined.consumer,
      leave: () => {
        this.members.delete(membership)
        joined.leave()
      },
    }
    this.members.set(membership, consumer)
    return membership
  }

  /** @internal */
  nameOf(keys: readonly StreamKey[]): string {
    const more = keys.length > 1 ? ` +${keys.length - 1}` : ''
    return `${keys[0]?.id ?? 'consumer'}${more} #${++this.names}`
  }
}

function acquire(options: UpbitOptions): GlobalWebSocketManager {
  const manager = GlobalWebSocketManager.of(options)
  manager.clients++
  return manager
}
