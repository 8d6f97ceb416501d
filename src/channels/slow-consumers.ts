/**
 * Hands an event to its consumers and finds who takes too long (C4.4). One look at the clock an event: only when all
 * together took too long is the next event timed consumer by consumer, so that a thousand quick ones cost nothing.
 */
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'
import type { PublicEvent } from '../protocol/events'
import type { Consumer } from './consumer'

/** A consumer that holds everyone else up for longer than this, in an event, is named. */
const slowMs = 10

export class SlowConsumers {
  private readonly named = new WeakSet<Consumer>()
  private timing = false

  constructor(
    private readonly environment: Environment,
    private readonly tell: (error: UpbitError) => void,
  ) {}

  fanOut(consumers: readonly Consumer[], event: PublicEvent): void {
    if (this.timing || consumers.length === 1) {
      this.timing = false
      for (const consumer of consumers) this.offerTimed(consumer, event)
      return
    }
    const startMs = this.environment.now()
    for (const consumer of consumers) consumer.offer(event)
    this.timing = this.environment.now() - startMs > slowMs
  }

  private offerTimed(consumer: Consumer, event: PublicEvent): void {
    const startMs = this.environment.now()
    consumer.offer(event)
    const tookMs = this.environment.now() - startMs
    if (tookMs <= slowMs || this.named.has(consumer)) return
    this.named.add(consumer)
    this.tell(
      new UpbitError('SLOW_CONSUMER', `${consumer.name} took ${tookMs} ms for one ${event.type} event.`, {
        consumer: consumer.name,
        nextStep: "Set deliver: 'task' to give it its own turn, or make its work asynchronous.",
      }),
    )
  }
}
