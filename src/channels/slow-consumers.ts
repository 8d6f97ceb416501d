/**
 * Hands an event to its consumers and finds who takes too long (C4.4). Only when all together took too long is the next
 * event of the same consumers timed one by one, so that a thousand quick ones cost nothing, and nobody is named for
 * what happens once: code that runs for the first time, or a pause of the engine.
 */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { PublicEvent } from '../protocol/events'
import type { Consumer } from './consumer'
import type { FanOut } from './fan-out'
import type { LatestState } from './latest-state'
import type { LaneMeter, Meter } from './meter'

/** Who is told how long events take. */
export interface SlowConsumersMeters {
  readonly all: Meter
  readonly lane: LaneMeter
}

/** A consumer that holds everyone else up for longer than this, in an event after a slow one, is named. */
const slowMs = 10

export class SlowConsumers {
  private readonly named = new WeakSet<Consumer>()
  /** Those whose consumers together took too long for their last event. */
  private readonly suspects = new WeakSet<FanOut<Consumer>>()

  constructor(
    private readonly environment: Environment,
    private readonly tell: (error: UpbitError) => void,
    private readonly meters?: SlowConsumersMeters,
  ) {}

  fanOut(fanOut: FanOut<Consumer>, event: PublicEvent): void {
    if (this.suspects.delete(fanOut)) {
      this.fanOutTimed(fanOut, event)
      return
    }
    const { meters } = this
    const queued = meters?.all.queued ?? 0
    const startMs = this.environment.now()
    fanOut.run(event)
    const endMs = this.environment.now()
    if (endMs - startMs > slowMs) this.suspects.add(fanOut)
    // Where all have put it into their queues, nothing is delivered yet.
    if (meters !== undefined && meters.all.queued - queued < fanOut.size) {
      meters.lane.delivered(endMs - event.received_at, endMs)
    }
  }

  /** A state that waits is delivered here too, when a scheduler of the application's has no later turn. */
  keep(fanOut: FanOut<Consumer>, latest: LatestState): void {
    if (this.suspects.has(fanOut)) {
      this.fanOut(fanOut, latest.read())
      return
    }
    const startMs = this.environment.now()
    fanOut.runLatest(latest)
    if (this.environment.now() - startMs > slowMs) this.suspects.add(fanOut)
  }

  private fanOutTimed(fanOut: FanOut<Consumer>, event: PublicEvent): void {
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

  private took(tookMs: number, consumer: Consumer, event: PublicEvent, nowMs: number): void {
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
