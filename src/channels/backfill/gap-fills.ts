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
import type { Filling } from './filling'
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
  /** By entry: the fetch under way, and those that wait for it. */
  private readonly fetches = new Map<string, GapFill[]>()
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
    this.begin(key.id, this.fillingOf(gap, key, track, first), gap, consumers, (fill) => fill.begin())
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
    const filling = overflowFilling(this.ports, dropped)
    own.refill(filling)
    // Before the fetch, which may be over at once.
    this.ports.tell(told)
    this.begin(`${gap.id} of ${gap.consumer}`, filling, gap, [consumer], (fill) => fill.beginFirst())
    return told
  }

  private fillingOf(gap: GapEvent, key: StreamKey, track: Track, first: EventHead): Filling {
    const { from_ms: fromMs } = gap
    if (track instanceof TradeTrack) return reconnectFilling(this.ports, track, first as TradeEvent, fromMs)
    const unit = key.type.slice('candle.'.length) as CandleUnit
    const { candle_date_time_utc: resumedIn } = first as CandleEvent
    const candles = { code: key.code, unit, lostIn: track.latest, fromMs, resumedIn }
    return new CandleFilling(this.ports, candles, track)
  }

  private begin(
    id: string,
    filling: Filling,
    gap: GapEvent,
    consumers: Iterable<Refillable>,
    place: (fill: ConsumerFill) => void,
  ): void {
    const fetch = new GapFill(filling, gap.consumer === undefined ? id : undefined, () =>
      this.done(id, fetch),
    )
    for (const consumer of consumers) {
      const own = this.ofConsumer(consumer)
      const fill = new ConsumerFill(consumer, gap, this.portsOf(own, fetch))
      own.add(fill, fetch)
      fetch.add(own, fill)
      place(fill)
    }
    const waiting = this.fetches.get(id)
    if (waiting === undefined) this.fetches.set(id, [fetch])
    else waiting.push(fetch)
    if (waiting === undefined) fetch.start()
  }

  /** One that was done, or given up: perhaps before its turn came. */
  private done(id: string, fetch: GapFill): void {
    const [first, ...others] = this.fetches.get(id) ?? []
    const left = [first, ...others].filter((each) => each !== undefined && each !== fetch) as GapFill[]
    if (left.length === 0) this.fetches.delete(id)
    else this.fetches.set(id, left)
    if (first === fetch) left[0]?.start()
  }

  private portsOf(own: ConsumerFills, fetch: GapFill): ConsumerFillPorts {
    return {
      slicer: this.slicer,
      inTurn: (work) => this.ports.inTurn(work),
      tell: (gap) => this.ports.tell(gap),
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
