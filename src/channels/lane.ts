/**
 * One connection with what hangs on it: its registry, the routes of its events, the gaps of its entries. The main lane
 * carries everything; another one exists only for a second price grouping of a book (C9.4).
 */
import { Subscription } from 'rxjs'
import type { UpbitError } from '../base/errors'
import type { Connection, ConnectionConfig } from '../connection/connection'
import { createConnection } from '../connection/connection'
import { publicEndpoint } from '../connection/endpoint'
import { hasState } from '../connection/silence-watch'
import type { DecodeError } from '../protocol/decode-error'
import type { StreamKey } from '../registry/stream-key'
import type { Registry } from '../registry/registry'
import { createRegistry } from '../registry/registry'
import type { BackfillSource } from './backfill-source'
import { GapFills } from './backfill/gap-fills'
import type { DroppedEvent } from './backfill/dropped-events'
import type { Consumer } from './consumer'
import type { EventHead } from './event-key'
import type { GapEvent } from './gap-event'
import type { LaneMeter, Meter } from './meter'
import { GapTracker } from './gap-tracker'
import {
  backfillFailed,
  clockStepped,
  rejected,
  schemaDrift,
  silentCode,
  undecodable,
  unlistedCode,
} from './lane-errors'
import type { NewestHead } from './route'
import { Router } from './router'
import type { Listed } from './seldom-asked'
import { SlowConsumers } from './slow-consumers'

export interface LanePorts extends Omit<
  ConnectionConfig,
  'endpoint' | 'registry' | 'reports' | 'received' | 'later' | 'meter'
> {
  readonly error: (error: UpbitError) => void
  readonly gap: (gap: GapEvent) => void
  /** The codes that the exchange lists, for when trades or candles of one are silent. */
  readonly listed$?: Listed | undefined
  readonly metering?: Meter | undefined
  /** The exchange's history; without it nothing is filled. */
  readonly backfill?: BackfillSource | undefined
}

export class Lane {
  readonly connection: Connection
  /** Where the figures of this lane are. */
  readonly meter: LaneMeter | undefined
  private readonly registry: Registry = createRegistry()
  private readonly router: Router<Consumer>
  private readonly gaps: GapTracker
  private readonly fills: GapFills | undefined
  private readonly consumers = new Set<Consumer>()
  private onWire: ReadonlySet<string> = new Set()
  /** The set that was on the wire last: of another one nothing is kept. */
  private carried: ReadonlySet<string> | undefined
  private epoch = 0
  /** Which state was wanted when the session before was lost; `undefined` while one is there. */
  private lostVersion: number | undefined
  private receiving: Subscription | undefined
  /** Questions whether a code is listed, as long as the connection is wanted. */
  private lookUps = new Subscription()

  constructor(private readonly ports: LanePorts) {
    const { environment, metering, backfill: source } = ports
    this.gaps = new GapTracker({
      environment,
      tell: (gap) => this.tellGap(gap),
      resumed: (gap, first) => this.resumed(gap, first),
    })
    if (source !== undefined) {
      this.fills = new GapFills({
        source,
        environment,
        inTurn: (work) => this.router.inTurn(work),
        tell: ports.gap,
        fault: (gap, cause) => ports.error(backfillFailed(gap, cause)),
      })
    }
    const lane = metering?.lane()
    this.meter = lane
    const slow = new SlowConsumers(environment, ports.error, metering && lane && { all: metering, lane })
    this.connection = createConnection({
      ...ports,
      endpoint: publicEndpoint,
      registry: this.registry,
      namesQuiet: ports.listed$ !== undefined,
      meter: lane,
      reports: this.reports(),
      // Not by subscribing: while the connection lingers, memory and marks have to go on (C4.3).
      received: (event) => this.router.dispatch(event),
      later: {
        interest: (type, code) => this.router.interest(type, code),
        keep: (head, bytes, read) => this.router.dispatchState(head, bytes, read),
      },
    })
    this.router = new Router<Consumer>({
      counters: this.connection.counters,
      resumed: (route, event) => this.gaps.resumed(route.key.id, event),
      fanOut: (fanOut, event) => slow.fanOut(fanOut, event),
      keep: (fanOut, latest) => slow.keep(fanOut, latest),
      stepped: (event) => ports.error(clockStepped(event)),
    })
  }

