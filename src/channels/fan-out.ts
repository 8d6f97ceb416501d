/**
 * One event to all consumers of a route. Whoever is seated is called straight: the loop touches its target and nothing
 * else of it, and its account is the fan-out's own count of events (docs/adr/0010). Everybody else is offered the event.
 *
 * Who comes or leaves from inside a callback does not disturb the loop: who comes is behind its end, who leaves is still
 * offered the event and must know that it has left. The router sees to it that a fan-out is not run from inside itself.
 */
import type { StreamEvent } from '../protocol/stream-event'
import type { LatestState } from './latest-state'

export interface RouteConsumer {
  /** Gets an event of the route while it is not seated. Never throws. */
  offer(event: StreamEvent): void
  /** Whether it would only keep an event, and only until a newer one of the same entry comes. */
  readonly isPatient: boolean
  /** Gets a state that it will read in its turn, while it is patient. Never throws. */
  offerLatest(latest: LatestState): void
  /** Its target returned from a straight call, with something or after the seat was given up. */
  returned(event: StreamEvent, result: unknown): void
  /** Its target threw in a straight call. */
  threw(event: StreamEvent, error: unknown): void
}

/** Who is called: the target of a seated consumer, or what offers the event to another one. */
interface Receiver {
  next(event: StreamEvent): unknown
}

class Offering implements Receiver {
  constructor(private readonly consumer: RouteConsumer) {}

  next(event: StreamEvent): void {
    this.consumer.offer(event)
  }
}

export class FanOut<C extends RouteConsumer> {
  private readonly consumers: C[] = []
  /** Whom to call for the consumer at the same index. */
  private readonly receivers: Receiver[] = []
  /** Events until now, the one under way included; kept states too, which come to nobody who is seated. */
  private events = 0
  /** The index of the call under way; -1 for none. */
  private calling = -1
  /** So many of `end` have been called with the event under way. Who is behind `end` has come meanwhile. */
  private called = 0
  private end = 0
  /** Who has left during the loop, and is taken off behind it. */
  private readonly leaving: C[] = []

  get size(): number {
    return this.consumers.length - this.leaving.length
  }

  /** Those of this moment. */
  get present(): readonly C[] {
    const gone = new Set(this.leaving)
    return this.consumers.filter((consumer) => !gone.has(consumer))
  }

  add(consumer: C): void {
    this.consumers.push(consumer)
    this.receivers.push(new Offering(consumer))
  }

  /** For one that is not seated. */
  remove(consumer: C): void {
    const index = this.consumers.indexOf(consumer)
    if (index < 0) return
    if (this.end > 0) {
      this.leaving.push(consumer)
      return
    }
    this.consumers.splice(index, 1)
    this.receivers.splice(index, 1)
  }

  /** From now on `target` is called straight. Returns the mark that `countSince` asks for. */
  seat(consumer: C, target: Receiver): number {
    this.receivers[this.consumers.lastIndexOf(consumer)] = target
    return this.events
  }

  /** From now on it is offered events again. */
  unseat(consumer: C): void {
    this.receivers[this.consumers.indexOf(consumer)] = new Offering(consumer)
  }

  /** How often a seated consumer's target has been called since the mark, the call under way included. */
  countSince(mark: number, consumer: C): number {
    return this.events - mark - (this.isAhead(consumer) ? 1 : 0)
  }

  /** Whether the call under way is the consumer's. */
  isCalling(consumer: C): boolean {
    return this.consumers[this.calling] === consumer
  }

  run(event: StreamEvent): void {
    this.begin()
    for (let at = 0; at < this.end; at++) this.call(at, event)
    this.finish()
  }

  /** The same, with a word before and after each call. */
  runWatched(event: StreamEvent, before: () => void, after: (consumer: C) => void): void {
    this.begin()
    for (let at = 0; at < this.end; at++) {
      const consumer = this.consumers[at] as C
      before()
      this.call(at, event)
      this.calling = -1
      after(consumer)
    }
    this.finish()
  }

  /** Whether nobody here needs an event before its turn comes. */
  get isPatient(): boolean {
    // Whoever is seated is called at once, and most are: the first one is nearly always enough. Nobody at all needs nothing.
    return this.consumers.every(({ isPatient }) => isPatient)
  }

  /** Offers a state to everybody, while all are patient. */
  runLatest(latest: LatestState): void {
    this.begin()
    for (let at = 0; at < this.end; at++) this.consumers[at]?.offerLatest(latest)
    this.finish()
  }

  private begin(): void {
    this.events++
    this.called = 0
    this.end = this.consumers.length
  }

  private call(at: number, event: StreamEvent): void {
    this.calling = at
    this.called = at + 1
    const receiver = this.receivers[at] as Receiver
    try {
      const result = receiver.next(event)
      if (result === undefined && this.receivers[at] === receiver) return
      // A seat was given up in the call, or there may be a promise.
      if (!(receiver instanceof Offering)) this.consumers[at]?.returned(event, result)
    } catch (error) {
      this.consumers[at]?.threw(event, error)
    }
  }

  private finish(): void {
    this.calling = -1
    this.end = 0
    if (this.leaving.length > 0) this.takeOff(new Set(this.leaving.splice(0)))
  }

  /** All at once: one by one, each would be searched for, and the lists moved up behind it. */
  private takeOff(gone: ReadonlySet<C>): void {
    let kept = 0
    this.consumers.forEach((consumer, at) => {
      if (gone.has(consumer)) return
      this.consumers[kept] = consumer
      this.receivers[kept++] = this.receivers[at] as Receiver
    })
    this.consumers.length = kept
    this.receivers.length = kept
  }

  /** Whether the loop under way has yet to come to this consumer. */
  private isAhead(consumer: C): boolean {
    if (this.end === 0) return false
    const index = this.consumers.indexOf(consumer, this.called)
    return index >= 0 && index < this.end
  }
}
