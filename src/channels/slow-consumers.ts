/**
 * Hands an event to its consumers and finds who takes too long (C4.4). Only when all together took too long are the next
 * events of the same consumers timed one by one, so that a thousand quick ones cost nothing, and nobody is named for
 * what happens once: code that runs for the first time, or a pause of the engine. One that is slow now and then is found
 * too: each time that it was missed, twice as many events are timed.
 */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { StreamEvent } from '../protocol/stream-event'
import type { Consumer } from './consumer'
import type { FanOut } from './fan-out'
import type { LatestState } from './latest-state'
import type { LaneMeter, Meter } from './meter'

/** Who is told how long events take. */
export interface SlowConsumersMeters {
  readonly all: Meter
  readonly lane: LaneMeter
}

/** A consumer that holds everyone else up for longer than this, in an event that is timed, is named. */
const slowMs = 10
/** So many events after a slow one are timed, and so many at most. */
const firstSpan = 100
const longestSpan = 6400

/** How many events of a fan-out are still to be timed one by one. */
interface Watch {
  left: number
  span: number
}

export class SlowConsumers {
  private readonly named = new WeakSet<Consumer>()
  /** Of those whose consumers together took too long for an event. */
  private readonly watches = new WeakMap<FanOut<Consumer>, Watch>()

  constructor(
    private readonly environment: Environment,
    private readonly tell: (error: UpbitError) => void,
    private readonly meters?: SlowConsumersMeters,
  ) {}

  fanOut(fanOut: FanOut<Consumer>, event: StreamEvent): void {
    const watch = this.watches.get(fanOut)
    const { meters } = this
    const queued = meters?.all.queued ?? 0
    const startMs = this.environment.now()
    if (watch === undefined || watch.left === 0) fanOut.run(event)
    else this.runTimed(fanOut, event, watch)
    const endMs = this.environment.now()
    if (endMs - startMs > slowMs) this.suspect(fanOut)
    // Where all have put it into their queues, nothing is delivered yet.
    if (meters !== undefined && meters.all.queued - queued < fanOut.size) {
      meters.lane.delivered(endMs - event.received_at, endMs)
    }
  }

  /** A state that waits is delivered here too, when a scheduler of the application's has no later turn. */
  keep(fanOut: FanOut<Consumer>, latest: LatestState): void {
    if ((this.watches.get(fanOut)?.left ?? 0) > 0) {
      this.fanOut(fanOut, latest.read())
      return
    }
    const startMs = this.environment.now()
    fanOut.runLatest(latest)
    if (this.environment.now() - startMs > slowMs) this.suspect(fanOut)
  }

  private suspect(fanOut: FanOut<Consumer>): void {
    const watch = this.watches.get(fanOut)
    if (watch === undefined) {
      this.watches.set(fanOut, { left: firstSpan, span: firstSpan })
      return
    }
    if (watch.left === 0) watch.span = Math.min(longestSpan, watch.span * 2)
    watch.left = watch.span
  }

  private runTimed(fanOut: FanOut<Consumer>, event: StreamEvent, watch: Watch): void {
    watch.left--
    let startMs = 0
    fanOut.runWatched(
      event,
      () => (startMs = this.environment.now()),
      (consumer) => {
        const nowMs = this.environment.now()
        this.took(nowMs - startMs, consumer, event, nowMs)
      },
    )
  }

  private took(tookMs: number, consumer: Consumer, event: StreamEvent, nowMs: number): void {
    if (tookMs <= slowMs) return
    this.meters?.all.slow(consumer, tookMs, nowMs)
    if (this.named.has(consumer)) return
    this.named.add(consumer)
    const message = `${consumer.name} took ${Math.round(tookMs)} ms for one ${event.type} event.`
    this.tell(
      new UpbitError('SLOW_CONSUMER', message, {
        consumer: consumer.name,
        nextStep: "Set deliver: 'task' to give it its own turn, or make its work asynchronous.",
      }),
    )
  }
}
