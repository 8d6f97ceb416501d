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

/** A consumer that holds everyone else up for longer than this, in an event after a slow one, is named. */
const slowMs = 10

export class SlowConsumers {
  private readonly named = new WeakSet<Consumer>()
  /** Those whose consumers together took too long for their last event. */
  private readonly suspects = new WeakSet<FanOut<Consumer>>()

  constructor(
    private readonly environment: Environment,
    private readonly tell: (error: UpbitError) => void,
  ) {}

  fanOut(fanOut: FanOut<Consumer>, event: PublicEvent): void {
    if (this.suspects.delete(fanOut)) {
      this.fanOutTimed(fanOut, event)
      return
    }
    const startMs = this.environment.now()
    fanOut.run(event)
    if (this.environment.now() - startMs > slowMs) this.suspects.add(fanOut)
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
      (consumer) => this.took(this.environment.now() - startMs, consumer, event),
    )
  }

  private took(tookMs: number, consumer: Consumer, event: PublicEvent): void {
    if (tookMs <= slowMs || this.named.has(consumer)) return
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
