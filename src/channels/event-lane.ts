/**
 * A connection of another endpoint than the public one, with what hangs on it: its registry, who receives which of its
 * events, the gaps of its entries. Its events are no states, so nothing is remembered for whoever comes late, and where
 * they are to be judged, or what was missed is to be fetched, whoever made the lane does it.
 */
import { Subscription } from 'rxjs'
import type { UpbitError } from '../base/errors'
import type { Connection, ConnectionConfig } from '../connection/connection'
import { createConnection } from '../connection/connection'
import type { EndpointEvent } from '../connection/endpoint'
import type { DecodeError } from '../protocol/decode-error'
import type { StreamEvent } from '../protocol/stream-event'
import type { AnyType } from '../protocol/wire'
import type { Registry } from '../registry/registry'
import { createRegistry } from '../registry/registry'
import type { StreamKey } from '../registry/stream-key'
import { streamKey } from '../registry/stream-key'
import type { Consumer } from './consumer'
import { EventRoutes } from './event-routes'
import type { GapEvent } from './gap-event'
import { GapTracker } from './gap-tracker'
import { HeldBack } from './held-back'
import { rejected, schemaDrift, undecodable } from './lane-errors'
import type { LaneMeter, Meter } from './meter'
import { SlowConsumers } from './slow-consumers'
import { Turns } from './turns'

/** What whoever made a lane of events may want to be told of. */
export interface LaneHooks {
  /** Somebody has come or left: what it carries, and whether it is wanted at all, may be other than before. */
  wanted?(): void
  /** A frame could not be read. */
  undecodable?(): void
  /** A session was lost that we did not end. */
  lost?(): void
  /** The exchange had lost these, `- myOrder`, some time after `wholeUntilMs`, and is sent everything anew. */
  drifted?(difference: readonly string[], wholeUntilMs: number): void
  /** These entries were asked for: of no others anything comes. */
  sent?(ids: ReadonlySet<string>): void
  /** The exchange has what was asked for last: what happens from now on comes. */
  accepted?(ids: ReadonlySet<string>): void
  /** Nobody wants it any more, and its socket is gone. */
  ended?(): void
  /** Refused for good. Returns whether the consumers are served otherwise; else they get the error. */
  refused?(error: UpbitError): boolean
}

/** What a lane of events may carry. */
export type LaneEvent = StreamEvent & EndpointEvent

export interface EventLanePorts<E extends LaneEvent>
  extends Omit<ConnectionConfig<E>, 'registry' | 'reports' | 'received' | 'later' | 'meter'>, LaneHooks {
  readonly error: (error: UpbitError) => void
  readonly gap: (gap: GapEvent) => void
  readonly metering?: Meter | undefined
  /** Where an event goes: to the consumers of the keys with this route. */
  routeOf(event: StreamEvent): string
  routeOfKey(key: StreamKey): string
  /** Whether what was missed of a type is fetched, so that its gaps are ended by `endGaps`; without it, nothing is. */
  readonly isFetched?: ((type: AnyType) => boolean) | undefined
  /** Whether an event is new; without it, every one is. Told of it before any consumer. */
  judge?(event: E): 'pass' | 'duplicate'
}

export class EventLane<E extends LaneEvent> {
  readonly connection: Connection<E>
  readonly meter: LaneMeter | undefined
  /** What is asked for. */
  private readonly registry: Registry = createRegistry()
  /** What is not to be asked for yet. */
  readonly heldBack = new HeldBack(this.registry)
  private readonly turns = new Turns()
  private readonly gaps: GapTracker
  private readonly slow: SlowConsumers
  private readonly routes: EventRoutes
  private readonly consumers = new Set<Consumer>()
  private holders = 0
  private onWire: ReadonlySet<string> = new Set()
  private epoch = 0
  private receiving: Subscription | undefined

