/**
 * Where consumers and connections meet: puts each entry of a consumer on its lane, takes it off again, and keeps the
 * account of all consumers, past ones included.
 */
import type { Observable } from 'rxjs'
import { defaultIfEmpty, forkJoin, map } from 'rxjs'
import type { ConnectionCounters } from '../connection/counters'
import type { ConnectionStatus } from '../connection/status'
import type { Tally } from '../operators/delivery'
import type { StreamKey } from '../registry/stream-key'
import type { ConsumerConfig } from './consumer'
import { Consumer } from './consumer'
import type { LanePorts } from './lane'
import { Lane } from './lane'
import { LevelLanes } from './level-lanes'

export type NewConsumer = Omit<ConsumerConfig, 'environment' | 'lost' | 'leave'>

export interface Membership {
  readonly consumer: Consumer
  /** Leaves the routes and discards what waits. Idempotent. */
  leave(): void
}

export interface ConsumerAccount extends Tally {
  readonly name: string
}

export class Hub {
  private readonly lanes: Lane[] = []
  private readonly levels = new LevelLanes()
  private readonly members = new Set<Consumer>()
  /** Left, with a handler's promise still pending. */
  private readonly settling = new Set<Consumer>()
  private readonly departed = new TallySum()

  constructor(private readonly ports: LanePorts) {}

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
    return [...this.members].map(({ name, tally }) => ({ name, ...tally }))
  }

  /** The account of all consumers, past and present. */
  get total(): Tally {
    this.settle()
    const sum = this.departed.copy()
    for (const consumer of [...this.members, ...this.settling]) sum.add(consumer.tally)
    return sum
  }

  join(config: NewConsumer): Membership {
    let left = false
    const leave = (): void => {
      if (left) return
      left = true
      this.members.delete(consumer)
      this.settling.add(consumer)
      for (const [lane, keys] of placed) {
        this.lane(lane).leave(consumer, keys)
        for (const key of keys) this.levels.release(key)
      }
      this.settle()
    }
    const consumer = new Consumer({
      ...config,
      environment: this.ports.environment,
      lost: (gap) => this.ports.gap(gap),
      leave,
    })
    const membership: Membership = {
      consumer,
      leave() {
        leave()
        consumer.discard()
      },
    }
    this.members.add(consumer)
    const placed = this.place(config.keys)
    for (const [lane, keys] of placed) {
      // A replay on the first lane may have ended it.
      if (!left) this.lane(lane).join(consumer, keys)
    }
    return membership
  }

  /** Closes every connection without its linger; emits and completes when the last socket is gone. */
  close$(): Observable<void> {
    return forkJoin(this.lanes.map(({ connection }) => connection.close$())).pipe(
      map(() => undefined),
      defaultIfEmpty(undefined),
    )
  }

  private place(keys: readonly StreamKey[]): ReadonlyMap<number, readonly StreamKey[]> {
    const placed = new Map<number, StreamKey[]>()
    for (const key of keys) {
      const lane = this.levels.take(key)
      const ofLane = placed.get(lane)
      if (ofLane === undefined) placed.set(lane, [key])
      else ofLane.push(key)
    }
    return placed
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

const fields = ['offered', 'delivered', 'failed', 'coalesced', 'dropped', 'discarded', 'pending'] as const

class TallySum implements Tally {
  offered = 0
  delivered = 0
  failed = 0
  coalesced = 0
  dropped = 0
  discarded = 0
  pending = 0

  add(tally: Tally): void {
    for (const field of fields) this[field] += tally[field]
  }

  copy(): TallySum {
    const copy = new TallySum()
    copy.add(this)
    return copy
  }
}
