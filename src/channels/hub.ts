/**
 * Where consumers and connections meet: puts each entry of a consumer on its lane, takes it off again, and keeps the
 * account of all consumers, past ones included.
 */
import type { Observable } from 'rxjs'
import { defaultIfEmpty, defer, forkJoin, map } from 'rxjs'
import type { ConnectionCounters } from '../connection/counters'
import type { ConnectionStatus } from '../connection/status'
import type { Tally } from '../operators/delivery'
import type { ConsumerHost } from './consumer-host'
import { Consumer } from './consumer'
import type { ConsumerConfig } from './consumer-config'
import type { LanePorts } from './lane'
import { Lane } from './lane'
import { LevelLanes } from './level-lanes'
import type { Owner } from './owner'
import { belongsTo } from './owner'
import { placementOf } from './placement'
import { TallySum } from './tally-sum'

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

interface Member {
  readonly owner: Owner
  /** Ends it as the application does: what waits is discarded, the target completes. */
  end(): void
}

/** So many accounts may wait to be summed up at any time. */
const fewSettling = 64

export class Hub {
  private readonly lanes: Lane[] = []
  private readonly levels = new LevelLanes()
  private readonly members = new Map<Counted, Member>()
  /** Over, with a handler's promise still pending; and whose they were. */
  private readonly settling = new Map<Counted, Owner>()
  private settleAt = fewSettling
  private readonly departed = new TallySum()
  private readonly host: ConsumerHost<Consumer>
  private names = 0

  constructor(private readonly ports: LanePorts) {
    this.host = {
      environment: ports.environment,
      enter: (consumer) => this.place(consumer),
      leave: (consumer) => this.unplace(consumer),
      over: (consumer) => this.depart(consumer),
      lost: ports.gap,
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
    return this.lanes.map(({ connection }) => connection.counters)
  }

  /** The accounts of the consumers that are there now. */
  get consumers(): readonly ConsumerAccount[] {
    return [...this.members.keys()].map(({ name, tally }) => ({ name, ...tally }))
  }

  /** The account of all consumers, past and present. */
  get total(): Tally {
    this.settle()
    const sum = new TallySum()
    sum.add(this.departed)
    for (const consumer of [...this.members.keys(), ...this.settling.keys()]) sum.add(consumer.tally)
    return sum
  }

  /** The consumers of `owner` that are there now. */
  of(owner: Owner): readonly Counted[] {
    return [...this.members]
      .filter(([, member]) => belongsTo(member.owner, owner))
      .map(([counted]) => counted)
  }

  /** The account of the consumers that were `owner`'s own, and are; those of `departed` are those of past hubs too. */
  totalOf(owner: Owner): Tally {
    this.settle()
    const sum = new TallySum()
    if (owner.departed !== undefined) sum.add(owner.departed)
    for (const [counted, member] of this.members) if (member.owner === owner) sum.add(counted.tally)
    for (const [counted, whose] of this.settling) if (whose === owner) sum.add(counted.tally)
    return sum
  }

  /** A name that nothing else of this hub was given: whose it is, what it is, and a number. */
  nameOf({ name }: Owner, what: string): string {
    return `${name === undefined ? '' : `${name} `}${what} #${++this.names}`
  }

  /** A consumer that is counted from now on, and receives from `enter` on: its target may end it meanwhile. */
  enrol(config: ConsumerConfig): Consumer {
    const { name, signal } = config.options
    const consumer = new Consumer(config, this.host, name === undefined ? ++this.names : 0)
    this.members.set(consumer, consumer)
    if (signal !== undefined) consumer.endWith(signal)
    return consumer
  }

  /** Counted from now on, and ended with the rest of its owner's; returns what says that nothing more comes to it. */
  count(counted: Counted, member: Member): () => void {
    this.members.set(counted, member)
    return () => this.depart(counted)
  }

  /** Ends the consumers of `owner`, or all: their streams complete, their handlers are unsubscribed. */
  end(owner?: Owner): void {
    for (const member of [...this.members.values()]) {
      if (owner === undefined || belongsTo(member.owner, owner)) member.end()
    }
  }

  /** Closes every connection without its linger; emits and completes when the last socket is gone. */
  close$(): Observable<void> {
    return defer(() => forkJoin(this.lanes.map(({ connection }) => connection.close$()))).pipe(
      map(() => undefined),
      defaultIfEmpty(undefined),
    )
  }

  private place(consumer: Consumer): void {
    if (consumer.isOpen) consumer.placement = placementOf(consumer.keys, this.levels)
    for (const { lane, keys = consumer.keys } of consumer.placement) {
      // A replay on the lane before may have been all it wanted.
      if (consumer.isOpen) this.lane(lane).join(consumer, keys)
    }
  }

  private unplace(consumer: Consumer): void {
    for (const { lane, keys = consumer.keys } of consumer.placement) {
      this.lanes[lane]?.leave(consumer, keys)
      for (const key of keys) this.levels.release(key)
    }
  }

  private depart(counted: Counted): void {
    const owner = this.members.get(counted)?.owner
    if (owner === undefined) return
    this.members.delete(counted)
    this.settling.set(counted, owner)
    this.settleOne(counted, owner)
    // Looked through when it has doubled, so that each departure costs the same however many promises are pending.
    if (this.settling.size < this.settleAt) return
    this.settle()
    this.settleAt = Math.max(fewSettling, 2 * this.settling.size)
  }

  private lane(index: number): Lane {
    return (this.lanes[index] ??= new Lane(this.ports))
  }

  /** Moves the accounts that can no longer change into the sum. */
  private settle(): void {
    for (const [counted, owner] of this.settling) this.settleOne(counted, owner)
  }

  private settleOne(counted: Counted, owner: Owner): void {
    const { tally } = counted
    if (tally.pending > 0) return
    this.settling.delete(counted)
    this.departed.add(tally)
    owner.departed?.add(tally)
  }
}