  constructor(private readonly ports: EventLanePorts<E>) {
    const { environment, error, metering } = ports
    this.routes = new EventRoutes((key) => ports.routeOfKey(key))
    this.gaps = new GapTracker({
      environment,
      tell: (gap, id) => this.tellGap(gap, id),
      // Its gaps do not end with a frame.
      resumed() {},
    })
    const lane = metering?.lane()
    this.meter = lane
    this.slow = new SlowConsumers(environment, error, metering && lane && { all: metering, lane })
    this.connection = createConnection<E>({
      ...ports,
      registry: this.registry,
      meter: lane,
      reports: this.reports(),
      received: (event) => this.turns.inTurn(() => this.received(event)),
    })
  }

  /** Whether anybody receives from it. */
  get isWanted(): boolean {
    return this.consumers.size + this.holders > 0
  }

  /** What it should carry. */
  get desired(): readonly string[] {
    return this.heldBack.wanted
  }

  /** The gaps of its entries that are not ended. */
  get unresolvedGaps(): readonly GapEvent[] {
    return this.gaps.unresolved
  }

  join(consumer: Consumer): void {
    this.consumers.add(consumer)
    this.heldBack.add(consumer.keys)
    this.routes.add(consumer)
    this.receive()
    this.ports.wanted?.()
  }

  leave(consumer: Consumer): void {
    if (!this.consumers.delete(consumer)) return
    this.routes.remove(consumer)
    this.heldBack.remove(consumer.keys)
    this.release()
  }

  /** Keeps these entries on the wire for somebody who is no consumer; returns what ends that. */
  hold(keys: readonly StreamKey[]): () => void {
    let isHeld = true
    this.holders++
    this.heldBack.add(keys)
    this.receive()
    this.ports.wanted?.()
    return () => {
      if (!isHeld) return
      isHeld = false
      this.holders--
      this.heldBack.remove(keys)
      this.release()
    }
  }

  /** Does `work` when no event is being delivered. */
  inTurn(work: () => void): void {
    this.turns.inTurn(work)
  }

  /** Hands an event that did not come by the socket to its consumers. Its judge is not asked. */
  deliver(event: StreamEvent): void {
    this.turns.inTurn(() => {
      const fanOut = this.routes.find(this.ports.routeOf(event))
      if (fanOut !== undefined) this.slow.fanOut(fanOut, event)
    })
  }

  /** The exchange had lost these, `- myOrder`: something may be missing since `wholeUntilMs`, though the session goes on. */
  openGaps(difference: readonly string[], wholeUntilMs: number): void {
    const lost = new Set(difference)
    const keys = [...this.wantedKeys()].filter(({ id }) => lost.has(`- ${id}`))
    this.turns.inTurn(() => this.gaps.lost(keys, this.epoch, wholeUntilMs, 'disconnect'))
  }

  /** The gaps of all entries of these types end so. */
  endGaps(phase: 'closed' | 'abandoned', isOf: (type: AnyType) => boolean): void {
    const { environment } = this.ports
    this.turns.inTurn(() => this.gaps.end(phase, isOf, this.epoch, environment.now()))
  }

  /** Every consumer of these gets the error; without them all do, and a later one starts afresh. */
  fail(error: UpbitError, isOf: (consumer: Consumer) => boolean = () => true): void {
    for (const consumer of [...this.consumers].filter(isOf)) consumer.fail(error)
  }

  /** Dials once more where it was refused and its consumers have stayed. */
  redial(): void {
    if (!this.isWanted || this.receiving?.closed !== true) return
    this.receiving = undefined
    this.receive()
  }

  private receive(): void {
    if (this.receiving !== undefined) return
    // In place before anything begins: a listener to the status may end the last consumer meanwhile.
    const receiving = (this.receiving = new Subscription())
    receiving.add(
      this.connection.events$.subscribe({
        error: (error: unknown) => {
          if (this.ports.refused?.(error as UpbitError) === true) {
            receiving.unsubscribe()
            return
          }
          this.receiving = undefined
          this.fail(error as UpbitError)
        },
      }),
    )
  }

  private release(): void {
    if (!this.isWanted) {
      this.receiving?.unsubscribe()
      this.receiving = undefined
    }
    this.ports.wanted?.()
  }

