/**
 * Where consumers and connections meet: puts each entry of a consumer on its lane, takes it off again, and keeps the
 * account of all consumers, past ones included.
 */
import type { Observable } from 'rxjs'
import { defaultIfEmpty, defer, forkJoin, map } from 'rxjs'
import type { ConnectionCounters } from '../connection/counters'
import type { ConnectionStatus } from '../connection/status'
import type { Tally } from '../operators/delivery'
import type { StreamKey } from '../registry/stream-key'
import type { ConsumerConfig } from './consumer'
import { Consumer } from './consumer'
import type { LanePorts } from './lane'
import { Lane } from './lane'
import { LevelLanes } from './level-lanes'
import { onAbort } from './on-abort'
import { TallySum } from './tally-sum'

/** A consumer to be. */
export interface NewConsumer extends Pick<ConsumerConfig, 'kind' | 'keys' | 'options' | 'target'> {
  /** Who ends it together with all else that is theirs. */
  readonly owner: object
}

/** A consumer's place: entered once, left once, both by whoever holds it. */
export interface Membership {
  readonly consumer: Consumer
  /** From now on it receives: memory in this very turn. Does nothing when it is over already. */
  enter(): void
  /** Leaves the routes and discards what waits; its target is told nothing. Idempotent. */
  leave(): void
}

export interface ConsumerAccount extends Tally {
  readonly name: string
}

/** Who has an account here, whatever it receives. */
export interface Counted {
  readonly name: string
  readonly tally: Tally
}

interface Member {
  readonly owner: object
  /** Ends it as the application does: what waits is discarded, the target completes. */
  end(): void
}

type Placement = ReadonlyMap<number, readonly StreamKey[]>

export class Hub {
  private readonly lanes: Lane[] = []
  private readonly levels = new LevelLanes()
  private readonly members = new Map<Counted, Member>()
  /** Over, with a handler's promise still pending. */
  private readonly settling = new Set<Counted>()
  private readonly departed = new TallySum()
  private names = 0

  constructor(private readonly ports: LanePorts) {}

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
    for (const consumer of [...this.members.keys(), ...this.settling]) sum.add(consumer.tally)
    return sum
  }

  /** A name that nothing else of this hub was given: what it is, and a number. */
  nameOf(what: string): string {
    return `${what} #${++this.names}`
  }

  /** A consumer that is counted from now on, and receives from `enter` on: its target may end it meanwhile. */
  enrol({ owner, ...config }: NewConsumer): Membership {
    const { keys, options, target } = config
    let placement: Placement = new Map()
    let stopListening = (): void => {}
    const consumer = new Consumer({
      ...config,
      name: options.name ?? this.nameOf(describe(keys)),
      environment: this.ports.environment,
      lost: this.ports.gap,
      problem: this.ports.error,
      leave: () => this.unplace(consumer, placement),
      over: () => {
        stopListening()
        over()
      },
    })
    const end = (): void => {
      if (consumer.isOver) return
      consumer.discard()
      target.complete()
    }
    const over = this.count(consumer, { owner, end })
    stopListening = onAbort(options.signal, end)
    return {
      consumer,
      enter: () => {
        if (consumer.isOpen) placement = this.place(keys)
        for (const [lane, ofLane] of placement) {
          // A replay on the lane before may have been all it wanted.
          if (consumer.isOpen) this.lane(lane).join(consumer, ofLane)
        }
      },
      leave: () => consumer.discard(),
    }
  }

  /** Counted from now on, and ended with the rest of its owner's; returns what says that nothing more comes to it. */
  count(counted: Counted, member: Member): () => void {
    this.members.set(counted, member)
    return () => {
      this.members.delete(counted)
      this.settling.add(counted)
      this.settle()
    }
  }

  /** Ends the consumers of `owner`, or all: their streams complete, their handlers are unsubscribed. */
  end(owner?: object): void {
    for (const member of [...this.members.values()]) {
      if (owner === undefined || member.owner === owner) member.end()
    }
  }

  /** Closes every connection without its linger; emits and completes when the last socket is gone. */
  close$(): Observable<void> {
    return defer(() => forkJoin(this.lanes.map(({ connection }) => connection.close$()))).pipe(
      map(() => undefined),
      defaultIfEmpty(undefined),
    )
  }

  private place(keys: readonly StreamKey[]): Placement {
    const placement = new Map<number, StreamKey[]>()
    for (const key of keys) {
      const lane = this.levels.take(key)
      const ofLane = placement.get(lane)
      if (ofLane === undefined) placement.set(lane, [key])
      else ofLane.push(key)
    }
    return placement
  }

  private unplace(consumer: Consumer, placement: Placement): void {
    for (const [lane, keys] of placement) {
      this.lanes[lane]?.leave(consumer, keys)
      for (const key of keys) this.levels.release(key)
    }
  }

  private lane(index: number): Lane {
    return (this.lanes[index] ??= new Lane(this.ports))
  }

  /** Moves the accounts that can no longer change into the sum. */
  private settle(): void {
    for (const consumer of this.settling) {
      const { tally } = consumer
      if (tally.pending > 0) continue
      this.settling.delete(consumer)
      this.departed.add(tally)
    }
  }
}

/** The first entry, and how many more. */
function describe([first, ...others]: readonly StreamKey[]): string {
  return `${first?.id ?? ''}${others.length === 0 ? '' : ` +${others.length}`}`
}