  /** Whether anybody receives from it. */
  get isWanted(): boolean {
    return this.consumers.size > 0
  }

  /** What it should carry. */
  get desired(): readonly string[] {
    return [...this.registry.desired.entries.keys()]
  }

  /** The gaps of its entries that are not ended. */
  get unresolvedGaps(): readonly GapEvent[] {
    return this.gaps.unresolved
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
      this.fills?.joined(consumer, route)
      const newest = consumer.takesMemory ? route.memory : undefined
      if (newest !== undefined) consumer.offer({ ...newest, source: 'memory' })
      if (consumer.keys.length === 1) consumer.sit(route.fanOut)
    }
    if (this.consumers.has(consumer)) this.receive()
  }

  leave(consumer: Consumer, keys: readonly StreamKey[]): void {
    if (!this.consumers.delete(consumer)) return
    for (const { type, code, level } of keys) this.router.find(type, code, level)?.remove(consumer)
    this.registry.remove(keys)
    if (this.consumers.size === 0) {
      this.receiving?.unsubscribe()
      this.receiving = undefined
    }
    // Last, since gaps that it had filled may be told to be abandoned.
    this.fills?.left(consumer)
  }

  /** Whether the entry is on the wire, or about to be. */
  has({ id }: StreamKey): boolean {
    return this.onWire.has(id) || this.registry.desired.entries.has(id)
  }

  /** Whether a newer state of the entry has been delivered. */
  isBehind({ type, code, level }: StreamKey, state: NewestHead): boolean {
    return this.router.find(type, code, level)?.isBehind(state) === true
  }

  private receive(): void {
    if (this.receiving !== undefined) return
    // In place before anything begins: a listener to the status may end the last consumer meanwhile.
    const receiving = (this.receiving = new Subscription())
    // Only to be connected; the events come by `received`.
    receiving.add(
      this.connection.events$.subscribe({ error: (error: unknown) => this.refused(error as UpbitError) }),
    )
  }

  /** Refused for good: every consumer gets the error, and a later one starts afresh. */
  private refused(error: UpbitError): void {
    this.receiving = undefined
    for (const consumer of [...this.consumers]) consumer.fail(error)
  }

  private reports(): ConnectionConfig['reports'] {
    const { error } = this.ports
    // What a callback causes must not overtake the event that it is called with.
    const inTurn = (work: () => void): void => this.router.inTurn(work)
    return {
      error,
      opened: (epoch) =>
        inTurn(() => {
          this.epoch = epoch
          const { lostVersion } = this
          this.lostVersion = undefined
          // After a session that was lost nothing is left to forget, and its successor must not wait for that.
          if (lostVersion === undefined) this.router.forgetMemory()
          // Nothing may be wanted now, and then nothing is sent that would say so.
          if (lostVersion !== this.registry.desired.version) this.forgetGaps()
        }),
      lost: (epoch, wholeUntilMs, cause) =>
        inTurn(() => {
          this.router.forgetMemory()
          this.forgetGaps()
          this.lostVersion = this.registry.desired.version
          this.gaps.lost(this.wantedKeys(), epoch, wholeUntilMs, cause)
          this.onWire = new Set()
        }),
      drifted: (difference, wholeUntilMs) => inTurn(() => this.drifted(difference, wholeUntilMs)),
      ended: () => {
        this.lookUps.unsubscribe()
        this.lookUps = new Subscription()
        inTurn(() => this.carries(new Set()))
      },
      sent: (ids) => inTurn(() => this.carries(ids)),
      rejected: (keys, { name, message }) =>
        inTurn(() => {
          for (const key of keys) {
            for (const consumer of this.consumersOf(key)) {
              consumer.fail(rejected(key, consumer.name, name, message))
            }
          }
        }),
      failed: (keys, problem) =>
        inTurn(() => {
          for (const key of keys) for (const consumer of this.consumersOf(key)) consumer.fail(problem)
        }),
      undecodable: (problem, epoch) => inTurn(() => this.undecodable(problem, epoch)),
      drift: (name) => error(schemaDrift(name)),
      silent: (key) => (hasState(key) ? error(silentCode(key)) : this.lookUp(key)),
    }
  }

  /** Trades and candles may be silent for hours; where the code is not listed they will be for ever. */
  private lookUp(key: StreamKey): void {
    const { listed$, error } = this.ports
    const told = listed$?.().subscribe((listed) => {
      if (!listed.has(key.code) && this.registry.desired.entries.has(key.id)) error(unlistedCode(key))
    })
    this.lookUps.add(told)
  }

  /** The exchange had lost entries of a session that goes on. What never spoke in it may not exist, and is not missed. */
  private drifted(difference: readonly string[], wholeUntilMs: number): void {
    const { epoch } = this
    const missing = new Set(difference)
    const lost = [...this.wantedKeys()].flatMap((key) => {
      const route = this.router.find(key.type, key.code, key.level)
      return route?.epoch === epoch && missing.has(`- ${key.id}`) ? [route] : []
    })
    for (const route of lost) route.interrupt()
    const keys = lost.map(({ key }) => key)
    this.gaps.lost(keys, epoch, wholeUntilMs, 'disconnect')
  }

  /** Of what nobody wants any more nothing is missing. */
  private forgetGaps(): void {
    this.gaps.forget((id) => this.registry.desired.entries.has(id))
  }

  /** These entries are on the wire: what is known of others ends here. */
  private carries(ids: ReadonlySet<string>): void {
    this.onWire = ids
    // What was lost of this very set, and not changed since, is what comes again.
    if (ids === this.carried) return
    this.carried = ids
    this.gaps.forget((id) => ids.has(id))
    this.router.prune((id) => ids.has(id))
  }

  private undecodable(problem: DecodeError, epoch: number): void {
    this.ports.error(undecodable(problem, epoch))
    // Which grouping of a book it was, the frame no longer says. Of what nobody receives nothing is missing.
    const route = this.router.findConsumed(problem.type, problem.code)
    if (route !== undefined) this.gaps.undecodable(route.key, epoch, problem.count ?? 1)
  }

  private consumersOf({ type, code, level }: StreamKey): readonly Consumer[] {
    return this.router.find(type, code, level)?.consumers ?? []
  }

  /** What was on the wire and is still wanted; the rest was about to leave it. */
  private *wantedKeys(): Iterable<StreamKey> {
    for (const { key } of this.registry.desired.entries.values()) if (this.onWire.has(key.id)) yield key
  }

  /** A consumer dropped what it wants back. Says the gap as it was told; `undefined`: it has to be told. */
  overflowed(consumer: Consumer, gap: GapEvent, dropped: readonly DroppedEvent[]): GapEvent | undefined {
    return this.consumers.has(consumer) ? this.fills?.overflowed(consumer, gap, dropped) : undefined
  }

  private tellGap(gap: GapEvent): void {
    this.ports.gap(gap)
    const route = this.router.find(gap.event ?? '', gap.code ?? '', gap.level)
    for (const consumer of route?.consumers ?? []) consumer.notice(gap)
    if (gap.phase === 'opened' && route !== undefined) this.fills?.opened(route)
  }

  /** Whoever has it filled is told its end by the fill. */
  private resumed(gap: GapEvent, first: EventHead): void {
    const route = this.router.find(gap.event ?? '', gap.code ?? '', gap.level)
    const served = route === undefined ? undefined : this.fills?.resumed(gap, route, first)
    const others = (route?.consumers ?? []).filter((consumer) => served?.has(consumer) !== true)
    if (others.length > 0 || served === undefined || served.size === 0) this.ports.gap(gap)
    for (const consumer of others) {
      const isLate = gap.phase === 'abandoned' && consumer.backfill !== undefined
      consumer.notice(isLate ? { ...gap, reason: 'joined-late' } : gap)
    }
  }
}