  private received(event: E): void {
    const { counters } = this.connection
    const verdict = this.ports.judge?.(event) ?? 'pass'
    const fanOut = this.routes.find(this.ports.routeOf(event))
    if (verdict !== 'pass') counters[verdict]++
    else if (fanOut === undefined) counters.unrouted++
    else {
      counters.routed++
      this.slow.fanOut(fanOut, event)
    }
  }

  private reports(): ConnectionConfig<E>['reports'] {
    const { ports } = this
    const inTurn = (work: () => void): void => this.turns.inTurn(work)
    const failEach = (
      keys: readonly StreamKey[],
      errorOf: (key: StreamKey, consumer: Consumer) => UpbitError,
    ) =>
      inTurn(() => {
        for (const key of keys) {
          for (const consumer of this.routes.consumersOf(key)) consumer.fail(errorOf(key, consumer))
        }
      })
    return {
      error: ports.error,
      opened: (epoch) => inTurn(() => void (this.epoch = epoch)),
      lost: (epoch, wholeUntilMs, cause) =>
        inTurn(() => {
          this.gaps.lost(this.wantedKeys(), epoch, wholeUntilMs, cause)
          this.onWire = new Set()
          ports.lost?.()
        }),
      ended: () =>
        inTurn(() => {
          this.onWire = new Set()
          // A socket that was refused ends as well, and whoever stays may be served otherwise: a gap of theirs is one still.
          this.forget((id) => this.registry.desired.entries.has(id))
          ports.ended?.()
        }),
      sent: (ids) =>
        inTurn(() => {
          this.onWire = ids
          this.forget((id) => ids.has(id))
          ports.sent?.(ids)
        }),
      drifted: (difference, wholeUntilMs) => inTurn(() => ports.drifted?.(difference, wholeUntilMs)),
      accepted: () => inTurn(() => ports.accepted?.(this.onWire)),
      rejected: (keys, { name, message }) =>
        failEach(keys, (key, consumer) => rejected(key, consumer.name, name, message)),
      failed: (keys, problem) => failEach(keys, () => problem),
      undecodable: (problem, epoch) => inTurn(() => this.undecodable(problem, epoch)),
      drift: (name) => ports.error(schemaDrift(name)),
      // Nothing here has to speak.
      silent() {},
    }
  }

  private undecodable(problem: DecodeError, epoch: number): void {
    const { environment, error, isFetched } = this.ports
    error(undecodable(problem, epoch))
    const key = this.wantedKeyOf(problem)
    // Told before it is looked after, which ends it.
    if (key !== undefined && isFetched?.(key.type) === true) {
      this.gaps.lost([key], epoch, environment.now(), 'undecodable')
    } else if (key !== undefined) this.gaps.undecodable(key, epoch, problem.count ?? 1)
    this.ports.undecodable?.()
  }

  /** What an unreadable frame was of, as far as it says. Of what nobody wants nothing is missing. */
  private wantedKeyOf({ type, code }: DecodeError): StreamKey | undefined {
    for (const { key } of this.registry.desired.entries.values()) {
      if (key.type !== type) continue
      if (key.code === '') return key
      // Not which of the combinations of its market.
      if (code === undefined || key.code === code) return streamKey(key.type, code ?? '')
    }
    return undefined
  }

  /** Of what nobody wants any more nothing is missing. */
  private forget(isWanted: (id: string) => boolean): void {
    this.gaps.forget(isWanted)
    this.routes.prune()
  }

  /** What was on the wire and is still wanted. */
  private *wantedKeys(): Iterable<StreamKey> {
    for (const { key } of this.registry.desired.entries.values()) if (this.onWire.has(key.id)) yield key
  }

  private tellGap(gap: GapEvent, entry: string): void {
    this.ports.gap(gap)
    // Which of its type's entries an unreadable frame was of is not known.
    const isOf =
      gap.cause === 'undecodable'
        ? ({ type, code }: StreamKey) => type === gap.event && (gap.code === undefined || gap.code === code)
        : ({ id }: StreamKey) => id === entry
    for (const consumer of this.consumers) if (consumer.keys.some(isOf)) consumer.notice(gap)
  }
}
