/**
 * Back-fill of one lane: which consumers missed a gap and want it filled, one fetch for all of them, one fetch of an entry
 * at a time. Who did not ask for it never meets this (C2.3).
 */
import type { Environment } from '../../base/environment'
import type { CandleEvent, TradeEvent } from '../../protocol/events'
import type { CandleUnit } from '../../protocol/wire'
import type { StreamKey } from '../../registry/stream-key'
import type { BackfillSource } from '../backfill-source'
import type { EventHead } from '../event-key'
import type { GapEvent } from '../gap-event'
import type { SeenIds } from '../seen-ids'
import { CandleFilling } from './candle-filling'
import { CandleTrack } from './candle-track'
import { ConsumerFill } from './consumer-fill'
import type { ConsumerFillPorts } from './consumer-fill'
import { ConsumerFills } from './consumer-fills'
import type { DroppedEvent } from './dropped-events'
import { FetchQueue } from './fetch-queue'
import type { Filling } from './filling'
import { noFilling } from './filling'
import { GapFill } from './gap-fill'
import { overflowFilling } from './overflow-filling'
import type { Refillable } from './refillable'
import { Slicer } from './slicer'
import { reconnectFilling } from './trade-filling'
import { TradeTrack } from './trade-track'

export interface GapFillsPorts {
  readonly source: BackfillSource
  readonly environment: Environment
  inTurn(work: () => void): void
  /** Tells `gaps$`. */
  tell(gap: GapEvent): void
  /** A fill did what it should not: its gap is told to be abandoned. */
  fault(gap: GapEvent, cause: unknown): void
}

/** A route, as far as back-fill knows it. */
export interface TrackedRoute {
  readonly key: StreamKey
  /** The ids of its trades; absent for everything else. */
  readonly seen: SeenIds | undefined
  readonly consumers: readonly Refillable[]
  /** Calls back with each event that passes from now on. */
  watch(note: (event: TradeEvent | CandleEvent) => void): void
}

type Track = TradeTrack | CandleTrack

export class GapFills {
  private readonly slicer: Slicer
  private readonly tracks = new WeakMap<TrackedRoute, Track>()
  /** By entry: who was there when it was lost. */
  private readonly missing = new Map<string, ReadonlySet<Refillable>>()
  private readonly fetches = new FetchQueue()
  private readonly consumers = new Map<Refillable, ConsumerFills>()

  constructor(private readonly ports: GapFillsPorts) {
    this.slicer = new Slicer(ports.environment)
  }

  /** A consumer has come. */
  joined(consumer: Refillable, route: TrackedRoute): void {
    if (consumer.backfill === undefined) return
    const track = this.tracks.get(route) ?? this.track(route)
    if (track instanceof TradeTrack) track.join(consumer)
  }

  private track(route: TrackedRoute): Track {
    if (route.seen !== undefined) {
      const track = new TradeTrack(route.seen)
      this.tracks.set(route, track)
      route.watch((event) => track.note(event as TradeEvent))
      return track
    }
    const track = new CandleTrack()
    this.tracks.set(route, track)
    route.watch((event) => track.note(event as CandleEvent))
    return track
  }

  /** A consumer needs nothing more. */
  left(consumer: Refillable): void {
    for (const [id, consumers] of this.missing) {
      const others = [...consumers].filter((other) => other !== consumer)
      if (others.length === 0) this.missing.delete(id)
      else if (others.length < consumers.size) this.missing.set(id, new Set(others))
    }
    const own = this.consumers.get(consumer)
    this.consumers.delete(consumer)
    own?.cancel()
  }

  /** The line of an entry was lost. */
  opened(route: TrackedRoute): void {
    const track = this.tracks.get(route)
    if (track instanceof TradeTrack) track.losses++
    const consumers = route.consumers.filter(({ backfill }) => backfill !== undefined)
    if (consumers.length > 0) this.missing.set(route.key.id, new Set(consumers))
  }

