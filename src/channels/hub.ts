/**
 * Where consumers and connections meet: puts each entry of a consumer on its lane, takes it off again, and keeps the
 * account of all consumers, past ones included.
 */
import type { Observable } from 'rxjs'
import { defaultIfEmpty, defer, forkJoin, map } from 'rxjs'
import type { UpbitError } from '../base/errors'
import type { ConnectionCounters } from '../connection/counters'
import { ProbeTurns } from '../connection/probe-turns'
import type { ConnectionStatus } from '../connection/status'
import type { Tally } from '../operators/delivery'
import { isEventKind } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import { rethrowLater } from '../operators/rethrow-later'
import type { ConsumerHost } from './consumer-host'
import type { DropKeeper } from './drop-keeper'
import { Consumer } from './consumer'
import type { ConsumerConfig, ConsumerKind } from './consumer-config'
import type { LanePorts } from './lane'
import { Lane } from './lane'
import { LevelLanes } from './level-lanes'
import type { Owner } from './owner'
import { belongsTo } from './owner'
import { placementOf } from './placement'
import { seldomAsked } from './seldom-asked'
import type { NewestHead } from './route'
import { TallySum } from './tally-sum'

/** What a counted one says at its end. */
export interface Place {
  /** Nothing more comes to it. Once. */
  over(): void
  /** What its handler had in hand when it was over has come back. */
  landed(isFailed: boolean): void
  /** It lost a value. */
  dropped(): void
}

export interface ConsumerAccount extends Tally {
  readonly name: string
}

/** Who has an account here, whatever it receives. */
export interface Counted {
  readonly name: string
  readonly tally: Tally
  /** Its streams in a few words, where they are streams of the exchange. */
  readonly receives?: string
}

/** A lane for whoever looks at it. */
export interface LaneView extends Pick<Lane, 'meter' | 'isWanted' | 'desired' | 'unresolvedGaps'> {
  /** What its connection is called, where that is not by its place among the public ones. */
  readonly name?: string
  readonly connection: Omit<Lane['connection'], 'events$'>
}

/** A lane of another endpoint than the public one, for all that it carries. */
export interface SideLane extends LaneView {
  readonly name: string
  carries(kind: ConsumerKind): boolean
  join(consumer: Consumer): void
  leave(consumer: Consumer): void
  /** Who brings a consumer up to date whose buffer was emptied. */
  keeperOf?(consumer: Consumer): DropKeeper | undefined
}

export interface HubPorts extends LanePorts {
  /** Those that there are; none where nothing but market data can be had. */
  readonly sides?: readonly SideLane[]
  /** Why nothing carries a kind that is not of market data. */
  readonly unavailable?: () => UpbitError
}

interface Member {
  readonly owner: Owner
  /** Ends it as the application does: what waits is discarded, the target completes. */
  end(): void
}

export class Hub {
  private readonly lanes: Lane[] = []
  private readonly levels = new LevelLanes()
  /** One probe at a time, whichever lane it is for. */
  private readonly turns = new ProbeTurns()
  private readonly members = new Map<Counted, Member>()
  /** Those of proxies once more, so that a proxy's end does not look through everybody else's. */
  private readonly owned = new Map<Owner, Set<Counted>>()
  /** The accounts of those who have left, what their handlers still have in hand included. */
  private readonly departed = new TallySum()
  private readonly host: ConsumerHost<Consumer>
  private names = 0

  private readonly ports: LanePorts
  private readonly sides: readonly SideLane[]
  private readonly unavailable: HubPorts['unavailable']

  constructor(ports: HubPorts) {
    const { environment, listed$, metering, sides = [], unavailable } = ports
    this.sides = sides
    this.unavailable = unavailable
    this.ports = {
      ...ports,
      turns: this.turns,
      listed$: listed$ && seldomAsked(environment, listed$),
    }
    this.host = {
      environment,
      enter: (consumer) => this.place(consumer),
      leave: (consumer) => this.unplace(consumer),
      over: (consumer) => this.depart(consumer),
      landed: (consumer, isFailed) => this.land(consumer.owner, isFailed),
      queued: () => {
        if (metering !== undefined) metering.queued++
      },
      waited: (consumer, receivedAtMs) => {
        if (metering === undefined) return
        const nowMs = environment.now()
        metering.waited(consumer, nowMs - receivedAtMs, nowMs)
      },
      dropped: (consumer) => this.drop(consumer),
      lost: ports.gap,
      // Trades are on the main lane.
      overflowed: (consumer, gap, dropped) => this.lane(0).overflowed(consumer, gap, dropped),
      keeperOf: (consumer) => this.sideOf(consumer)?.keeperOf?.(consumer),
      problem: ports.error,
    }
  }

  /** Of the main lane. */
  get status$(): Observable<ConnectionStatus> {
    return this.lane(0).connection.status$
  }

  get status(): ConnectionStatus {
    return this.lane(0).connection.status
  }

  get connections(): readonly ConnectionCounters[] {
    return this.all.map(({ connection }) => connection.counters)
  }

  /** The public lanes that there have been, the main one first, and the sides that have been used. */
  get all(): readonly LaneView[] {
    return [...this.lanes, ...this.sides.filter(({ connection }) => connection.counters.dials > 0)]
  }

