/**
 * One connection with what hangs on it: its registry, the routes of its events, the gaps of its entries. The main lane
 * carries everything; another one exists only for a second price grouping of a book (C9.4).
 */
import type { Subscription } from 'rxjs'
import { UpbitError } from '../base/errors'
import type { Connection, ConnectionConfig } from '../connection/connection'
import { createConnection } from '../connection/connection'
import type { StreamKey } from '../registry/stream-key'
import type { Registry } from '../registry/registry'
import { createRegistry } from '../registry/registry'
import type { Consumer } from './consumer'
import type { GapEvent } from './gap-event'
import { GapTracker } from './gap-tracker'
import { Router } from './router'
import { SlowConsumers } from './slow-consumers'

export interface LanePorts extends Omit<ConnectionConfig, 'registry' | 'reports'> {
  error(error: UpbitError): void
  gap(gap: GapEvent): void
}

export class Lane {
  readonly connection: Connection
  private readonly registry: Registry = createRegistry()
  private readonly router: Router<Consumer>
  private readonly gaps: GapTracker
  private readonly consumers = new Set<Consumer>()
  private onWire: ReadonlySet<string> = new Set()
  private receiving: Subscription | undefined

  constructor(private readonly ports: LanePorts) {
    this.gaps = new GapTracker({ environment: ports.environment, tell: (gap) => this.tellGap(gap) })
    const slow = new SlowConsumers(ports.environment, (error) => ports.error(error))
    this.connection = createConnection({ ...ports, registry: this.registry, reports: this.reports() })
    this.router = new Router<Consumer>({
      counters: this.connection.counters,
      resumed: (route, event) => this.gaps.resumed(route.key.id, event),
      fanOut: (consumers, event) => slow.fanOut(consumers, event),
      stepped: ({ type, code, epoch }) =>
        ports.error(
          new UpbitError(
            'CLOCK_STEPPED',
            `The exchange's stamps of ${type} ${code} went back and stayed back.`,
            {
              stream: `${type} ${code}`,
              epoch,
              nextStep:
                'Nothing: delivery goes on from the newest stamp. Order by received_at across this moment.',
            },
          ),
        ),
    })
  }

  /** The consumer receives these entries: the newest state at once where there is one, then everything new. */
  join(consumer: Consumer, keys: readonly StreamKey[]): void {
    this.consumers.add(consumer)
    // Before the replay, so that leaving from inside it takes off what was added.
    this.registry.add(keys)
    for (const key of keys) {
      // The replay may have been all it wanted.
      if (!this.consumers.has(consumer)) return
      const route = this.router.open(key)
      // On the route before the replay: what the replay's callback causes must reach this consumer too.
      route.add(consumer)
      if (route.memory !== undefined && consumer.takesMemory) {
        consumer.offer({ ...route.memory, source: 'memory' })
      }
    }
    if (this.consumers.has(consumer)) this.receive()
  }

  leave(consumer: Consumer, keys: readonly StreamKey[]): void {
    if (!this.consumers.delete(consumer)) return
    for (const { type, code, level } of keys) this.router.find(type, code, level)?.remove(consumer)
    this.registry.remove(keys)
    if (this.consumers.size > 0) return
    this.receiving?.unsubscribe()
    this.receiving = undefined
    this.connection.hold(false)
  }

  private receive(): void {
    this.connection.hold(true)
    if (this.receiving !== undefined) return
    const subscription = this.connection.events$.subscribe({
      next: (event) => this.router.dispatch(event),
      error: (error: unknown) => this.refused(error as UpbitError),
    })
    if (!subscription.closed) this.receiving = subscription
  }

  /** Refused for good: every consumer gets the error, and a later one starts afresh. */
  private refused(error: UpbitError): void {
    this.receiving = undefined
    for (const consumer of [...this.consumers]) consumer.fail(error)
  }

  private reports(): ConnectionConfig['reports'] {
    const { error } = this.ports
    return {
      error,
      opened: () => this.router.forgetMemory(),
      lost: (epoch, lastSignMs, cause) => {
        this.router.forgetMemory()
        this.gaps.lost(this.wantedKeys(), epoch, lastSignMs, cause)
        this.onWire = new Set()
      },
      ended: () => {
        this.onWire = new Set()
        this.router.forgetMemory()
        this.gaps.forget(() => false)
        this.router.prune(() => false)
      },
      sent: (ids) => {
        this.onWire = ids
        this.gaps.forget((id) => ids.has(id))
        this.router.prune((id) => ids.has(id))
      },
      rejected: (keys, { name, message }) => {
        for (const key of keys) this.rejectConsumersOf(key, name, message)
      },
      undecodable: (problem, epoch) => {
        const { path, expected, actual, type, code } = problem
        const stream = type === undefined ? undefined : [type, code].filter(Boolean).join(' ')
        this.gaps.undecodable(problem, epoch)
        error(
          new UpbitError(
            'UNDECODABLE',
            `${stream ?? 'A frame'}: ${path} should be ${expected}, found ${actual}.`,
            {
              path,
              epoch,
              ...(stream === undefined ? {} : { stream }),
              nextStep:
                'The frame was skipped. If it goes on, the exchange changed its frames: update upbit-rx.',
            },
          ),
        )
      },
      drift: (name) =>
        error(
          new UpbitError('SCHEMA_DRIFT', `The exchange sends something unknown: ${name}.`, {
            path: name,
            nextStep: 'Nothing breaks: it is not passed on. Update upbit-rx to receive it.',
          }),
        ),
      silent: ({ id }) =>
        error(
          new UpbitError('SILENT_CODE', `${id} has sent nothing within 5 s of being accepted.`, {
            stream: id,
            nextStep: 'Check that the market exists and, for an order book, that it supports the level.',
          }),
        ),
    }
  }

  private rejectConsumersOf({ type, code, level, id }: StreamKey, name: string, message: string): void {
    for (const consumer of this.router.find(type, code, level)?.consumers ?? []) {
      consumer.fail(
        new UpbitError('REJECTED', `The exchange refused ${id}: ${name} ${message}`.trimEnd(), {
          serverName: name,
          serverMessage: message,
          stream: id,
          consumer: consumer.name,
          nextStep: 'Correct the request and subscribe again; other consumers are not affected.',
        }),
      )
    }
  }

  /** What was on the wire and is still wanted; the rest was about to leave it. */
  private *wantedKeys(): Iterable<StreamKey> {
    for (const { key } of this.registry.desired.entries.values()) if (this.onWire.has(key.id)) yield key
  }

  private tellGap(gap: GapEvent): void {
    this.ports.gap(gap)
    const route = this.router.find(gap.event ?? '', gap.code ?? '', gap.level)
    for (const consumer of route?.consumers ?? []) consumer.notice(gap)
  }
}