  /** `first` is the first event of the entry since. Says whose gap goes on until it is filled. */
  resumed(gap: GapEvent, route: TrackedRoute, first: EventHead): ReadonlySet<unknown> {
    const { key } = route
    const consumers = this.missing.get(key.id)
    this.missing.delete(key.id)
    const track = this.tracks.get(route)
    if (consumers === undefined || track === undefined) return nobody
    const filling = this.made(gap, () => this.fillingOf(gap, key, track, first))
    const { fetch, fills } = this.enlist(key.id, filling, gap, consumers)
    for (const fill of fills) fill.begin()
    this.fetches.start(key.id, fetch)
    return consumers
  }

  /** A consumer dropped what came to it, in this place. Says the gap as it is told now. */
  overflowed(consumer: Refillable, gap: GapEvent, dropped: readonly DroppedEvent[]): GapEvent {
    const own = this.ofConsumer(consumer)
    // More than a list holds, or again: whoever falls behind for good would be fetched for without end.
    if (own.isRefilling || dropped.length < (gap.count ?? 0)) {
      const told: GapEvent = { ...gap, reason: 'too-slow' }
      this.ports.tell(told)
      return told
    }
    const told: GapEvent = { ...gap, phase: 'opened' }
    const filling = this.made(gap, () => overflowFilling(this.ports, dropped))
    own.refill(filling)
    const id = `${gap.id} of ${gap.consumer}`
    const { fetch, fills } = this.enlist(id, filling, gap, [consumer])
    // Before the fetch, which may be over at once; whoever is told may end the consumer, and the fill with it.
    this.ports.tell(told)
    if (this.consumers.get(consumer) !== own) return told
    for (const fill of fills) fill.beginFirst()
    this.fetches.start(id, fetch)
    return told
  }

  /** Nothing that a fill does may disturb the lane that it is of. */
  private made(gap: GapEvent, make: () => Filling): Filling {
    try {
      return make()
    } catch (error) {
      this.ports.fault(gap, error)
      return noFilling
    }
  }

  private fillingOf(gap: GapEvent, key: StreamKey, track: Track, first: EventHead): Filling {
    const { from_ms: fromMs } = gap
    if (track instanceof TradeTrack) return reconnectFilling(this.ports, track, first as TradeEvent, fromMs)
    const unit = key.type.slice('candle.'.length) as CandleUnit
    const { candle_date_time_utc: resumedIn } = first as CandleEvent
    const candles = { code: key.code, unit, lostIn: track.latest, fromMs, resumedIn }
    return new CandleFilling(this.ports, candles, track)
  }

  /** A fetch that waits for its turn, and what it is to give each consumer. */
  private enlist(
    id: string,
    filling: Filling,
    gap: GapEvent,
    consumers: Iterable<Refillable>,
  ): { readonly fetch: GapFill; readonly fills: readonly ConsumerFill[] } {
    const fetch = new GapFill(filling, gap.consumer === undefined ? id : undefined, {
      done: () => this.fetches.done(id, fetch),
      fault: (error) => this.ports.fault(gap, error),
    })
    const fills = [...consumers].map((consumer) => {
      const own = this.ofConsumer(consumer)
      const fill = new ConsumerFill(consumer, gap, this.portsOf(own, gap, fetch))
      own.add(fill, fetch)
      fetch.add(own, fill)
      return fill
    })
    this.fetches.add(id, fetch)
    return { fetch, fills }
  }

  private portsOf(own: ConsumerFills, gap: GapEvent, fetch: GapFill): ConsumerFillPorts {
    return {
      slicer: this.slicer,
      inTurn: (work) => this.ports.inTurn(work),
      tell: (told) => this.ports.tell(told),
      fault: (error) => this.ports.fault(gap, error),
      holds: (fill, isHolding) => own.holds(fill, isHolding),
      whenRoom: (onRoom) => own.whenRoom(onRoom),
      isOutdated: (row) => own.isOutdated(row),
      gives: (row) => own.passes(row),
      over: (fill) => {
        own.delete(fill)
        fetch.leave(own)
      },
    }
  }

  private ofConsumer(consumer: Refillable): ConsumerFills {
    const known = this.consumers.get(consumer)
    if (known !== undefined) return known
    const own = new ConsumerFills(consumer, this.ports.environment)
    this.consumers.set(consumer, own)
    return own
  }
}

const nobody: ReadonlySet<unknown> = new Set()