  /** The consumers that are there now. */
  get counted(): readonly Counted[] {
    return [...this.members.keys()]
  }

  /** The accounts of the consumers that are there now. */
  get consumers(): readonly ConsumerAccount[] {
    return [...this.members.keys()].map(({ name, tally }) => ({ name, ...tally }))
  }

  /** The account of all consumers, past and present. */
  get total(): Tally {
    const sum = new TallySum()
    sum.add(this.departed)
    for (const { tally } of this.members.keys()) sum.add(tally)
    return sum
  }

  /** Whether the entry is on the wire, or about to be. */
  has(key: StreamKey): boolean {
    return this.lanes.some((lane) => lane.has(key))
  }

  /** Whether a newer state of the entry than one that was fetched has been delivered. */
  isBehind(key: StreamKey, state: NewestHead): boolean {
    return this.lanes.some((lane) => lane.isBehind(key, state))
  }

  /** The consumers of `owner` that are there now. */
  of(owner: Owner): readonly Counted[] {
    if (owner.parent !== undefined) return [...(this.owned.get(owner) ?? [])]
    return [...this.members]
      .filter(([, member]) => belongsTo(member.owner, owner))
      .map(([counted]) => counted)
  }

  /** A name that nothing else of this hub was given: whose it is, what it is, and a number. */
  nameOf({ name }: Owner, what: string): string {
    return `${name === undefined ? '' : `${name} `}${what} #${++this.names}`
  }

  /** A consumer that is counted from now on, and receives from `enter` on: its target may end it meanwhile. */
  enrol(config: ConsumerConfig): Consumer {
    const { name, signal } = config.options
    const consumer = new Consumer(config, this.host, name === undefined ? ++this.names : 0)
    this.add(consumer, consumer)
    if (signal !== undefined) consumer.endWith(signal)
    return consumer
  }

  /** Counted from now on, and ended with the rest of its owner's. */
  count(counted: Counted, member: Member): Place {
    this.add(counted, member)
    return {
      over: () => this.depart(counted),
      landed: (isFailed) => this.land(member.owner, isFailed),
      dropped: () => this.drop(counted),
    }
  }

  /** Ends the consumers of `owner`, or all: their streams complete, their handlers are unsubscribed. */
  end(owner?: Owner): void {
    for (const counted of owner === undefined ? [...this.members.keys()] : this.of(owner)) {
      try {
        this.members.get(counted)?.end()
      } catch (error) {
        // What a subscriber's teardown throws is the application's, and must not keep the others from their end.
        rethrowLater(error)
      }
    }
  }

  /** Closes every connection without its linger; emits and completes when the last socket is gone. */
  close$(): Observable<void> {
    const closing = [...this.lanes, ...this.sides]
    return defer(() => forkJoin(closing.map(({ connection }) => connection.close$()))).pipe(
      map(() => undefined),
      defaultIfEmpty(undefined),
    )
  }

  private place(consumer: Consumer): void {
    const side = this.sideOf(consumer)
    if (side !== undefined) {
      if (consumer.isOpen) side.join(consumer)
      return
    }
    if (!isEventKind(consumer.kind)) {
      const error = this.unavailable?.()
      if (error !== undefined) consumer.fail(error)
      return
    }
    if (consumer.isOpen) consumer.placement = placementOf(consumer.keys, this.levels)
    for (const { lane, keys = consumer.keys } of consumer.placement) {
      // A replay on the lane before may have been all it wanted.
      if (consumer.isOpen) this.lane(lane).join(consumer, keys)
    }
  }

  private unplace(consumer: Consumer): void {
    this.sideOf(consumer)?.leave(consumer)
    for (const { lane, keys = consumer.keys } of consumer.placement) {
      this.lanes[lane]?.leave(consumer, keys)
      for (const key of keys) this.levels.release(key)
    }
  }

  private sideOf({ kind }: Consumer): SideLane | undefined {
    return this.sides.length === 0 ? undefined : this.sides.find((side) => side.carries(kind))
  }

  private add(counted: Counted, member: Member): void {
    const { owner } = member
    this.members.set(counted, member)
    if (owner.parent === undefined) return
    const own = this.owned.get(owner)
    if (own === undefined) this.owned.set(owner, new Set([counted]))
    else own.add(counted)
  }

  /** Nothing of it is kept but its account: what its handler has in hand may be so for ever. */
  private depart(counted: Counted): void {
    const owner = this.members.get(counted)?.owner
    if (owner === undefined) return
    this.members.delete(counted)
    const own = this.owned.get(owner)
    if (own?.delete(counted) === true && own.size === 0) this.owned.delete(owner)
    const { tally } = counted
    this.departed.add(tally)
    owner.departed?.add(tally)
  }

  private drop(counted: Counted): void {
    const { environment, metering } = this.ports
    metering?.dropped(counted, environment.now())
  }

  /** What the handler of one that has left still had in hand has come back. */
  private land(owner: Owner, isFailed: boolean): void {
    this.departed.land(isFailed)
    owner.departed?.land(isFailed)
  }

  private lane(index: number): Lane {
    return (this.lanes[index] ??= new Lane(this.ports))
  }
}
