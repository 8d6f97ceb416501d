/**
 * Hands an event to its consumers and finds who takes too long (C4.4). Only when all together took too long is the next
 * event of the same consumers timed one by one, so that a thousand quick ones cost nothing, and nobody is named for
 * what happens once: code that runs for the first time, or a pause of the engine.
 */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { PublicEvent } from '../protocol/events'
import type { Consumer } from './consumer'

/** A consumer that holds everyone else up for longer than this, in an event after a slow one, is named. */
const slowMs = 10

export class SlowConsumers {
  private readonly named = new WeakSet<Consumer>()
  /** Lists whose consumers together took too long. A list is replaced when a consumer comes or goes. */
  private readonly suspects = new WeakSet<readonly Consumer[]>()

  constructor(
    private readonly environment: Environment,
    private readonly tell: (error: UpbitError) => void,
  ) {}

  fanOut(consumers: readonly Consumer[], event: PublicEvent): void {
    if (this.suspects.delete(consumers)) {
      for (const consumer of consumers) this.offerTimed(consumer, event)
      return
    }
    const startMs = this.environment.now()
    for (const consumer of consumers) consumer.offer(event)
    if (this.environment.now() - startMs > slowMs) this.suspects.add(consumers)
  }

  private offerTimed(consumer: Consumer, event: PublicEvent): void {
    const startMs = this.environment.now()
    consumer.offer(event)
    const tookMs = this.environment.now() - startMs
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
